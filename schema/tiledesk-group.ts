import { GraphQLJSONObject } from 'graphql-scalars';
import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { Group } from './group.js';
import { WriteInput } from './inputs.js';
import { Node } from './node.js';
import { User } from './user.js';

@ObjectType({
  simpleResolvers: true,
  implements: [Node, Group],
  description:
    'Users of one Tiledesk project who answer together. From `GET /{project_id}/groups` and ' +
    '`GET /{project_id}/groups/{id}`; one in the trash is not shown.',
})
export class TiledeskGroup {
  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether the group is in use. Null where the server is too old to tell.',
  })
  enabled!: boolean | null;

  @Field(() => GraphQLJSONObject, {
    nullable: true,
    description: 'What clients of Tiledesk attached to the group, as it is. Null when nothing was.',
  })
  attributes!: Record<string, unknown> | null;

  @Field(() => Date, {
    nullable: true,
    description: 'When the group was created at Tiledesk, in UTC. Null when it does not tell.',
  })
  createdAt!: Date | null;

  @Field(() => Date, {
    nullable: true,
    description: 'When the group was last changed at Tiledesk, in UTC. Null when it does not tell.',
  })
  updatedAt!: Date | null;

  @Field(() => User, {
    nullable: true,
    description: 'Who created the group (`createdBy`), as a user of its project. Null when Tiledesk does not tell.',
  })
  createdBy!: User | null;
}

@InputType({ description: 'A new group at Tiledesk: the body of `POST /{project_id}/groups`.' })
export class CreateTiledeskGroupInput extends WriteInput {
  @Field(() => ID, { description: 'Global id of the project that the group is to be in.' })
  project!: string;

  @Field(() => String, { description: 'Its name, 1 to 255 characters. Tiledesk allows the same name twice.' })
  name!: string;

  @Field(() => [ID], {
    nullable: true,
    defaultValue: [],
    description: 'Global ids of its first members, users of the same project.',
  })
  members?: string[] | null;
}
