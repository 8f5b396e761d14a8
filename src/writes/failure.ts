import type { ErrorCode, LedgerState } from '../../schema/enums.js';
import type { VendorError } from '../http/errors.js';
import { type Whom } from '../http/errors.js';
import type { Receipt } from '../http/receipt.js';
import type { Ref } from '../vendors/vendor.js';

/** Why something was not carried out, or is not known to have been. */
export interface Failure {
  readonly code: ErrorCode;
  /** One sentence of ours. */
  readonly message: string;
  readonly retryAfterSeconds: number | null;
  /** REFUSED: the vendor did nothing. UNSENT: it was not asked, or asked for later. UNKNOWN: its answer was lost. */
  readonly state: Extract<LedgerState, 'REFUSED' | 'UNSENT' | 'UNKNOWN'>;
  /** Whose fault it is, where it is not that of the items it happened to. */
  readonly about: 'item' | 'group' | 'expectedCount' | 'nothing';
  /** Groups that a lost create may have made, though nothing proves it. */
  readonly candidates?: readonly Ref[];
}

/** What the failure of a call means for what was to be written by it. */
export function failureOf({ code, message, status, retryAfterSeconds }: VendorError, { sent }: Receipt): Failure {
  return { code, message, retryAfterSeconds, state: stateOf(code, sent, status), about: 'item' };
}

function stateOf(code: ErrorCode, sent: boolean, status: number | null): Failure['state'] {
  if (code === 'OUTCOME_UNKNOWN') return 'UNKNOWN';
  return sent && status !== 429 ? 'REFUSED' : 'UNSENT';
}

/** What ends an edit of a group before anything of it is sent. */
export function unsent(code: ErrorCode, message: string, retryAfterSeconds: number | null = null): Failure {
  return { code, message, retryAfterSeconds, state: 'UNSENT', about: 'group' };
}

/** A read that a write hangs on has failed. */
export function unread({ code, message, retryAfterSeconds }: VendorError): Failure {
  return unsent(code, message, retryAfterSeconds);
}

export function unknownGroup(whom: Whom): Failure {
  return unsent('NOT_FOUND', `${named(whom)} does not know this group.`);
}

export function heldShut(whom: Whom, ms: number): Failure {
  const seconds = Math.max(1, Math.ceil(ms / 1000));
  const message =
    `A write of this group of ${named(whom)} was left without an answer and may still take effect: until that is settled ` +
    `nothing else is written to it. Try again in ${seconds} seconds.`;
  return unsent('GROUP_BUSY', message, seconds);
}

export function heldElsewhere(whom: Whom): Failure {
  const message = `This group of ${named(whom)} is being written to by another process. Try again in a moment.`;
  return unsent('GROUP_BUSY', message, 1);
}

/** Nobody would know afterwards what was sent. */
export function noLedger(whom: Whom): Failure {
  const message = `The ledger cannot be written, so nothing was sent to ${named(whom)}. Its operator finds the reason in the log.`;
  return { ...unsent('LEDGER_UNAVAILABLE', message), about: 'nothing' };
}

/** A lost answer, where a look at the vendor did not show that the write took effect: which proves nothing. */
export function notSeen(failure: Failure, at: Date, candidates: readonly Ref[] = []): Failure {
  const what = candidates.length > 0 ? 'nothing there proved that it had' : 'it was not (yet) to be seen there';
  return { ...failure, message: `${failure.message} At ${at.toISOString()} ${what}.`, candidates };
}

/** The same failure, as it meets what was not sent because of it. */
export function skippedAfter(failure: Failure, whom: Whom): Failure {
  const message = `${named(whom)} was not sent this one, because of what became of the one before.`;
  return { ...failure, message, state: 'UNSENT', about: 'item' };
}

/** Answered with success, and yet not as it was meant. */
export function changedMeanwhile(whom: Whom, what: string): Failure {
  const message = `${named(whom)} accepted the write, but ${what}: somebody else changes the group, or the vendor left it out.`;
  return { code: 'CONCURRENT_CHANGE', message, retryAfterSeconds: null, state: 'REFUSED', about: 'item' };
}

export function named({ title, source }: Whom): string {
  return `${title} (source ${source})`;
}
