import type { CreateTiledeskGroupInput } from '../../../schema/tiledesk-group.js';
import { creation, type Mutation } from './mutation.js';

export const createTiledeskGroup: Mutation<CreateTiledeskGroupInput> = {
  payload: 'GroupPayload',
  intend({ check }, input) {
    const project = check.id(['project'], input.project, { type: 'Project', vendor: 'TILEDESK' });
    const name = check.name(['name'], input.name);
    const users = project && check.members(['members'], input.members ?? [], project, 0);
    if (!users || !name) return null;
    const { source, ref } = project;
    const members = users.map((user) => user.ref.path);
    return creation(source, source.adapter.commands.createGroup!(ref.path, { name, members, roles: [] }));
  },
};
