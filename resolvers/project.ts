import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, Extensions, FieldResolver, ID, Info, Query, Resolver, Root } from 'type-graphql';
import type { PageArgs } from '../schema/connection.js';
import { ScopeListArgs } from '../schema/filters.js';
import { Project, ProjectConnection } from '../schema/project.js';
import type { GraphContext, NodeValue } from '../src/graph/graph.js';
import { Page } from './page.js';

@Resolver(() => Project)
export class ProjectResolver {
  @Query(() => ProjectConnection, {
    description:
      'Projects of all sources that have any: Updraft `GET /api/applications/?org=`, TestRail `get_projects`, ' +
      'Tiledesk `GET /projects/`, ASA `GET /v1/teams/{team}/projects`.',
  })
  projects(
    @Args(() => ScopeListArgs) args: ScopeListArgs,
    @Ctx() { graph }: GraphContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return graph.projects(info, args);
  }

  @Extensions({ byId: 'id' })
  @Query(() => Project, {
    nullable: true,
    description: 'One project. Null when the vendor does not know it; the id of anything else is BAD_USER_INPUT.',
  })
  project(
    @Arg('id', () => ID, { description: 'Global id of a project.' }) id: string,
    @Ctx() { graph }: GraphContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return graph.lookUp(info, 'Project', id);
  }

  @FieldResolver()
  source(@Root() project: NodeValue, @Ctx() { graph }: GraphContext) {
    return graph.sourceOf(project);
  }

  @FieldResolver()
  name(@Root() project: NodeValue, @Ctx() { graph }: GraphContext, @Info() info: GraphQLResolveInfo) {
    return graph.nameOf(info, project);
  }

  @FieldResolver()
  organization(@Root() project: NodeValue, @Ctx() { graph }: GraphContext, @Info() info: GraphQLResolveInfo) {
    return graph.organizationOf(info, project);
  }

  @FieldResolver()
  groups(
    @Root() project: NodeValue,
    @Page() page: PageArgs,
    @Ctx() { graph }: GraphContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return graph.groupsOf(info, project, page);
  }

  @FieldResolver()
  users(
    @Root() project: NodeValue,
    @Page() page: PageArgs,
    @Ctx() { graph }: GraphContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return graph.usersOf(info, project, page);
  }
}
