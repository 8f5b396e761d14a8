import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, Info, Mutation, Resolver, Root } from 'type-graphql';
import { GroupPayload } from '../schema/payload.js';
import { CreateTiledeskGroupInput, TiledeskGroup } from '../schema/tiledesk-group.js';
import type { GraphContext, NodeValue } from '../src/graph/graph.js';

@Resolver(() => TiledeskGroup)
export class TiledeskGroupResolver {
  @FieldResolver()
  createdBy(@Root() group: NodeValue, @Ctx() { graph }: GraphContext, @Info() info: GraphQLResolveInfo) {
    return graph.createdBy(info, group);
  }

  @Mutation(() => GroupPayload, {
    description:
      'Creates a group at Tiledesk: `POST /{project_id}/groups`. Sent twice, it makes two groups: an ' +
      '`idempotencyKey` prevents that.',
  })
  createTiledeskGroup(
    @Arg('input', () => CreateTiledeskGroupInput, { description: 'The group to be created.' })
    input: CreateTiledeskGroupInput,
    @Ctx() { graph }: GraphContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return graph.mutate(info, 'createTiledeskGroup', input);
  }
}
