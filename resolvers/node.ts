import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, Extensions, ID, Info, Query, Resolver } from 'type-graphql';
import { Node } from '../schema/node.js';
import type { GraphContext } from '../src/graph/graph.js';

@Resolver()
export class NodeResolver {
  @Extensions({ byId: 'id' })
  @Query(() => Node, {
    nullable: true,
    description:
      'Anything by its global id. Null when the vendor does not know it, and with an error BAD_USER_INPUT, before ' +
      'any call, when the id cannot be right.',
  })
  node(
    @Arg('id', () => ID, { description: 'Global id of anything that is a Node.' }) id: string,
    @Ctx() { graph }: GraphContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return graph.node(info, id);
  }

  @Extensions({ byId: 'ids' })
  @Query(() => [Node], {
    nullable: 'items',
    description:
      'Many things by their global ids: as long as `ids` and in their order, repetitions repeated. What one id lacks ' +
      'spoils its own place only. Ids of one kind share calls where the vendor allows it.',
  })
  nodes(
    @Arg('ids', () => [ID], { description: 'Global ids, at most 250.' }) ids: string[],
    @Ctx() { graph }: GraphContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return graph.nodes(info, ids);
  }
}
