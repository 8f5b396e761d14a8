import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, Info, Mutation, Resolver } from 'type-graphql';
import { GroupsPayload } from '../schema/payload.js';
import { AddVeltUserGroupsInput, VeltUserGroup } from '../schema/velt-group.js';
import type { GraphContext } from '../src/graph/graph.js';

@Resolver(() => VeltUserGroup)
export class VeltGroupResolver {
  @Mutation(() => GroupsPayload, {
    description:
      'Adds groups to one Velt organization, in one call: `POST /v2/organizations/usergroups/add`. Velt may refuse ' +
      'some of them and accept the others; each refusal is a `UserError` with its `target`.',
  })
  addVeltUserGroups(
    @Arg('input', () => AddVeltUserGroupsInput, { description: 'The organization and its new groups.' })
    input: AddVeltUserGroupsInput,
    @Ctx() { graph }: GraphContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return graph.mutate(info, 'addVeltUserGroups', input);
  }
}
