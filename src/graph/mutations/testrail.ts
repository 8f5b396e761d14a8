import type { AddTestRailGroupInput } from '../../../schema/testrail-group.js';
import { creation, newGroup, type Mutation } from './mutation.js';

export const addTestRailGroup: Mutation<AddTestRailGroupInput> = {
  payload: 'GroupPayload',
  intend({ check }, input) {
    const organization = check.id(['organization'], input.organization, { type: 'Organization', vendor: 'TESTRAIL' });
    const name = check.name(['name'], input.name);
    const users = organization && check.members(['users'], input.users ?? [], organization, 0);
    if (!users || !name) return null;
    const { source, ref } = organization;
    const group = { name, members: users.map((user) => user.ref.path), roles: [] };
    return creation(source, source.adapter.commands.createGroup!(ref.path, group), newGroup(source, [], group));
  },
};
