import type { Clock } from './clock.js';

/** So many calls may be under way at a source of which nobody knows how it is. */
const fewCalls = 3;
/** A good answer speaks for the source so long. */
const goodForMs = 1_000;
/** A source that has said nothing for so long, or for so large a part of what it is given, is slow, and not one that refuses. */
const refusesWithinMs = 250;
const refusesWithin = 1 / 4;

/**
 * Whether a source may be asked by many at once. One that has not answered well lately gets a few calls first: where it
 * refuses them, it has not been asked by as many as it has places. It costs the others one round trip, 250 ms at most.
 */
export class Trust {
  #goodAt = -Infinity;

  readonly #refusesWithinMs: number;

  /** `timeoutMs`: what the source is given for one answer. */
  constructor(
    private readonly clock: Clock,
    timeoutMs: number,
  ) {
    this.#refusesWithinMs = Math.min(refusesWithinMs, refusesWithin * timeoutMs);
  }

  /** It has answered well. */
  win(): void {
    this.#goodAt = this.clock.now();
  }

  /** It has failed. */
  lose(): void {
    this.#goodAt = -Infinity;
  }

  /** Whether one more may go beside so many, at a source that was last heard, or asked after a rest, at that time. */
  bears(underWay: number, heardAt: number): boolean {
    if (underWay < fewCalls) return true;
    const now = this.clock.now();
    return now - this.#goodAt < goodForMs || now - heardAt >= this.#refusesWithinMs;
  }
}
