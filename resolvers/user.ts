import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, Extensions, FieldResolver, ID, Info, Query, Resolver, Root } from 'type-graphql';
import type { PageArgs } from '../schema/connection.js';
import { MemberListArgs } from '../schema/filters.js';
import { Member, User, UserConnection } from '../schema/user.js';
import type { GraphContext, NodeValue } from '../src/graph/graph.js';
import { Page } from './page.js';

/** The fields of users and testers: both types inherit these resolvers from the interface. */
@Resolver(() => Member)
export class MemberResolver {
  @FieldResolver()
  source(@Root() member: NodeValue, @Ctx() { graph }: GraphContext) {
    return graph.sourceOf(member);
  }

  @FieldResolver()
  name(@Root() member: NodeValue, @Ctx() { graph }: GraphContext, @Info() info: GraphQLResolveInfo) {
    return member.__typename === 'Tester' ? null : graph.userDetail(info, member, 'name');
  }

  @FieldResolver()
  email(@Root() member: NodeValue, @Ctx() { graph }: GraphContext, @Info() info: GraphQLResolveInfo) {
    if (member.__typename !== 'Tester') return graph.userDetail(info, member, 'email');
    return member.row?.type === 'Tester' ? member.row.email : null;
  }

  @FieldResolver()
  groups(
    @Root() member: NodeValue,
    @Page() page: PageArgs,
    @Ctx() { graph }: GraphContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return graph.groupsOf(info, member, page);
  }
}

@Resolver(() => User)
export class UserResolver {
  @Query(() => UserConnection, {
    description:
      'Users of all sources: those named in Updraft `GET /api/applications/?org=`; Velt `POST /v2/users/get`, ' +
      'TestRail `get_users`, Tiledesk `GET /{project_id}/project_users`, ASA `GET /v1/teams/{team}/users`, service ' +
      'users included.',
  })
  users(
    @Args(() => MemberListArgs) args: MemberListArgs,
    @Ctx() { graph }: GraphContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return graph.users(info, args);
  }

  @Extensions({ byId: 'id' })
  @Query(() => User, {
    nullable: true,
    description: 'One user. Null when the vendor does not know it; the id of anything else is BAD_USER_INPUT.',
  })
  user(
    @Arg('id', () => ID, { description: 'Global id of a user.' }) id: string,
    @Ctx() { graph }: GraphContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return graph.lookUp(info, 'User', id);
  }

  @FieldResolver()
  username(@Root() user: NodeValue, @Ctx() { graph }: GraphContext, @Info() info: GraphQLResolveInfo) {
    return graph.userDetail(info, user, 'username');
  }

  @FieldResolver()
  status(@Root() user: NodeValue, @Ctx() { graph }: GraphContext, @Info() info: GraphQLResolveInfo) {
    return graph.userDetail(info, user, 'status');
  }

  @FieldResolver()
  kind(@Root() user: NodeValue, @Ctx() { graph }: GraphContext, @Info() info: GraphQLResolveInfo) {
    return graph.userDetail(info, user, 'kind');
  }

  @FieldResolver()
  role(@Root() user: NodeValue, @Ctx() { graph }: GraphContext, @Info() info: GraphQLResolveInfo) {
    return graph.userDetail(info, user, 'role');
  }

  @FieldResolver()
  organization(@Root() user: NodeValue, @Ctx() { graph }: GraphContext, @Info() info: GraphQLResolveInfo) {
    return graph.organizationOf(info, user);
  }

  @FieldResolver()
  projects(
    @Root() user: NodeValue,
    @Page() page: PageArgs,
    @Ctx() { graph }: GraphContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return graph.projectsOf(info, user, page);
  }
}
