import type { GroupMembersInput, SetGroupMembersInput } from '../../../schema/inputs.js';
import type { MemberEdit } from '../../writes/member-edit.js';
import type { InputCheck, Named } from './input-check.js';
import { mayBeEdited } from './may-be-edited.js';
import type { Asked, EditIntended, Mutation } from './mutation.js';

/** As many members as one add or remove names, and one set. */
const MOST = { add: 250, remove: 250, set: 10_000 };

export const addGroupMembers: Mutation<GroupMembersInput> = {
  payload: 'GroupMembersPayload',
  intend: (asked, input) => editOf(asked, 'add', input),
};

export const removeGroupMembers: Mutation<GroupMembersInput> = {
  payload: 'GroupMembersPayload',
  intend: (asked, input) => editOf(asked, 'remove', input),
};

export const setGroupMembers: Mutation<SetGroupMembersInput> = {
  payload: 'GroupMembersPayload',
  intend: (asked, input) => editOf(asked, 'set', input, input.expectedCount ?? null),
};

async function editOf(
  { request, check }: Asked,
  does: MemberEdit['does'],
  input: GroupMembersInput,
  expectedCount: number | null = null,
): Promise<EditIntended | null> {
  const group = check.id(['group'], input.group, { type: 'Group' });
  if (expectedCount !== null && expectedCount < 0)
    check.wrong(['expectedCount'], 'A group has no fewer than 0 members.');
  if (!group || !canBe(does, check, group)) return null;
  const members = check.members(['members'], input.members, group, does === 'set' ? 0 : 1, MOST[does]);
  if (!members || check.errors.length > 0 || !(await mayBeEdited(request, check, group))) return null;
  const edit = { does, members: members.map(({ ref }) => ref.path), expectedCount };
  return { is: 'edit', source: group.source, group, members, edit };
}

/** Whether the vendor documents a way to edit the members of such a group; else what can be done instead is told. */
function canBe(does: MemberEdit['does'], check: InputCheck, group: Named): boolean {
  const { source, ref } = group;
  const { addMembers, removeMembers, replaceMembers } = source.adapter.commands;
  const whom = `${source.title} (source ${source.name})`;
  const itself = `do it on the pages of ${source.title} itself`;
  if (ref.type === 'UpdraftDistributionGroup') {
    const instead = does === 'add' ? 'use addUpdraftTester' : `it documents no way to take them out: ${itself}`;
    check.refuse(
      'UNSUPPORTED_BY_VENDOR',
      group,
      `A distribution group of ${whom} takes testers, not users: ${instead}.`,
    );
    return false;
  }
  const way = { add: addMembers, remove: removeMembers, set: addMembers && removeMembers }[does] ?? replaceMembers;
  if (way) return true;
  const what = { add: 'add members', remove: 'take members out', set: 'replace the members' }[does];
  const instead = does === 'set' && addMembers ? `add with addGroupMembers, and for the rest ${itself}` : itself;
  check.refuse('UNSUPPORTED_BY_VENDOR', group, `${whom} documents no way to ${what}: ${instead}.`);
  return false;
}
