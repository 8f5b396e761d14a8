/** The embedded ledger: one SQLite file, WAL, synced at every commit; or `:memory:` for the sandbox. */
import type { JournalReader } from './journal.js';
import type { Ledger } from './ledger.js';
import { openFile, openFileToLook } from './sqlite/file.js';
import { refusing } from './sqlite/refusals.js';
import { sqliteStore } from './sqlite/store.js';
import { settleAll } from './settle.js';
import { ledgerOver, readerOver } from './stored.js';

/**
 * Opens the ledger as its only writer, making the file (for its owner alone) when there is none. What cannot be opened is a
 * `LedgerError`.
 */
export function openLedger(file: string): Promise<Ledger> {
  return refusing(file, async () => {
    const { database, mark, close } = openFile(file);
    try {
      const store = sqliteStore(database, file, mark);
      await settleAll(store);
      return { ...ledgerOver(store), lock: async () => theOnlyProcess(), isShared: false, close: async () => close() };
    } catch (error) {
      close();
      throw error;
    }
  });
}

/** The journal for whoever only looks, beside the process that writes it or without one. */
export function openJournal(file: string): Promise<JournalReader> {
  return refusing(file, async () => {
    const { database, close } = openFileToLook(file);
    return { ...readerOver({ ...sqliteStore(database, file), ended: async () => [] }), close: async () => close() };
  });
}

function theOnlyProcess() {
  let isHeld = true;
  return {
    get isHeld() {
      return isHeld;
    },
    release: async () => {
      isHeld = false;
    },
  };
}
