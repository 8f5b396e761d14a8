import type { CreateTiledeskGroupInput } from '../../../schema/tiledesk-group.js';
import { creation, newGroup, type Mutation } from './mutation.js';

export const createTiledeskGroup: Mutation<CreateTiledeskGroupInput> = {
  payload: 'GroupPayload',
  intend({ check }, input) {
    const project = check.id(['project'], input.project, { type: 'Project', vendor: 'TILEDESK' });
    const name = check.name(['name'], input.name);
    const users = project && check.members(['members'], input.members ?? [], project, 0);
    if (!users || !name) return null;
    const { source, ref } = project;
    const group = { name, members: users.map((user) => user.ref.path), roles: [] };
    return creation(source, source.adapter.commands.createGroup!(ref.path, group), newGroup(source, ref.path, group));
  },
};
