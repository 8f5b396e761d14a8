import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, Info, Mutation, Resolver, Root } from 'type-graphql';
import type { PageArgs } from '../schema/connection.js';
import { GroupPayload, GroupsPayload, TesterPayload } from '../schema/payload.js';
import {
  AddUpdraftTesterInput,
  AddUpdraftUserToPermissionGroupsInput,
  CreateUpdraftDistributionGroupInput,
  CreateUpdraftPermissionGroupInput,
  UpdraftPermissionGroup,
} from '../schema/updraft-group.js';
import type { GraphContext, NodeValue } from '../src/graph/graph.js';
import { Page } from './page.js';

@Resolver(() => UpdraftPermissionGroup)
export class UpdraftGroupResolver {
  @FieldResolver()
  projects(
    @Root() group: NodeValue,
    @Page() page: PageArgs,
    @Ctx() { graph }: GraphContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return graph.projectsOf(info, group, page);
  }

  @Mutation(() => GroupPayload, {
    description:
      'Creates a distribution group at Updraft: `POST /api/group-testers/`. Sent twice, it makes two groups: an ' +
      '`idempotencyKey` prevents that.',
  })
  createUpdraftDistributionGroup(
    @Arg('input', () => CreateUpdraftDistributionGroupInput, { description: 'The group to be created.' })
    input: CreateUpdraftDistributionGroupInput,
    @Ctx() { graph }: GraphContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return graph.mutate(info, 'createUpdraftDistributionGroup', input);
  }

  @Mutation(() => TesterPayload, {
    description: 'Puts an e-mail address into distribution groups at Updraft, in one call: `POST /api/testers/`.',
  })
  addUpdraftTester(
    @Arg('input', () => AddUpdraftTesterInput, { description: 'The address and its groups.' })
    input: AddUpdraftTesterInput,
    @Ctx() { graph }: GraphContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return graph.mutate(info, 'addUpdraftTester', input);
  }

  @Mutation(() => GroupPayload, {
    description:
      'Creates a permission group at Updraft: `POST /api/groupsinorgs/`. Sent twice, it makes two groups: an ' +
      '`idempotencyKey` prevents that.',
  })
  createUpdraftPermissionGroup(
    @Arg('input', () => CreateUpdraftPermissionGroupInput, { description: 'The group to be created.' })
    input: CreateUpdraftPermissionGroupInput,
    @Ctx() { graph }: GraphContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return graph.mutate(info, 'createUpdraftPermissionGroup', input);
  }

  @Mutation(() => GroupsPayload, {
    description: 'Puts a user into permission groups at Updraft, in one call: `POST /api/useringrouporg/`.',
  })
  addUpdraftUserToPermissionGroups(
    @Arg('input', () => AddUpdraftUserToPermissionGroupsInput, { description: 'The user and the groups.' })
    input: AddUpdraftUserToPermissionGroupsInput,
    @Ctx() { graph }: GraphContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return graph.mutate(info, 'addUpdraftUserToPermissionGroups', input);
  }
}
