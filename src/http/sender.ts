import type { Operation } from './gate/ticket.js';

/** Who sends a call: its operation, how long it may wait for its turn, and whether it may send one more. */
export interface Sender {
  readonly operation: Operation;
  patienceMs(): number;
  /** Takes one call of those that the operation may send; false when none is left. */
  take(): boolean;
}

/** One who stands for himself and has all the time in the world. */
export function alone(): Sender {
  return {
    operation: { hasBegun: false, isOver: false },
    patienceMs: () => Infinity,
    take: () => true,
  };
}
