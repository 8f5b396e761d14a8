import type { Load } from './load.js';

/** While the thread is idle for more than a quarter of the time there is room for everybody. */
const busyFrom = 0.75;
/** Callers notice when they wait so long for the thread, again and again. */
const longestStallMs = 50;
/** Nobody is held back further: with others beside him, and by himself, where edits of one group share their calls only if they are under way together. */
const least = { beside: 2, alone: 64 };
const step = 4;

/** How the operations that are being answered are spread over those who sent them. */
export interface Spread {
  /** Those who have sent something lately. */
  readonly callers: number;
  /** The operations of whoever has most, those not counted that have not begun. */
  readonly busiest: number;
}

/**
 * How many operations of one caller are answered at once. It halves as long as the thread is busy and several callers have to
 * share it, or one cannot be answered in time; else it grows. Operations that wait for a vendor keep nobody from the
 * thread, so that it shrinks and grows from what is under way.
 */
export class Share {
  #most: number;

  constructor(private readonly ceiling: number) {
    this.#most = ceiling;
  }

  get most(): number {
    return this.#most;
  }

  adjust({ utilization, stallMs }: Omit<Load, 'isMemoryShort'>, { callers, busiest }: Spread): void {
    const isBusy = utilization > busyFrom && (callers > 1 || stallMs > longestStallMs);
    this.#most = isBusy
      ? Math.max(callers > 1 ? least.beside : least.alone, Math.floor(Math.min(this.#most, busiest) / 2))
      : Math.min(this.ceiling, Math.max(this.#most, busiest) + step);
  }
}
