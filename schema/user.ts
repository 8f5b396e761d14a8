import { Field, InterfaceType, ObjectType } from 'type-graphql';
import { Edge, ListConnection, Paged } from './connection.js';
import { UserKind, UserStatus } from './enums.js';
import { GroupConnection } from './group.js';
import { Node } from './node.js';
import { Organization } from './organization.js';
import { ProjectConnection } from './project.js';
import { Source } from './source.js';

@InterfaceType({ implements: Node, description: 'Whoever can be in a group: a User, or at Updraft a Tester.' })
export abstract class Member {
  @Field(() => Source, { description: 'The source that the member belongs to.' })
  source!: Source;

  @Field(() => String, {
    description:
      "The vendor's own id: a number at Updraft and TestRail, the client's own `userId` at Velt, 24 hex digits at " +
      'Tiledesk, a UUID at ASA.',
  })
  vendorId!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'Name of the person: `name` at TestRail and Velt, `full_name` at ASA, first and last name at Tiledesk and ' +
      'Updraft. Null when none is told, for every tester, and for a member whom the list of users no longer holds.',
  })
  name!: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'E-mail address: `email` at TestRail, Velt and of a tester; at Updraft the `username` where it is one; ' +
      'Tiledesk `id_user.email`, ASA `details.email`. Null when none is told, and for a member whom the list of ' +
      'users no longer holds.',
  })
  email!: string | null;

  @Field(() => GroupConnection, {
    nullable: true,
    description:
      'The groups that the member is in: found in TestRail `get_groups` and Tiledesk `GET /{project_id}/groups`, ' +
      'ASA `GET /v1/teams/{team}/users/{user_name}/groups`, at Updraft and Velt as far as written through here. ' +
      'Null, with an error, when the vendor gave nothing.',
  })
  @Paged()
  groups!: GroupConnection | null;
}

@ObjectType({
  simpleResolvers: true,
  implements: [Node, Member],
  description:
    'An account at one vendor. Somebody with several accounts is several users, with one in each Tiledesk project ' +
    'and Velt organization; e-mail addresses tell that they are one person.',
})
export class User {
  @Field(() => String, {
    nullable: true,
    description: 'The name to sign in with: ASA `name`, Updraft `username`. Null elsewhere.',
  })
  username!: string | null;

  @Field(() => UserStatus, {
    description:
      'Whether the account can be used: TestRail `get_user`, Tiledesk `GET /{project_id}/project_users`, ASA ' +
      '`GET /v1/teams/{team}/users`. UNKNOWN where nobody tells.',
  })
  status!: UserStatus;

  @Field(() => UserKind, { description: 'A person or a program; only ASA (`user_type`) tells one from the other.' })
  kind!: UserKind;

  @Field(() => String, {
    nullable: true,
    description:
      "The vendor's own word for the user's role: TestRail `get_user`, Tiledesk `GET /{project_id}/project_users`. " +
      'Null elsewhere.',
  })
  role!: string | null;

  @Field(() => Organization, {
    nullable: true,
    description:
      'The organization that the account belongs to: in the id at Velt and ASA, the installation at TestRail and ' +
      'Tiledesk, at Updraft the one that an app of the user tells, or else whose list holds it. Null when no list at ' +
      'Updraft holds the user.',
  })
  organization!: Organization | null;

  @Field(() => ProjectConnection, {
    nullable: true,
    description:
      "The user's projects: TestRail `assigned_projects` where the server tells them, the project in the id at " +
      'Tiledesk, at Updraft those whose apps name the user. Null elsewhere, since no endpoint tells.',
  })
  @Paged()
  projects!: ProjectConnection | null;
}

@ObjectType({ simpleResolvers: true, description: 'A user at its place in a list.' })
export class UserEdge extends Edge {
  @Field(() => User, { description: 'The user itself.' })
  node!: User;
}

@ObjectType({ simpleResolvers: true, description: 'A page of users, over all sources asked.' })
export class UserConnection extends ListConnection {
  @Field(() => [UserEdge], { description: 'The users of this page, each with its cursor.' })
  edges!: UserEdge[];

  @Field(() => [User], { description: 'The users of this page.' })
  nodes!: User[];
}
