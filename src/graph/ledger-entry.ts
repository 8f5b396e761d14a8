import { toldOf } from '../writes/entry-told.js';
import type { LedgerEntryValue } from './graph.js';
import type { Request } from './request.js';

/** The caller's newest entry of a key; of any mutation where none is named. */
export async function ledgerEntry(
  { writes, caller }: Request,
  key: string,
  mutation?: string | null,
): Promise<LedgerEntryValue | null> {
  const entry = await writes.ledger.newest(key, { caller: caller.name, ...(mutation && { mutation }) });
  return entry && { ...entry, ...toldOf(entry) };
}
