/** What the journal knows of other creates, when one whose answer was lost is looked for by its name. */
import type { Entry, JournalReader } from '../ledger/journal.js';
import { LedgerError } from '../ledger/ledger.js';
import { isSameName } from './as-meant.js';
import { createOf, groupMade } from './entry-told.js';
import type { NewGroup } from './expectation.js';
import { itemKey } from './plan.js';

export interface OtherCreates {
  /** Whether one of that name is under way or was left unknown: what is seen may be its group. */
  readonly isOpen: boolean;
  /** By `itemKey` of their paths: the groups that creates were answered with. */
  readonly told: ReadonlySet<string>;
}

/** More than any source holds open. */
const MOST_OPEN = 10_000;
/** The newest that were done are enough: a group that passes for new was told, if at all, not longer ago than this. */
const MOST_DONE = 500;
const LONG_AGO_MS = 600_000;

/** Null where nobody can tell: the ledger cannot be asked, or too much was written lately. */
export async function otherCreates(
  journal: Pick<JournalReader, 'entries'>,
  { id, source }: Pick<Entry, 'id' | 'source'>,
  expected: NewGroup,
): Promise<OtherCreates | null> {
  try {
    // In this order, so that one that is finished meanwhile is in one of the two.
    const open = await journal.entries({ states: ['INTENT', 'UNKNOWN'], source, limit: MOST_OPEN });
    const done = await journal.entries({ states: ['DONE'], source, limit: MOST_DONE });
    const horizon = Date.parse(expected.since) - LONG_AGO_MS;
    if (open.length === MOST_OPEN || (done.length === MOST_DONE && done.at(-1)!.createdAt.getTime() > horizon))
      return null;
    const isLike = (entry: Entry) => entry.id !== id && isCreateLike(entry, expected);
    const told = done.filter(isLike).flatMap((entry) => groupMade(entry) ?? []);
    return { isOpen: open.some(isLike), told: new Set(told.map(({ path }) => itemKey(path))) };
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    return null;
  }
}

/** Whether an entry is a create of that name in that scope. */
function isCreateLike(entry: Entry, { scope, name }: NewGroup): boolean {
  const create = createOf(entry);
  return create !== null && itemKey(create.scope) === itemKey(scope) && isSameName(create.name, name);
}
