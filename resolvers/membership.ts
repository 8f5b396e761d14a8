import type { GraphQLResolveInfo } from 'graphql';
import { Args, Ctx, Info, Query, Resolver } from 'type-graphql';
import { MembershipListArgs } from '../schema/filters.js';
import { Membership, MembershipConnection } from '../schema/membership.js';
import type { GraphContext } from '../src/graph/graph.js';

@Resolver(() => Membership)
export class MembershipResolver {
  @Query(() => MembershipConnection, {
    description:
      'Who is in which group, over all sources: one flat row for each group and each of its members, from the same ' +
      'endpoints as `groups` and `Group.members`.',
  })
  memberships(
    @Args(() => MembershipListArgs) args: MembershipListArgs,
    @Ctx() { graph }: GraphContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return graph.memberships(info, args);
  }
}
