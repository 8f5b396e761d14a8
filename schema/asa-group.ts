import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { Paged } from './connection.js';
import { AsaRole } from './enums.js';
import { Group } from './group.js';
import { WriteInput } from './inputs.js';
import { Node } from './node.js';
import { UserConnection } from './user.js';

@ObjectType({
  simpleResolvers: true,
  implements: [Node, Group],
  description:
    'Users of one ASA team. From `GET /v1/teams/{team}/groups` and `GET /v1/teams/{team}/groups/{group_name}`. One ' +
    "that is federated from another team may be read but not edited, and may bear the name of one of the team's own.",
})
export class AsaGroup {
  @Field(() => [AsaRole], { description: 'The roles that it gives its members in the team (`roles`).' })
  roles!: AsaRole[];

  @Field(() => String, {
    nullable: true,
    description: "The team that it is federated from (`federated_from_team`). Null for the team's own groups.",
  })
  federatedFromTeam!: string | null;

  @Field(() => Date, {
    nullable: true,
    description: 'When its federation was approved, in UTC (`federation_approved_at`). Null when it was not.',
  })
  federationApprovedAt!: Date | null;

  @Field(() => UserConnection, {
    nullable: true,
    description:
      'Users of the team who are not in the group: ASA ' +
      '`GET /v1/teams/{team}/groups/{group_name}/users_not_in_group`. Null, with an error, when they could not be ' +
      'read, and for a federated group whose name another group bears too.',
  })
  @Paged()
  candidates!: UserConnection | null;
}

@InputType({ description: 'A new group at ASA: the body of `POST /v1/teams/{team}/groups`.' })
export class CreateAsaGroupInput extends WriteInput {
  @Field(() => ID, { description: 'Global id of the organization, which is the team.' })
  organization!: string;

  @Field(() => String, {
    description:
      'Its name, 1 to 255 characters without `/ \\ % ? #` and outer blanks, and not `.` or `..`. It can never be ' +
      'changed. One that exists already is VENDOR_CONFLICT.',
  })
  name!: string;

  @Field(() => [AsaRole], {
    nullable: true,
    defaultValue: [],
    description: 'The roles that it gives its members in the team. UNKNOWN is refused.',
  })
  roles?: AsaRole[] | null;
}
