import type { Whom } from '../http/errors.js';
import type { Intent, Outcome } from '../ledger/journal.js';
import { LedgerError, type Ledger } from '../ledger/ledger.js';
import type { Fact } from '../vendors/vendor.js';
import type { Answer, Complaint } from './answer.js';
import type { NewGroup } from './expectation.js';
import { named } from './failure.js';
import { otherCreates, type OtherCreates } from './other-creates.js';

/** Told why the ledger failed: for the log, as callers only hear that it did. */
export type OnLedgerTrouble = (error: unknown) => void;

/** Puts intents and outcomes into the ledger. None of it rejects because the ledger fails: that is told in the answers. */
export class Recorder {
  constructor(
    private readonly ledger: Ledger,
    private readonly onTrouble: OnLedgerTrouble,
  ) {}

  /** False where they are not on disk: nothing may be sent then. */
  begin(intents: readonly Intent[]): Promise<boolean> {
    return this.#done(this.ledger.begin(intents));
  }

  keep(source: string, caller: string, facts: readonly Fact[]): Promise<boolean> {
    return this.#done(this.ledger.remember(source, caller, facts, new Date()));
  }

  finish(outcomes: readonly Outcome[]): Promise<boolean> {
    return outcomes.length === 0 ? Promise.resolve(true) : this.#done(this.ledger.finish(outcomes));
  }

  /** What is known of other creates like this one; null where nobody can tell. */
  otherCreates(intent: Intent, expected: NewGroup): Promise<OtherCreates | null> {
    return otherCreates(this.ledger, intent, expected);
  }

  async #done(work: Promise<void>): Promise<boolean> {
    try {
      await work;
      return true;
    } catch (error) {
      if (!(error instanceof LedgerError)) throw error;
      this.onTrouble(error);
      return false;
    }
  }
}

/**
 * An answer whose outcome could not be kept: done or not, it is not to be sent again as it stands. Of all codes only this
 * one says so; `confirmedBy` tells what the vendor answered.
 */
export function unkept(answer: Answer, whom: Whom): Answer {
  const message =
    `${named(whom)} has answered this, but its outcome could not be kept here: keep the ids in this answer, and do not ` +
    'send it again.';
  const complaint: Complaint = {
    code: 'OUTCOME_UNKNOWN',
    message,
    field: null,
    target: null,
    source: whom.source,
    retryAfterSeconds: null,
  };
  return { ...answer, userErrors: [...answer.userErrors, complaint] };
}
