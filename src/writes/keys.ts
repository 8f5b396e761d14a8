import { LedgerError, type Ledger } from '../ledger/ledger.js';
import type { Answer } from './answer.js';
import type { Order } from './entries.js';
import { answerOf } from './entry-told.js';
import type { OnLedgerTrouble } from './recorder.js';

/** What a key led to. */
export type Once =
  | { readonly is: 'answered'; readonly answer: Answer; readonly replayed: boolean }
  /** The key belongs to another input. */
  | { readonly is: 'reused' }
  /** Another process carries it out, and did not end in time. */
  | { readonly is: 'busy' }
  /** The ledger cannot be asked. */
  | { readonly is: 'no ledger' };

interface Flight {
  readonly fingerprint: string;
  readonly once: Promise<Once>;
}

/** How long a repeat waits for another process that carries out the first. */
const PATIENCE_MS = 60_000;

/** Sees to it that a key of a caller and mutation is carried out once, however often and at however many processes it comes. */
export class Keys {
  readonly #flights = new Map<string, Flight>();

  constructor(private readonly ledger: Ledger) {}

  /** `isGiven`: by the caller. One that was made for this very mutation nobody can have used before. */
  async once(order: Order, isGiven: boolean, act: () => Promise<Answer>, onTrouble: OnLedgerTrouble): Promise<Once> {
    if (!isGiven) return { is: 'answered', answer: await act(), replayed: false };
    const { caller, mutation, key, fingerprint } = order;
    const scope = JSON.stringify([caller, mutation, key]);
    const flight = this.#flights.get(scope);
    if (flight) return flight.fingerprint === fingerprint ? replayed(await flight.once) : { is: 'reused' };
    const once = this.#first(scope, order, act, onTrouble).finally(() => this.#flights.delete(scope));
    this.#flights.set(scope, { fingerprint, once });
    return once;
  }

  async #first(scope: string, order: Order, act: () => Promise<Answer>, onTrouble: OnLedgerTrouble): Promise<Once> {
    try {
      const lock = this.ledger.isShared ? await this.ledger.lock(`key ${scope}`, PATIENCE_MS) : null;
      if (this.ledger.isShared && !lock) return { is: 'busy' };
      try {
        const { caller, mutation, key, fingerprint } = order;
        const held = await this.ledger.holder(caller, mutation, key);
        if (!held) return { is: 'answered', answer: await act(), replayed: false };
        if (held.fingerprint !== fingerprint) return { is: 'reused' };
        return { is: 'answered', answer: answerOf(held), replayed: true };
      } finally {
        await lock?.release();
      }
    } catch (error) {
      if (!(error instanceof LedgerError)) throw error;
      onTrouble(error);
      return { is: 'no ledger' };
    }
  }
}

function replayed(once: Once): Once {
  return once.is === 'answered' ? { ...once, replayed: true } : once;
}
