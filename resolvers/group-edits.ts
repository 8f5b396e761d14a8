import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, Info, Mutation, Resolver } from 'type-graphql';
import { DeleteGroupInput, GroupMembersInput, SetGroupMembersInput, UpdateGroupInput } from '../schema/inputs.js';
import { DeleteGroupPayload, GroupMembersPayload, GroupPayload } from '../schema/payload.js';
import type { GraphContext } from '../src/graph/graph.js';

const wholeLists =
  'At TestRail (`get_group/{id}`, then `update_group/{id}`) and Tiledesk (`GET`, then `PUT /{project_id}/groups/{id}`) ' +
  'the list of members can only be replaced whole: it is read, changed and written back, one turn of a group after ' +
  'another, and edits that wait together share a turn.';
const oneByOne = 'one call for each, in the order of the input';

/** The verbs that are the same for all vendors: whoever has the id of a group needs no more to edit it. */
@Resolver()
export class GroupEditResolver {
  @Mutation(() => GroupMembersPayload, {
    description:
      'Puts 1 to 250 users into a group and leaves its other members alone. Velt ' +
      '`POST /v2/organizations/usergroups/users/add`, one call for all; Updraft permission groups ' +
      `\`POST /api/useringrouporg/\` and ASA \`POST /v1/teams/{team}/groups/{group_name}/users\`, ${oneByOne}. ` +
      `${wholeLists} Whom a vendor refuses is a \`UserError\` with its \`target\`; the others are added. ` +
      'UNSUPPORTED_BY_VENDOR for a distribution group (use `addUpdraftTester`) and for a federated ASA group.',
  })
  addGroupMembers(
    @Arg('input', () => GroupMembersInput, { description: 'The group, and whom to put into it.' })
    input: GroupMembersInput,
    @Ctx() { graph }: GraphContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return graph.mutate(info, 'addGroupMembers', input);
  }

  @Mutation(() => GroupMembersPayload, {
    description:
      'Takes 1 to 250 users out of a group and leaves its other members alone. Velt ' +
      '`POST /v2/organizations/usergroups/users/delete`, one call for all; ASA ' +
      `\`DELETE /v1/teams/{team}/groups/{group_name}/users/{user_name}\`, ${oneByOne}. ${wholeLists} Whom a vendor ` +
      'refuses is a `UserError` with its `target`; the others are taken out. UNSUPPORTED_BY_VENDOR at Updraft, which ' +
      'documents no way to take anybody out of a group, and for a federated ASA group.',
  })
  removeGroupMembers(
    @Arg('input', () => GroupMembersInput, { description: 'The group, and whom to take out of it.' })
    input: GroupMembersInput,
    @Ctx() { graph }: GraphContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return graph.mutate(info, 'removeGroupMembers', input);
  }

  @Mutation(() => GroupMembersPayload, {
    description:
      'Gives a group exactly the members that are named, up to 10,000. Where that leaves nobody, or fewer than half of ' +
      `at least four, \`expectedCount\` must say how many there are now. ${wholeLists} At Velt ` +
      '(`POST /v2/users/get`) and ASA (`GET /v1/teams/{team}/groups/{group_name}/users`) the members are read, and then ' +
      'those who lack are added and those who are too many taken out, by the calls of `addGroupMembers` and ' +
      '`removeGroupMembers`. UNSUPPORTED_BY_VENDOR at Updraft, and for a federated ASA group.',
  })
  setGroupMembers(
    @Arg('input', () => SetGroupMembersInput, { description: 'The group, and all of its members.' })
    input: SetGroupMembersInput,
    @Ctx() { graph }: GraphContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return graph.mutate(info, 'setGroupMembers', input);
  }

  @Mutation(() => GroupPayload, {
    description:
      'Changes a group itself and leaves its members alone: the name at TestRail (`update_group/{id}`, sent with the ' +
      'list of members just read), name and attributes at Tiledesk (`PUT /{project_id}/groups/{id}`, after a read, since ' +
      'it would create what it does not know), the roles at ASA (`PUT /v1/teams/{team}/groups/{group_name}`). What a ' +
      'vendor cannot change is UNSUPPORTED_BY_VENDOR with its `field`: at Updraft and Velt everything, at ASA the name, ' +
      'of a federated group the roles too.',
  })
  updateGroup(
    @Arg('input', () => UpdateGroupInput, { description: 'The group, and what is to be changed of it.' })
    input: UpdateGroupInput,
    @Ctx() { graph }: GraphContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return graph.mutate(info, 'updateGroup', input);
  }

  @Mutation(() => DeleteGroupPayload, {
    description:
      'Deletes a group: TestRail `delete_group/{id}`; Tiledesk `DELETE /{project_id}/groups/{id}`, which puts it into ' +
      'the trash and is sent after a read only, since it succeeds for anything; ASA ' +
      '`DELETE /v1/teams/{team}/groups/{group_name}`, which also takes the group out of its projects. NOT_FOUND when it ' +
      'is gone already. A Tiledesk group that a department uses is VENDOR_REJECTED. UNSUPPORTED_BY_VENDOR at Updraft ' +
      'and Velt, and for a federated ASA group.',
  })
  deleteGroup(
    @Arg('input', () => DeleteGroupInput, { description: 'The group to be deleted.' })
    input: DeleteGroupInput,
    @Ctx() { graph }: GraphContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return graph.mutate(info, 'deleteGroup', input);
  }
}
