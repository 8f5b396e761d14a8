import { Sources } from '../../graph/sources.js';
import type { Entry, JournalReader } from '../../ledger/journal.js';
import { Damaged } from './damaged.js';
import { findingOf, toFindingLine, toFindingText, type Finding } from './finding.js';
import { newestOf } from './newest.js';
import { withJournal } from './with-journal.js';

export interface ReconcileOptions {
  readonly config?: string;
  readonly mutation?: string;
  readonly all?: boolean;
  readonly json?: boolean;
}

/** More than any ledger holds open. */
const EVERY = 1_000_000;

/** Looks at the vendors for what became of entries, and prints what is seen there. It writes nothing anywhere. */
export async function reconcile(options: ReconcileOptions, key: string | undefined): Promise<number> {
  const { config: flag, mutation, all = false, json } = options;
  if (all === (key !== undefined)) throw new Error('Name the key of one entry, or --all for all that are open.');
  return withJournal(flag, async (journal, config) => {
    const damaged = new Damaged();
    const entries =
      key === undefined ? await openEntries(journal, mutation, damaged) : [await newestOf(journal, key, mutation)];
    if (entries.length === 0 && damaged.count === 0 && !json)
      process.stdout.write('No entry is open: nothing has to be looked for.\n');
    const sources = Sources.open(config.sources);
    try {
      const findings: Finding[] = [];
      for (const entry of entries) {
        const finding = await findingOf(entry, sources, journal);
        process.stdout.write(json ? toFindingLine(finding) : toFindingText(finding));
        findings.push(finding);
      }
      return damaged.count > 0 || findings.some(({ verdict }) => verdict === 'FAILED') ? 1 : 0;
    } finally {
      sources.close();
    }
  });
}

/** An intent counts: without a server that is up nobody has noticed yet that its process has ended. */
async function openEntries(journal: JournalReader, mutation: string | undefined, { tell }: Damaged): Promise<Entry[]> {
  const entries = await journal.entries({ states: ['UNKNOWN', 'INTENT'], limit: EVERY }, tell);
  return entries.filter((entry) => mutation === undefined || entry.mutation === mutation);
}
