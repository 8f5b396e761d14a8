import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, Extensions, ID, Info, Query, Resolver } from 'type-graphql';
import { MemberListArgs } from '../schema/filters.js';
import { Tester, TesterConnection } from '../schema/tester.js';
import type { GraphContext } from '../src/graph/graph.js';

@Resolver(() => Tester)
export class TesterResolver {
  @Query(() => TesterConnection, {
    description: 'Testers of all Updraft sources. Updraft lists none: these are the ones added through here.',
  })
  testers(
    @Args(() => MemberListArgs) args: MemberListArgs,
    @Ctx() { graph }: GraphContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return graph.testers(info, args);
  }

  @Extensions({ byId: 'id' })
  @Query(() => Tester, {
    nullable: true,
    description: 'One tester. Null when it was not added through here; the id of anything else is BAD_USER_INPUT.',
  })
  tester(
    @Arg('id', () => ID, { description: 'Global id of a tester.' }) id: string,
    @Ctx() { graph }: GraphContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return graph.lookUp(info, 'Tester', id);
  }
}
