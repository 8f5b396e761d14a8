import type { Answer, Complaint } from './answer.js';
import type { Order } from './entries.js';
import type { At, GroupAt } from './source.js';

/** One mutation that is to be carried out: who asked for it, where it goes, and how its outcome becomes an answer. */
export interface Task<Result, Where extends At = GroupAt> {
  readonly order: Order;
  readonly at: Where;
  /** What the caller is told when the process ends before an outcome is known. */
  readonly ifLost: Complaint;
  conclude(result: Result): Answer;
}

/** A task in a queue. */
export interface Queued<Result> extends Task<Result> {
  /** Ends it with its answer. */
  answer(answer: Answer): void;
  /** Ends it with a mistake of ours. */
  fail(error: unknown): void;
}

/** Until when it may wait for its turn, in milliseconds of `Date.now()`: as long as a write may take, and no longer than its caller waits. */
export function waitsUntil({ at: { source, session } }: Queued<unknown>): number {
  return Date.now() + Math.min(source.writeTimeoutMs, session.patienceMs);
}
