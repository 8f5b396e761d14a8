import { VendorError } from '../http/errors.js';
import type { RestCall } from '../http/rest-call.js';
import { newReceipt } from '../http/receipt.js';
import type { Session } from '../http/session.js';
import {
  ASK_THE_LIST,
  type Adapter,
  type GroupRow,
  type MemberRef,
  type Page,
  type Path,
  type Ref,
  type UserRow,
} from '../vendors/vendor.js';
import type { Expectation } from './expectation.js';
import { isAsMeant } from './as-meant.js';
import { itemKey } from './plan.js';

/** Where to look. */
export interface Place {
  readonly adapter: Adapter;
  readonly session: Pick<Session, 'write' | 'whom'>;
  readonly maxPages: number;
}

/** What a look at a vendor showed. That something is not there proves nothing: a vendor may apply a write late. */
export interface Sight {
  readonly at: Date;
  readonly seen: 'all' | 'part' | 'none';
  /** For people. */
  readonly sentence: string;
  /** The group, where it was seen as it should be. */
  readonly group: GroupRow | null;
  /** Those of the expected members, present or absent, who are as they should be. */
  readonly members: readonly Path[];
}

/** Whether an expectation of that kind can be looked for at all. */
export function canLook({ of }: Expectation, { members, groups, groupBefore }: Adapter): boolean {
  if (of === 'members') return members !== 'ledger';
  const reads = 'within' in groups ? groups : null;
  return Boolean(of === 'new group' ? reads?.pages : (groupBefore ?? reads?.one));
}

/** Reads what shows whether a write has taken effect; rejects with a `VendorError`. It writes nothing. */
export async function look(expectation: Expectation, place: Place): Promise<Sight> {
  switch (expectation.of) {
    case 'members':
      return lookAtMembers(expectation, place);
    case 'group': {
      const group = await groupNow(expectation.group, place);
      const isSeen = group !== null && isAsMeant(group, expectation.changes);
      return sightOf(isSeen, group, 'the group is as it was to be', 'the group is not (yet) as it was to be');
    }
    case 'no group': {
      const isGone = (await groupNow(expectation.group, place)) === null;
      return sightOf(isGone, null, 'the group is gone', 'the group is still there');
    }
    case 'new group': {
      const group = await newGroup(expectation, place);
      const name = JSON.stringify(expectation.name);
      return sightOf(
        group !== null,
        group,
        `there is one group ${name} as it was to be`,
        `no single group ${name} as it was to be was found`,
      );
    }
  }
}

/**
 * The members of a group as they are now; null where the vendor does not know the group. It reads no further than it takes
 * to see everybody of `sought`, where that is given.
 */
export async function membersNow(
  group: Ref,
  place: Place,
  sought?: readonly Path[],
): Promise<readonly (MemberRef | UserRow)[] | null> {
  const { adapter, session, maxPages } = place;
  if (adapter.members === 'ledger') return null;
  if (adapter.members === 'carried') return (await groupNow(group, place))?.members ?? null;
  const members: UserRow[] = [];
  const unseen = sought && new Set(sought.map(itemKey));
  let call: RestCall<Page<UserRow>> | null = adapter.members.pages(group.path);
  for (let pages = 0; call && unseen?.size !== 0; pages += 1) {
    if (pages === maxPages) throw new VendorError('VENDOR_BAD_RESPONSE', session.whom);
    const page: Page<UserRow> | null = await orNull(session, call);
    if (!page) return null;
    members.push(...page.rows);
    for (const { path } of page.rows) unseen?.delete(itemKey(path));
    call = page.next;
  }
  return members;
}

async function lookAtMembers(
  { group, present, absent }: Extract<Expectation, { of: 'members' }>,
  place: Place,
): Promise<Sight> {
  const now = await membersNow(group, place);
  const there = new Set((now ?? []).map(({ path }) => itemKey(path)));
  const members = [
    ...present.filter((path) => there.has(itemKey(path))),
    ...(now ? absent.filter((path) => !there.has(itemKey(path))) : []),
  ];
  const wanted = present.length + absent.length;
  const sentence = now
    ? `${members.length} of ${wanted} members are as they were to be`
    : 'the vendor does not know the group';
  const seen = members.length === wanted ? 'all' : members.length > 0 ? 'part' : 'none';
  return { at: new Date(), seen, sentence, group: null, members };
}

/** The group by its id; null where the vendor does not know it, or knows another under that name. */
async function groupNow({ type, path }: Ref, { adapter, session }: Place): Promise<GroupRow | null> {
  const { parts, optional = 0 } = adapter.paths[type]!;
  const address = path.slice(0, parts.length - optional);
  const call =
    adapter.groupBefore?.read(address) ?? ('one' in adapter.groups ? adapter.groups.one?.(address) : undefined);
  if (!call) return null;
  const row = await orNull<GroupRow | null | typeof ASK_THE_LIST>(session, call);
  if (row === null || row === ASK_THE_LIST) return null;
  const [uuid] = path.slice(address.length);
  return uuid === undefined || row.vendorId === uuid ? row : null;
}

async function newGroup(
  { scope, name, members, roles, since }: Extract<Expectation, { of: 'new group' }>,
  { adapter, session, maxPages }: Place,
): Promise<GroupRow | null> {
  const found: GroupRow[] = [];
  let call = 'within' in adapter.groups ? (adapter.groups.pages?.(scope) ?? null) : null;
  for (let pages = 0; call && pages < maxPages; pages += 1) {
    const page: Page<GroupRow> = await session.write(call, newReceipt());
    found.push(...page.rows.filter((row) => isOwn(row, since) && isAsMeant(row, { name, roles }, members)));
    call = page.next;
  }
  return found.length === 1 && !call ? found[0]! : null;
}

/** Clocks differ by a little. */
const TOLERANCE_MS = 60_000;

/** Neither mirrored from elsewhere nor older than the write, as far as its vendor tells. */
function isOwn({ editable, createdAt }: GroupRow, since: string): boolean {
  return editable !== false && (!createdAt || createdAt.getTime() >= Date.parse(since) - TOLERANCE_MS);
}

async function orNull<T>(session: Place['session'], call: RestCall<T>): Promise<T | null> {
  try {
    return await session.write(call, newReceipt());
  } catch (error) {
    if (error instanceof VendorError && error.code === 'NOT_FOUND') return null;
    throw error;
  }
}

function sightOf(isSeen: boolean, group: GroupRow | null, yes: string, no: string): Sight {
  return {
    at: new Date(),
    seen: isSeen ? 'all' : 'none',
    sentence: isSeen ? yes : no,
    group: isSeen ? group : null,
    members: [],
  };
}
