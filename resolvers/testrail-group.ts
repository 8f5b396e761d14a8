import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, Info, Mutation, Resolver } from 'type-graphql';
import { GroupPayload } from '../schema/payload.js';
import { AddTestRailGroupInput, TestRailGroup } from '../schema/testrail-group.js';
import type { GraphContext } from '../src/graph/graph.js';

@Resolver(() => TestRailGroup)
export class TestRailGroupResolver {
  @Mutation(() => GroupPayload, {
    description:
      'Creates a group at TestRail: `POST add_group`. Sent twice, it may make two groups: an ' +
      '`idempotencyKey` prevents that.',
  })
  addTestRailGroup(
    @Arg('input', () => AddTestRailGroupInput, { description: 'The group to be created.' })
    input: AddTestRailGroupInput,
    @Ctx() { graph }: GraphContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return graph.mutate(info, 'addTestRailGroup', input);
  }
}
