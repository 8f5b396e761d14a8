import { toldOf } from '../writes/entry-told.js';
import type { LedgerEntryValue } from './graph.js';
import { maySee } from './caller.js';
import type { Request } from './request.js';

/** The caller's newest entry of a key; of any mutation where none is named. */
export async function ledgerEntry(
  { writes, caller }: Request,
  key: string,
  mutation?: string | null,
): Promise<LedgerEntryValue | null> {
  const entry = await writes.ledger.newest(key, { caller: caller.name, ...(mutation && { mutation }) });
  // What was written at a source that the caller may not see any more is not there for him.
  return entry && maySee(caller, entry.source) ? { ...entry, ...toldOf(entry) } : null;
}
