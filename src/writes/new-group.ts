/** Looks for the group that a create whose answer was lost was to make: by its name, as it has no id yet. */
import { newReceipt } from '../http/receipt.js';
import type { RestCall } from '../http/rest-call.js';
import type { GroupRow, Page } from '../vendors/vendor.js';
import { isAsMeant } from './as-meant.js';
import type { NewGroup } from './expectation.js';
import type { OthersLike, Place } from './look.js';
import type { OtherCreates } from './other-creates.js';
import { itemKey } from './plan.js';

export interface FoundGroup {
  /** The one that this create has made, and nothing else can have. */
  readonly proved: GroupRow | null;
  /** Those that it may have made, as far as anything tells. */
  readonly candidates: readonly GroupRow[];
}

/** Clocks differ by a little. */
const TOLERANCE_MS = 60_000;

/**
 * Proved is the only group as it was to be that is not older than the write, that no other create was answered with, and
 * that no other create of that name may have made. Rejects with a `VendorError`.
 */
export async function findNewGroup(expected: NewGroup, place: Place, othersLike: OthersLike): Promise<FoundGroup> {
  const { alike, isWhole } = await groupsAlike(expected, place);
  const notOlder = alike.filter((row) => ageOf(row, expected) !== 'older');
  if (notOlder.length === 0) return { proved: null, candidates: [] };
  // Asked after the list was read: a create that begins later has made nothing of what is in it.
  const others = await othersLike(expected);
  const candidates = notOlder.filter(({ path }) => !others?.told.has(itemKey(path)));
  const isProved = isWhole && candidates.length === 1 && isAlone(others) && ageOf(candidates[0]!, expected) === 'new';
  return { proved: isProved ? candidates[0]! : null, candidates };
}

async function groupsAlike(
  { scope, name, roles, members }: NewGroup,
  { adapter, session, maxPages }: Place,
): Promise<{ readonly alike: readonly GroupRow[]; readonly isWhole: boolean }> {
  const alike: GroupRow[] = [];
  let call: RestCall<Page<GroupRow>> | null =
    'within' in adapter.groups ? (adapter.groups.pages?.(scope) ?? null) : null;
  for (let pages = 0; call && pages < maxPages; pages += 1) {
    const page: Page<GroupRow> = await session.write(call, newReceipt());
    // What is mirrored from elsewhere nobody has made here.
    alike.push(...page.rows.filter((row) => row.editable !== false && isAsMeant(row, { name, roles }, members)));
    call = page.next;
  }
  return { alike, isWhole: call === null };
}

/** Whether a group is older than the write or new, as far as its vendor tells or a list read shortly before showed. */
function ageOf({ createdAt, path }: GroupRow, { since, before }: NewGroup): 'older' | 'new' | 'unknown' {
  if (createdAt && createdAt.getTime() < Date.parse(since) - TOLERANCE_MS) return 'older';
  if (!before) return createdAt ? 'new' : 'unknown';
  const wasThere = before.namesakes.some((other) => itemKey(other) === itemKey(path));
  const isNumberedBefore = before.highest !== null && Number(path.at(-1)) <= before.highest;
  return wasThere || isNumberedBefore ? 'older' : 'new';
}

function isAlone(others: OtherCreates | null): boolean {
  return others !== null && !others.isOpen;
}
