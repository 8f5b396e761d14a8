import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, Info, Mutation, Resolver, Root } from 'type-graphql';
import { AsaGroup, CreateAsaGroupInput } from '../schema/asa-group.js';
import type { PageArgs } from '../schema/connection.js';
import { GroupPayload } from '../schema/payload.js';
import type { GraphContext, NodeValue } from '../src/graph/graph.js';
import { Page } from './page.js';

@Resolver(() => AsaGroup)
export class AsaGroupResolver {
  @FieldResolver()
  candidates(
    @Root() group: NodeValue,
    @Page() page: PageArgs,
    @Ctx() { graph }: GraphContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return graph.candidates(info, group, page);
  }

  @Mutation(() => GroupPayload, {
    description:
      'Creates a group in an ASA team: `POST /v1/teams/{team}/groups`. A name that exists already is VENDOR_CONFLICT.',
  })
  createAsaGroup(
    @Arg('input', () => CreateAsaGroupInput, { description: 'The group to be created.' }) input: CreateAsaGroupInput,
    @Ctx() { graph }: GraphContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return graph.mutate(info, 'createAsaGroup', input);
  }
}
