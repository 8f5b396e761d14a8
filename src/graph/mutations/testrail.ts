import type { AddTestRailGroupInput } from '../../../schema/testrail-group.js';
import { creation, type Mutation } from './mutation.js';

export const addTestRailGroup: Mutation<AddTestRailGroupInput> = {
  payload: 'GroupPayload',
  intend({ check }, input) {
    const organization = check.id(['organization'], input.organization, { type: 'Organization', vendor: 'TESTRAIL' });
    const name = check.name(['name'], input.name);
    const users = organization && check.members(['users'], input.users ?? [], organization, 0);
    if (!users || !name) return null;
    const { source, ref } = organization;
    const members = users.map((user) => user.ref.path);
    return creation(source, source.adapter.commands.createGroup!(ref.path, { name, members, roles: [] }));
  },
};
