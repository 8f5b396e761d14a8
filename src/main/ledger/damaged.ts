import type { LedgerError } from '../../ledger/ledger.js';

/** The damaged entries that a command came upon: each is named on stderr, and the others are shown. */
export class Damaged {
  #count = 0;

  get count(): number {
    return this.#count;
  }

  readonly tell = ({ message }: LedgerError): void => {
    this.#count++;
    process.stderr.write(`${message}\n`);
  };
}
