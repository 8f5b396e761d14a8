/** Where the ledger of a configuration lies: a file, or a database that several processes share. */
import type { JournalReader } from './journal.js';
import type { Ledger } from './ledger.js';
import { openJournal, openLedger } from './sqlite.js';

/** Opens the ledger at `postgres://…` or in a file, for reading and writing. What cannot be opened is a `LedgerError`. */
export async function ledgerAt(place: string): Promise<Ledger> {
  return isDatabase(place) ? (await import('./postgres.js')).openPostgresLedger(place) : openLedger(place);
}

/** The journal there for whoever only looks. */
export async function journalAt(place: string): Promise<JournalReader> {
  return isDatabase(place) ? (await import('./postgres.js')).openPostgresJournal(place) : openJournal(place);
}

/** Whether several processes may share what is there. */
export function isDatabase(place: string): boolean {
  return /^postgres(?:ql)?:\/\//.test(place);
}
