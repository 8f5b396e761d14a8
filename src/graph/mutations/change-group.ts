import type { DeleteGroupInput, UpdateGroupInput } from '../../../schema/inputs.js';
import type { GroupChanges } from '../../vendors/vendor.js';
import type { InputCheck, Named } from './input-check.js';
import { mayBeEdited } from './may-be-edited.js';
import type { Mutation } from './mutation.js';

export const updateGroup: Mutation<UpdateGroupInput> = {
  payload: 'GroupPayload',
  async intend({ request, check }, input) {
    const group = check.id(['group'], input.group, { type: 'Group' });
    const change = changeOf(check, input);
    if (!group || !change || !canChange(check, group, change)) return null;
    if (!(await mayBeEdited(request, check, group))) return null;
    return { is: 'change', source: group.source, group, change };
  },
};

export const deleteGroup: Mutation<DeleteGroupInput> = {
  payload: 'DeleteGroupPayload',
  async intend({ request, check }, input) {
    const group = check.id(['group'], input.group, { type: 'Group' });
    if (!group || !canDelete(check, group) || !(await mayBeEdited(request, check, group))) return null;
    return { is: 'change', source: group.source, group, change: null };
  },
};

/** What is to be changed; null where it is nothing, or not well-formed. */
function changeOf(check: InputCheck, { name, roles, attributes }: UpdateGroupInput): GroupChanges | null {
  if (name === null) return check.wrong(['name'], 'A name cannot be taken away: leave it out to keep it.');
  const isNamed = name === undefined || check.name(['name'], name) !== null;
  const knownRoles = roles ? check.roles(['roles'], roles) : undefined;
  if (!isNamed || knownRoles === null) return null;
  if (name === undefined && !knownRoles && !attributes) {
    return check.tell({
      code: 'BAD_USER_INPUT',
      message: 'There is nothing to change: give a name, roles or attributes.',
    });
  }
  return {
    ...(name !== undefined && { name }),
    ...(knownRoles && { roles: knownRoles }),
    ...(attributes && { attributes }),
  };
}

function canChange(check: InputCheck, group: Named, change: GroupChanges): boolean {
  const { title, name, adapter } = group.source;
  const possible = adapter.commands.updateGroup?.changes ?? [];
  const impossible = (Object.keys(change) as (keyof GroupChanges)[]).filter((field) => !possible.includes(field));
  const rest =
    possible.length > 0 ? `only ${possible.join(' and ')} can be changed` : 'nothing of a group can be changed';
  for (const field of impossible) {
    const message = `${title} (source ${name}) documents no way to change the ${field} of a group; ${rest} there.`;
    check.refuse('UNSUPPORTED_BY_VENDOR', { ...group, field: [field] }, message);
  }
  return impossible.length === 0;
}

function canDelete(check: InputCheck, group: Named): boolean {
  const { title, name, adapter } = group.source;
  if (adapter.commands.deleteGroup) return true;
  const message = `${title} (source ${name}) documents no way to delete a group: do it on the pages of ${title} itself.`;
  check.refuse('UNSUPPORTED_BY_VENDOR', group, message);
  return false;
}
