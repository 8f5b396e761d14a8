/** An edit of a group's members, and what became of it: the same for every vendor, however it is carried out. */
import type { Confirmation } from '../../schema/enums.js';
import type { Whom } from '../http/errors.js';
import type { Outcome } from '../ledger/journal.js';
import type { GroupRow, Path, UserRow } from '../vendors/vendor.js';
import type { Expectation } from './expectation.js';
import { named, unsent, type Failure } from './failure.js';
import { itemKey, type CallRecord } from './plan.js';
import type { GroupAt } from './source.js';

export interface MemberEdit {
  readonly does: 'add' | 'remove' | 'set';
  /** Each once. */
  readonly members: readonly Path[];
  /** Of a set: how many members the group has, as the caller believes. */
  readonly expectedCount: number | null;
}

/** What became of one member. */
export interface MemberFate {
  readonly path: Path;
  /** Where a read told it. */
  readonly row: UserRow | null;
  readonly became: 'added' | 'removed' | 'unchanged' | Failure;
  /** How that is known; null where nothing had to be written. */
  readonly by: Confirmation | null;
}

export interface EditResult {
  /** Why nothing of it was sent at all; there are no fates then. */
  readonly failure: Failure | null;
  readonly fates: readonly MemberFate[];
  readonly calls: readonly CallRecord[];
  /** As it was last told during the edit. */
  readonly group: GroupRow | null;
}

/** What a set would do to a group of so many members, unless it would empty or halve it without saying that it means to. */
export function refusedShrinking(
  { does, members, expectedCount }: MemberEdit,
  count: number,
  whom: Whom,
  written = 'Nothing was written.',
): Failure | null {
  if (does !== 'set') return null;
  const about = 'expectedCount';
  if (expectedCount !== null && expectedCount !== count) {
    const message = `This group of ${named(whom)} has ${count} members now, not ${expectedCount}: look at it again. Nothing was written.`;
    return { ...unsent('CONCURRENT_CHANGE', message), about };
  }
  const shrinks = count > 0 && (members.length === 0 || (count >= 4 && members.length < count / 2));
  if (!shrinks || expectedCount !== null) return null;
  const message =
    `This would leave ${members.length} of the ${count} members of this group of ${named(whom)}: give expectedCount: ${count} ` +
    `if that is meant. ${written}`;
  return { ...unsent('BAD_USER_INPUT', message), about };
}

/** What the members of a group are to be changed to, seen from those who are in it now. */
export function changesOf({ does, members }: MemberEdit, now: readonly Path[]) {
  if (does === 'add') return { adds: members, removes: [], unchanged: [] };
  if (does === 'remove') return { adds: [], removes: members, unchanged: [] };
  const [wanted, there] = [members, now].map((paths) => new Set(paths.map(itemKey))) as [Set<string>, Set<string>];
  return {
    adds: members.filter((path) => !there.has(itemKey(path))),
    removes: now.filter((path) => !wanted.has(itemKey(path))),
    unchanged: members.filter((path) => there.has(itemKey(path))),
  };
}

export function expectationOfEdit(
  { source, group }: GroupAt,
  adds: readonly Path[],
  removes: readonly Path[],
): Expectation | null {
  if (source.adapter.members === 'ledger') return null;
  return { of: 'members', group, present: adds, absent: removes };
}

/** How the ledger calls it: as certain as the least certain of its parts, and done where anything was. */
export function stateOfEdit({ failure, fates }: EditResult): Outcome['state'] {
  const failures = [failure, ...fates.map(({ became }) => became)].filter(
    (one) => one !== null && typeof one === 'object',
  );
  if (failures.some(({ state }) => state === 'UNKNOWN')) return 'UNKNOWN';
  if (failures.length === 0 || fates.some(({ became }) => became === 'added' || became === 'removed')) return 'DONE';
  return failures.some(({ state }) => state === 'REFUSED') ? 'REFUSED' : 'UNSENT';
}

/** The weakest of what is known of the parts that were written; null where none was. */
export function confirmationOf({ fates }: EditResult): Confirmation | null {
  const all = new Set(fates.map(({ became, by }) => (isUnknown(became) ? 'UNKNOWN' : by)));
  return (['UNKNOWN', 'VENDOR_RESPONSE', 'READ_BACK'] as const).find((one) => all.has(one)) ?? null;
}

function isUnknown(became: MemberFate['became']): boolean {
  return typeof became === 'object' && became.state === 'UNKNOWN';
}
