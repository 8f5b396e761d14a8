import type { LedgerState } from '../../../schema/enums.js';
import type { Entry } from '../../ledger/journal.js';
import { Damaged } from './damaged.js';
import { withJournal } from './with-journal.js';
import { inColumns, toJsonLine } from './words.js';

export interface ListOptions {
  readonly config?: string;
  readonly state?: readonly LedgerState[];
  readonly source?: string;
  readonly limit: number;
  readonly json?: boolean;
}

/** Prints the newest entries, the newest first. A damaged one is named on stderr, and makes the exit code 1. */
export async function listEntries({ config: flag, state, source, limit, json }: ListOptions): Promise<number> {
  // One more than is shown tells whether there are more.
  const damaged = new Damaged();
  const found = await withJournal(flag, (journal) =>
    journal.entries({ states: state, source, limit: limit + 1 }, damaged.tell),
  );
  const entries = found.slice(0, limit);
  process.stdout.write(json ? entries.map(toJsonLine).join('') : tableOf(entries));
  if (found.length + damaged.count > limit)
    process.stderr.write(`There are more than these ${limit}; --limit N shows more of them.\n`);
  return damaged.count > 0 ? 1 : 0;
}

function tableOf(entries: readonly Entry[]): string {
  if (entries.length === 0) return 'The ledger has no such entry.\n';
  const rows = entries.map(({ createdAt, state, mutation, source, key, caller }) => [
    createdAt.toISOString(),
    state,
    mutation,
    source,
    key,
    caller,
  ]);
  return inColumns([['TIME', 'STATE', 'MUTATION', 'SOURCE', 'KEY', 'CALLER'], ...rows]);
}
