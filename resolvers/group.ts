import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, Extensions, FieldResolver, ID, Info, Query, Resolver, Root } from 'type-graphql';
import type { PageArgs } from '../schema/connection.js';
import { GroupListArgs } from '../schema/filters.js';
import { Group, GroupConnection } from '../schema/group.js';
import type { GraphContext, NodeValue } from '../src/graph/graph.js';
import { Page } from './page.js';

/** The fields of every kind of group: types that implement the interface inherit their resolvers from it. */
@Resolver(() => Group)
export class GroupResolver {
  @Query(() => GroupConnection, {
    description:
      'Groups of all kinds and sources: TestRail `get_groups`, Tiledesk `GET /{project_id}/groups`, ASA ' +
      '`GET /v1/teams/{team}/groups`. Updraft and Velt list none, so theirs are those written through here (at Velt ' +
      'also those that the configuration names).',
  })
  groups(
    @Args(() => GroupListArgs) args: GroupListArgs,
    @Ctx() { graph }: GraphContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return graph.groups(info, args);
  }

  @Extensions({ byId: 'id' })
  @Query(() => Group, {
    nullable: true,
    description: 'One group of any kind. Null when nobody knows it; the id of anything else is BAD_USER_INPUT.',
  })
  group(
    @Arg('id', () => ID, { description: 'Global id of a group.' }) id: string,
    @Ctx() { graph }: GraphContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return graph.lookUp(info, 'Group', id);
  }

  @FieldResolver()
  source(@Root() group: NodeValue, @Ctx() { graph }: GraphContext) {
    return graph.sourceOf(group);
  }

  @FieldResolver()
  organization(@Root() group: NodeValue, @Ctx() { graph }: GraphContext, @Info() info: GraphQLResolveInfo) {
    return graph.organizationOf(info, group);
  }

  @FieldResolver()
  project(@Root() group: NodeValue, @Ctx() { graph }: GraphContext, @Info() info: GraphQLResolveInfo) {
    return graph.projectOf(info, group);
  }

  @FieldResolver()
  memberCount(@Root() group: NodeValue, @Ctx() { graph }: GraphContext, @Info() info: GraphQLResolveInfo) {
    return graph.memberCount(info, group);
  }

  @FieldResolver()
  members(
    @Root() group: NodeValue,
    @Page() page: PageArgs,
    @Ctx() { graph }: GraphContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return graph.members(info, group, page);
  }
}
