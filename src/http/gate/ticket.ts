import type { ErrorCode } from '../../../schema/enums.js';
import type { Signal } from '../ending.js';
import type { Admission } from './breaker.js';

/** One operation at one source, as the gate sees it: turns are given by it. */
export interface Operation {
  /** A call of it has been let through. */
  hasBegun: boolean;
  /** Its time has ended. */
  readonly isOver: boolean;
}

/** What a call comes to the gate with. */
export interface Ticket {
  readonly operation: Operation;
  /** How long it may wait. */
  patienceMs(): number;
  /** Its own deadline: so long it may wait for a source that answers nobody, too. */
  readonly timeoutMs: number;
  /** Ends the wait. */
  readonly signal: Signal;
}

/**
 * How long one may wait for a source that wants to be left alone: as long as it is given for an answer, so that nobody learns
 * later of a vendor that refuses than of one that is silent. Who has all the time in the world, such as a dataset, waits on.
 */
export function pausePatienceMs(ticket: Ticket): number {
  const patience = ticket.patienceMs();
  return patience === Infinity ? patience : Math.min(patience, ticket.timeoutMs);
}

/** What a call was let through with; it is given back when the call has ended. */
export interface Pass {
  readonly operation: Operation;
  /** What is left of its deadline. */
  readonly timeoutMs: number;
  readonly since: number;
  /** Which beginning of the gate it belongs to. */
  readonly age: number;
  readonly admission: Admission;
}

/** Thrown where nobody is let through; nothing was sent then. */
export class Refused extends Error {
  constructor(
    readonly code: ErrorCode,
    readonly retryAfterSeconds: number | null,
  ) {
    super(`not let through: ${code}`);
  }
}

/** A refusal that says when to come again: in a second at the earliest. */
export function refusedFor(code: ErrorCode, ms: number): Refused {
  return new Refused(code, Math.max(1, Math.ceil(ms / 1000)));
}
