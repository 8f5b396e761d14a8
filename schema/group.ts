import { Field, InterfaceType, Int, ObjectType } from 'type-graphql';
import { Connection, Edge, ListConnection, Paged } from './connection.js';
import { Operation, Origin } from './enums.js';
import { Node } from './node.js';
import { Organization } from './organization.js';
import { Project } from './project.js';
import { Source } from './source.js';
import { Member } from './user.js';

@InterfaceType({
  implements: Node,
  description: 'People whom a vendor treats alike, under one name. Each vendor has its own type, Updraft has two.',
})
export abstract class Group {
  @Field(() => Source, { description: 'The source that it belongs to.' })
  source!: Source;

  @Field(() => String, {
    description:
      "The vendor's own id: a number at Updraft and TestRail, the client's own `groupId` at Velt, 24 hex digits at " +
      'Tiledesk, a UUID at ASA.',
  })
  vendorId!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'Its name: the title at Updraft, `groupName` (or else `groupId`) at Velt, `name` elsewhere. Always told; it is ' +
      'nullable only so that one document may ask the name of any Node.',
  })
  name!: string | null;

  @Field(() => Organization, {
    nullable: true,
    description:
      'The organization that it belongs to. Null for an Updraft distribution group whose project tells none.',
  })
  organization!: Organization | null;

  @Field(() => Project, {
    nullable: true,
    description:
      'The one project that it belongs to: Updraft distribution groups and Tiledesk. Null elsewhere, where a group ' +
      'serves several projects or none; see `Project.groups`.',
  })
  project!: Project | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'Number of members, each counted once. The group itself tells it at TestRail (`user_ids`) and Tiledesk ' +
      '(`members`); at Velt and ASA the members are read and counted; at Updraft those remembered are counted. Null, ' +
      'with an error, when they could not all be read, and where `members` is null.',
  })
  memberCount!: number | null;

  @Field(() => GroupMemberConnection, {
    nullable: true,
    description:
      'Its members, ordered by id: TestRail `get_group` or `get_groups` (`user_ids`), Tiledesk ' +
      '`GET /{project_id}/groups` (`members`), Velt `POST /v2/users/get` with the group, ASA ' +
      '`GET /v1/teams/{team}/groups/{group_name}/users`; at Updraft those written through here. Null, with an error, ' +
      'when they could not be read whole, and for a federated ASA group whose name another group bears too.',
  })
  @Paged()
  members!: GroupMemberConnection | null;

  @Field(() => [Operation], {
    description: 'What may be done to this very group. Never more than its source can do.',
  })
  operations!: Operation[];

  @Field(() => Origin, {
    description:
      'Where this group is known from: VENDOR at TestRail, Tiledesk and ASA; LEDGER at Updraft; LEDGER or ' +
      'CONFIGURATION at Velt.',
  })
  origin!: Origin;

  @Field(() => Date, {
    description:
      'When the group was read at the vendor, in UTC. Where it cannot be read: when it was last written through ' +
      'here, or, if only the configuration names it, when this service started.',
  })
  fetchedAt!: Date;
}

@ObjectType({ simpleResolvers: true, description: 'A group at its place in a list.' })
export class GroupEdge extends Edge {
  @Field(() => Group, { description: 'The group itself.' })
  node!: Group;
}

@ObjectType({ simpleResolvers: true, description: 'A page of groups of all kinds, over all sources asked.' })
export class GroupConnection extends ListConnection {
  @Field(() => [GroupEdge], { description: 'The groups of this page, each with its cursor.' })
  edges!: GroupEdge[];

  @Field(() => [Group], { description: 'The groups of this page.' })
  nodes!: Group[];
}

@ObjectType({ simpleResolvers: true, description: 'A member at its place in the list of one group.' })
export class GroupMemberEdge extends Edge {
  @Field(() => Member, { description: 'The user or tester.' })
  node!: Member;
}

@ObjectType({
  simpleResolvers: true,
  description: "A page of one group's members. It comes from one vendor, so it is whole, or null.",
})
export class GroupMemberConnection extends Connection {
  @Field(() => [GroupMemberEdge], { description: 'The members of this page, each with its cursor.' })
  edges!: GroupMemberEdge[];

  @Field(() => [Member], {
    description:
      'The members of this page. One whom the vendor no longer lists as a user stays, with name and e-mail null and ' +
      'status UNKNOWN.',
  })
  nodes!: Member[];
}
