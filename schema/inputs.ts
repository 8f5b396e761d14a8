import { Field, ID, InputType } from 'type-graphql';

@InputType()
export abstract class WriteInput {
  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description:
      'Whether only to plan: what is needed is read, nothing is written, and `calls` are those that would be sent.',
  })
  dryRun?: boolean | null;
}

@InputType({ description: 'A group, and users of its source.' })
export class GroupMembersInput extends WriteInput {
  @Field(() => ID, { description: 'Global id of the group. Its source decides which endpoint is called.' })
  group!: string;

  @Field(() => [ID], {
    description:
      "Global ids of 1 to 250 users of the group's source (at Tiledesk of its project, at Velt of its organization). " +
      'Repetitions count once; a wrong one refuses the whole mutation before any call.',
  })
  members!: string[];
}
