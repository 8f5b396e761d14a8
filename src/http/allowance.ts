/** What one operation may use of all vendors together: a time for its reads, and a number of calls. */
export class Allowance {
  readonly #endsAt: number;
  #calls: number;

  /** `deadlineMs` null: without end. `calls`: how many reads it may send; without bound unless given. */
  constructor({ deadlineMs = null, calls = Infinity }: AllowanceOptions = {}) {
    this.#endsAt = deadlineMs === null ? Infinity : performance.now() + deadlineMs;
    this.#calls = calls;
  }

  /** How long it may still wait; Infinity where nothing ends it. */
  get leftMs(): number {
    return Math.max(0, this.#endsAt - performance.now());
  }

  /** Takes one call of those it may send; false when none is left. */
  take(): boolean {
    this.#calls -= 1;
    return this.#calls >= 0;
  }
}

export interface AllowanceOptions {
  readonly deadlineMs?: number | null;
  readonly calls?: number;
}
