import { Field, ObjectType } from 'type-graphql';
import { Edge, ListConnection, Paged } from './connection.js';
import { GroupConnection } from './group.js';
import { Node } from './node.js';
import { Organization } from './organization.js';
import { Source } from './source.js';
import { UserConnection } from './user.js';

@ObjectType({
  simpleResolvers: true,
  implements: Node,
  description: 'A project at TestRail, Tiledesk or ASA, or a project of apps at Updraft. Velt has none.',
})
export class Project {
  @Field(() => Source, { description: 'The source that it belongs to.' })
  source!: Source;

  @Field(() => String, {
    description:
      "The vendor's own id: a number at Updraft (`project_detail.id`, the `app` of a distribution group) and " +
      'TestRail, 24 hex digits at Tiledesk, a UUID at ASA.',
  })
  vendorId!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'Its title at Updraft (`GET /api/applications/`), its name elsewhere (TestRail `get_project`, Tiledesk ' +
      '`GET /projects/{project_id}`, ASA `GET /v1/teams/{team}/projects/{project_name}`, or the lists of them). Null ' +
      'when it could not be read.',
  })
  name!: string | null;

  @Field(() => Organization, {
    nullable: true,
    description:
      'The organization that it belongs to: at Updraft the one that its row tells, or else whose list holds it, the ' +
      'installation at TestRail and Tiledesk, the team at ASA. Null when no list at Updraft holds it.',
  })
  organization!: Organization | null;

  @Field(() => GroupConnection, {
    nullable: true,
    description:
      'Its groups: Tiledesk `GET /{project_id}/groups`, ASA `GET /v1/teams/{team}/projects/{project_name}/groups`, ' +
      'at TestRail those that `get_project` names, at Updraft those written through here. Null, with an error, when ' +
      'the vendor gave nothing.',
  })
  @Paged()
  groups!: GroupConnection | null;

  @Field(() => UserConnection, {
    nullable: true,
    description:
      'Its users: Updraft `user_detail` of its apps, TestRail `get_users/{project_id}`, Tiledesk ' +
      '`GET /{project_id}/project_users`. Null at ASA, which documents no such list, and, with an error, when the ' +
      'vendor gave nothing.',
  })
  @Paged()
  users!: UserConnection | null;
}

@ObjectType({ simpleResolvers: true, description: 'A project at its place in a list.' })
export class ProjectEdge extends Edge {
  @Field(() => Project, { description: 'The project itself.' })
  node!: Project;
}

@ObjectType({ simpleResolvers: true, description: 'A page of projects, over all sources asked.' })
export class ProjectConnection extends ListConnection {
  @Field(() => [ProjectEdge], { description: 'The projects of this page, each with its cursor.' })
  edges!: ProjectEdge[];

  @Field(() => [Project], { description: 'The projects of this page.' })
  nodes!: Project[];
}
