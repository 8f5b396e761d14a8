/** A ledger whose disk is full whenever a test says so. */
import { LedgerError, type Ledger } from '../../src/ledger/ledger.js';

type Written = 'begin' | 'finish' | 'remember';

/** How many more times each of them works; for ever where nothing is said. */
export type Left = { [does in Written]?: number };

/** Lets a ledger fail as told, until `left` is changed. */
export function makeForgetful(ledger: Ledger, left: Left): void {
  for (const does of ['begin', 'finish', 'remember'] as const) {
    const works = ledger[does] as (...given: unknown[]) => Promise<void>;
    const forgetful = (...given: unknown[]): Promise<void> => {
      const isFull = (left[does] ?? Infinity) <= 0;
      left[does] = (left[does] ?? Infinity) - 1;
      return isFull ? Promise.reject(diskFull()) : works(...given);
    };
    Object.assign(ledger, { [does]: forgetful });
  }
}

export function diskFull(): LedgerError {
  return new LedgerError('rollcall.db', 'cannot grow because the disk is full');
}
