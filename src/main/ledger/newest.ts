import type { Entry, JournalReader } from '../../ledger/journal.js';

/** The newest entry of a key, whoever its caller was. Where there is none, that is the error. */
export async function newestOf(journal: JournalReader, key: string, mutation: string | undefined): Promise<Entry> {
  const entry = await journal.newest(key, { mutation });
  if (entry) return entry;
  const what = mutation === undefined ? '' : ` of the mutation ${mutation}`;
  throw new Error(
    `The ledger has no entry with the key ${JSON.stringify(key)}${what}: it was never used here, or its entry is older than retentionDays.`,
  );
}
