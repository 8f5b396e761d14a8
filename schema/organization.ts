import { Field, ObjectType } from 'type-graphql';
import { Edge, ListConnection, Paged } from './connection.js';
import { GroupConnection } from './group.js';
import { Node } from './node.js';
import { ProjectConnection } from './project.js';
import { Source } from './source.js';
import { UserConnection } from './user.js';

@ObjectType({
  simpleResolvers: true,
  implements: Node,
  description:
    'The widest thing in which a vendor keeps groups: an organization at Updraft and Velt, a team at ASA, the whole ' +
    'installation at TestRail and Tiledesk.',
})
export class Organization {
  @Field(() => Source, { description: 'The source that it belongs to.' })
  source!: Source;

  @Field(() => String, {
    description:
      "The vendor's own id: a number at Updraft, the client's own id at Velt, the team's name at ASA. A TestRail or " +
      "Tiledesk installation has none and bears the source's name.",
  })
  vendorId!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'Velt `organizationName`, from `POST /v2/organizations/get`; the team at ASA. Null elsewhere, since no ' +
      'endpoint tells a name.',
  })
  name!: string | null;

  @Field(() => ProjectConnection, {
    nullable: true,
    description:
      'Its projects: Updraft `GET /api/applications/?org=`, TestRail `get_projects`, Tiledesk `GET /projects/`, ' +
      'ASA `GET /v1/teams/{team}/projects`. Null at Velt, which has none.',
  })
  @Paged()
  projects!: ProjectConnection | null;

  @Field(() => GroupConnection, {
    nullable: true,
    description:
      'Its groups: TestRail `get_groups`, Tiledesk `GET /{project_id}/groups` of each project, ' +
      'ASA `GET /v1/teams/{team}/groups`. Updraft and Velt list none, so theirs are those written through here ' +
      '(at Velt also those that the configuration names). Null, with an error, when the vendor gave nothing.',
  })
  @Paged()
  groups!: GroupConnection | null;

  @Field(() => UserConnection, {
    nullable: true,
    description:
      'Its users: those named in Updraft `GET /api/applications/?org=`; Velt `POST /v2/users/get`, TestRail ' +
      '`get_users`, Tiledesk `GET /{project_id}/project_users` of each project, ASA `GET /v1/teams/{team}/users`. ' +
      'Null, with an error, when the vendor gave nothing.',
  })
  @Paged()
  users!: UserConnection | null;
}

@ObjectType({ simpleResolvers: true, description: 'An organization at its place in a list.' })
export class OrganizationEdge extends Edge {
  @Field(() => Organization, { description: 'The organization itself.' })
  node!: Organization;
}

@ObjectType({ simpleResolvers: true, description: 'A page of organizations, over all sources asked.' })
export class OrganizationConnection extends ListConnection {
  @Field(() => [OrganizationEdge], { description: 'The organizations of this page, each with its cursor.' })
  edges!: OrganizationEdge[];

  @Field(() => [Organization], { description: 'The organizations of this page.' })
  nodes!: Organization[];
}
