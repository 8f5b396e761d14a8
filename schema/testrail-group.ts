import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { Group } from './group.js';
import { WriteInput } from './inputs.js';
import { Node } from './node.js';

@ObjectType({
  simpleResolvers: true,
  implements: [Node, Group],
  description:
    'Users of one TestRail installation, who may be given a role in several projects at once. From `get_group/{id}` ' +
    'and `get_groups`, which TestRail has since version 7.5.',
})
export class TestRailGroup {}

@InputType({ description: 'A new group at TestRail: the body of `POST add_group`.' })
export class AddTestRailGroupInput extends WriteInput {
  @Field(() => ID, {
    description: 'Global id of the organization, which is the installation: it says which TestRail is meant.',
  })
  organization!: string;

  @Field(() => String, { description: 'Its name, 1 to 255 characters.' })
  name!: string;

  @Field(() => [ID], {
    nullable: true,
    defaultValue: [],
    description: 'Global ids of its first members, users of the same TestRail; sent as `user_ids`.',
  })
  users?: string[] | null;
}
