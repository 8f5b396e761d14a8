import { GraphQLJSONObject } from 'graphql-scalars';
import { Field, ID, InputType, Int } from 'type-graphql';
import { AsaRole } from './enums.js';

@InputType()
export abstract class WriteInput {
  @Field(() => String, {
    nullable: true,
    description:
      'Makes it safe to repeat this mutation, and is strongly advised: 1 to 128 visible ASCII characters without blanks, new for ' +
      'each thing that is to be done once. With the same key and input nothing is sent and the first answer is given again, ' +
      'also when the vendor had refused (4xx) or its answer was lost; another input under the key is ' +
      'IDEMPOTENCY_KEY_REUSED. What was never sent, was refused here or was turned away with 429 leaves the key free; a ' +
      '`dryRun` uses none. Each caller and each mutation has keys of its own. Where none is given one is made, and told ' +
      'in `extensions.idempotencyKeys`, a list of `{ path, key, replayed }`.',
  })
  idempotencyKey?: string | null;

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

@InputType({ description: 'A group, and all who are to be its members.' })
export class SetGroupMembersInput extends WriteInput {
  @Field(() => ID, { description: 'Global id of the group. Its source decides which endpoints are called.' })
  group!: string;

  @Field(() => [ID], {
    description:
      "Global ids of all members that the group is to have: up to 10,000 users of the group's source (at Tiledesk of " +
      'its project, at Velt of its organization). Whoever is not named is taken out. Repetitions count once; a wrong ' +
      'one refuses the whole mutation before any call.',
  })
  members!: string[];

  @Field(() => Int, {
    nullable: true,
    description:
      'How many members the group has now, as you believe. When given it is always compared, and another number is ' +
      'CONCURRENT_CHANGE. It is needed where the edit would leave nobody, or fewer than half of at least four members; ' +
      'where it is missing then, the answer is BAD_USER_INPUT, whose message tells the present count. Nothing is ' +
      'written in either case.',
  })
  expectedCount?: number | null;
}

@InputType({ description: 'A group, and what is to be changed of it: at least one of `name`, `roles`, `attributes`.' })
export class UpdateGroupInput extends WriteInput {
  @Field(() => ID, { description: 'Global id of the group. Its source decides which endpoint is called.' })
  group!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'Its new name, 1 to 255 characters, at TestRail and Tiledesk. Elsewhere names cannot be changed. Left out, the ' +
      'name stays; null is refused.',
  })
  name?: string | null;

  @Field(() => [AsaRole], {
    nullable: true,
    description: 'All roles that an ASA group is to give, in place of those it gives now. UNKNOWN is refused.',
  })
  roles?: AsaRole[] | null;

  @Field(() => GraphQLJSONObject, {
    nullable: true,
    description: 'The attributes of a Tiledesk group, sent as they are in place of all that it has now.',
  })
  attributes?: Record<string, unknown> | null;
}

@InputType({ description: 'A group that is to be deleted.' })
export class DeleteGroupInput extends WriteInput {
  @Field(() => ID, { description: 'Global id of the group. Its source decides which endpoint is called.' })
  group!: string;
}
