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
import { isAsMeant } from './as-meant.js';
import type { Expectation, NewGroup } from './expectation.js';
import { findNewGroup } from './new-group.js';
import type { OtherCreates } from './other-creates.js';
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
  /** `perhaps`: what is there may have been made by another, or before. */
  readonly seen: 'all' | 'part' | 'perhaps' | 'none';
  /** For people. */
  readonly sentence: string;
  /** The group, where it was seen as it should be. */
  readonly group: GroupRow | null;
  /** Those of the expected members, present or absent, who are as they should be. */
  readonly members: readonly Path[];
  /** Groups that may be the one that was to be made, where nothing proves it. */
  readonly candidates: readonly GroupRow[];
}

/** Whether an expectation of that kind can be looked for at all. */
export function canLook({ of }: Expectation, { members, groups, groupBefore }: Adapter): boolean {
  if (of === 'members') return members !== 'ledger';
  const reads = 'within' in groups ? groups : null;
  return Boolean(of === 'new group' ? reads?.pages : (groupBefore ?? reads?.one));
}

/** What is known of other creates like this one; null where nobody can tell, so that nothing proves whose a group is. */
export type OthersLike = (expected: NewGroup) => Promise<OtherCreates | null>;

/** Reads what shows whether a write has taken effect; rejects with a `VendorError`. It writes nothing. */
export async function look(
  expectation: Expectation,
  place: Place,
  othersLike: OthersLike = () => Promise.resolve(null),
): Promise<Sight> {
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
      const { proved, candidates } = await findNewGroup(expectation, place, othersLike);
      const name = JSON.stringify(expectation.name);
      if (candidates.length > 0 && !proved) {
        const sentence = `a group ${name} as it was to be is there, but it may be older, or made by another`;
        return { at: new Date(), seen: 'perhaps', sentence, group: null, members: [], candidates };
      }
      return sightOf(
        proved !== null,
        proved,
        `there is one new group ${name} as it was to be`,
        `no new group ${name} as it was to be was found`,
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
  return { at: new Date(), seen, sentence, group: null, members, candidates: [] };
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
    candidates: [],
  };
}
