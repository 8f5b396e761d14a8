import type { GroupMembersInput } from '../../../schema/inputs.js';
import { VendorError } from '../../http/errors.js';
import { doneItems } from '../../writes/carry-out.js';
import { itemKey } from '../../writes/plan.js';
import { refKey, type UserRow } from '../../vendors/vendor.js';
import { readUser } from '../details.js';
import type { NodeValue } from '../graph.js';
import type { Request } from '../request.js';
import { fieldsAsked, fieldsBelow } from '../selection.js';
import { referenceTo, valueOf } from '../values.js';
import { groupNow } from './group-now.js';
import type { InputCheck, Named } from './input-check.js';
import { isRemembering, type Asked, type Mutation, type Shown, type Written } from './mutation.js';
import { ofVendor } from './user-errors.js';

export const addGroupMembers: Mutation<GroupMembersInput> = {
  payload: 'GroupMembersPayload',
  async intend(asked, input) {
    const { request, check } = asked;
    const group = check.id(['group'], input.group, { type: 'Group' });
    if (!group || !takesUsers(check, group)) return null;
    const members = check.members(['members'], input.members, group, 1);
    if (!members || !(await mayBeEdited(request, check, group))) return null;
    const { source, ref } = group;
    const before = await membersBefore(request, group);
    const paths = members.map((member) => member.ref.path);
    return {
      source,
      plan: source.adapter.commands.addMembers!(ref, paths),
      items: members,
      writes: 'members',
      edits: ref,
      show: async (written) => ({
        ...(await sorted(asked, members, before, written)),
        group: fieldsAsked(asked.info).has('group') ? await groupAfter(asked, group, written) : null,
      }),
    };
  },
};

/** Whether the vendor documents a call that adds members to such a group and leaves the others alone. */
function takesUsers(check: InputCheck, group: Named): boolean {
  const { source, ref } = group;
  const whom = `${source.title} (source ${source.name})`;
  const takesTesters = ref.type === 'UpdraftDistributionGroup';
  if (source.adapter.commands.addMembers && !takesTesters) return true;
  const message = takesTesters
    ? `A distribution group of ${whom} takes testers, not users: use addUpdraftTester.`
    : `${whom} documents no way to add members, only one to replace the whole list, which would undo what others ` +
      `change at the same time: edit the group on the pages of ${source.title} itself.`;
  check.refuse('UNSUPPORTED_BY_VENDOR', group, message);
  return false;
}

/**
 * A name may be used again, and a federated group may bear the name of another: where the id says more than the address
 * does, the group that it means must have been seen before anything is sent.
 */
async function mayBeEdited(request: Request, check: InputCheck, group: Named): Promise<boolean> {
  const { source, ref } = group;
  const { parts, optional = 0 } = source.adapter.paths[ref.type]!;
  if (optional === 0 || ref.path.length < parts.length) return true;
  const whom = `${source.title} (source ${source.name})`;
  const unknown = `${whom} does not know this group, or has another one under its name.`;
  const federated = `${whom} only mirrors this group: edit it in the team that it is from.`;
  try {
    const known = await request.reads(source).get('groups', ref.path, ref.type);
    if (known && known.row.editable !== false) return true;
    check.refuse(known ? 'UNSUPPORTED_BY_VENDOR' : 'NOT_FOUND', group, known ? federated : unknown);
  } catch (error) {
    if (!(error instanceof VendorError)) throw error;
    check.tell({ ...ofVendor(error), target: group.id });
  }
  return false;
}

/** Who is a member already, as far as the ledger tells: no vendor is asked for it. */
async function membersBefore(request: Request, { source, ref }: Named): Promise<ReadonlySet<string>> {
  if (!isRemembering(source)) return new Set();
  const known = await request.reads(source).ledgerMembers(ref);
  return new Set(known.map(({ row }) => refKey(row)));
}

/** Whom the vendor put into the group, or would; told apart by who is known to have been there. */
async function sorted(
  asked: Asked,
  members: readonly Named[],
  before: ReadonlySet<string>,
  written: Written | null,
): Promise<Shown> {
  const done = written && new Set(written.carried.flatMap(doneItems).map(itemKey));
  const meant = members.filter(({ ref }) => !done || done.has(itemKey(ref.path)));
  const values = await Promise.all(meant.map((member) => memberOf(asked, member, written?.seen ?? [])));
  const wasThere = ({ __typename: type, path }: NodeValue) => before.has(refKey({ type, path }));
  return { added: values.filter((value) => !wasThere(value)), unchanged: values.filter(wasThere), removed: [] };
}

/** A member as the read after the write told it; by the id alone where that says all that was asked. */
async function memberOf(
  { request, info }: Asked,
  { source, ref }: Named,
  seen: readonly UserRow[],
): Promise<NodeValue> {
  const reference = referenceTo(source, ref);
  const row = seen.find(({ path }) => itemKey(path) === itemKey(ref.path));
  if (row) return valueOf(source, { row, at: new Date(), origin: 'VENDOR' });
  const isAsked = ['added', 'unchanged'].some((list) => fieldsBelow(info, list).has('vendorId'));
  // Where members are addressed by name, their vendor's id stands in their row alone.
  if (!isAsked || source.adapter.memberEdits !== 'read-back') return reference;
  const read = await readUser(request, info, reference);
  return read ? valueOf(source, { row: read, at: new Date(), origin: 'VENDOR' }) : reference;
}

/** A dry run reads nothing for it, and a source that has just left a write unanswered is not waited for again. */
async function groupAfter(
  { request, info }: Asked,
  { source, ref }: Named,
  written: Written | null,
): Promise<NodeValue | null> {
  const isAnswering = written?.carried.every(({ outcome }) => outcome.is === 'done' || outcome.is === 'refused');
  return isAnswering || isRemembering(source) ? groupNow(request, info, source, ref) : null;
}
