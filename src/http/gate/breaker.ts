import type { Clock } from './clock.js';

const failuresInARow = 5;
/** Half of so many failed, once so many have been seen. */
const lastCalls = 20;
const firstOpenMs = 2_000;
const longestOpenMs = 60_000;
/** Sources that fell ill together are not asked again together. */
const jitter = 0.2;
/** How long somebody else's probe may last, as far as one can tell those who come meanwhile. */
const probeMs = 1_000;

export type BreakerState = 'closed' | 'open' | 'half-open';

/** What a call was let through as; what it tells of a time that is over counts for nothing. */
export interface Admission {
  readonly era: number;
  readonly isProbe: boolean;
}

/** Opens when calls keep failing; then one call at a time tries whether the source is well again, later and later. */
export class Breaker {
  #era = 0;
  #inARow = 0;
  #last: boolean[] = [];
  /** How often it has opened since it was last closed. */
  #openings = 0;
  #openUntil: number | null = null;
  #isProbed = false;

  constructor(private readonly clock: Clock) {}

  get state(): BreakerState {
    if (this.#openUntil === null) return 'closed';
    return this.clock.now() < this.#openUntil ? 'open' : 'half-open';
  }

  /** How long nobody is let through; 0 when the next one is. */
  get refusesMs(): number {
    if (this.#openUntil === null) return 0;
    const left = this.#openUntil - this.clock.now();
    return left > 0 ? left : this.#isProbed ? probeMs : 0;
  }

  /** Lets one through, when `refusesMs` is 0. */
  admit(): Admission {
    const isProbe = this.#openUntil !== null;
    if (isProbe) this.#isProbed = true;
    return { era: this.#era, isProbe };
  }

  /** A call ended without telling how the source is. */
  withdraw({ era, isProbe }: Admission): void {
    if (isProbe && era === this.#era) this.#isProbed = false;
  }

  /** What a call tells of the source; answers what that changed. `null`: a call that was let through by nobody. */
  note(admission: Admission | null, isGood: boolean): 'opened' | 'closed' | null {
    if (admission && admission.era !== this.#era) return null;
    if (this.#openUntil === null) return this.#count(isGood) ? this.#open() : null;
    // A token that could not be had has ended the probe that wanted it.
    if (admission ? !admission.isProbe : isGood || !this.#isProbed) return null;
    return isGood ? this.#close() : this.#open();
  }

  /** Whether that was one failure too many. */
  #count(isGood: boolean): boolean {
    this.#inARow = isGood ? 0 : this.#inARow + 1;
    this.#last.push(isGood);
    if (this.#last.length > lastCalls) this.#last.shift();
    if (this.#inARow >= failuresInARow) return true;
    if (isGood || this.#last.length < lastCalls) return false;
    return this.#last.filter((good) => !good).length >= lastCalls / 2;
  }

  #open(): 'opened' {
    const ms = Math.min(longestOpenMs, firstOpenMs * 2 ** this.#openings);
    this.#openUntil = this.clock.now() + ms * (1 - jitter * this.clock.random());
    this.#openings += 1;
    this.#begin();
    return 'opened';
  }

  #close(): 'closed' {
    this.#openUntil = null;
    this.#openings = 0;
    this.#begin();
    return 'closed';
  }

  #begin(): void {
    this.#era += 1;
    this.#isProbed = false;
    this.#inARow = 0;
    this.#last = [];
  }
}
