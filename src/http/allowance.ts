/** What one operation may use of all vendors together: a time for its reads, and a number of calls. */
export class Allowance {
  #endsAt = Infinity;
  #waitsUntil = Infinity;
  #calls = Infinity;

  constructor(options: AllowanceOptions = {}) {
    this.limit(options);
  }

  /** Bounds what was not bounded before; what is left out stays as it is. */
  limit({ deadlineMs, waitMs, calls }: AllowanceOptions): void {
    const now = performance.now();
    if (deadlineMs !== undefined) this.#endsAt = deadlineMs === null ? Infinity : now + deadlineMs;
    if (waitMs !== undefined) this.#waitsUntil = now + waitMs;
    if (calls !== undefined) this.#calls = calls;
  }

  /** How long its reads may still take; Infinity where nothing ends them. */
  get leftMs(): number {
    return Math.max(0, this.#endsAt - performance.now());
  }

  /** How long a call or an edit of it may still wait for its turn. */
  get patienceMs(): number {
    return Math.max(0, Math.min(this.#endsAt, this.#waitsUntil) - performance.now());
  }

  /** Takes one call of those it may send; false when none is left. */
  take(): boolean {
    this.#calls -= 1;
    return this.#calls >= 0;
  }
}

export interface AllowanceOptions {
  /** Null: without end. */
  readonly deadlineMs?: number | null;
  /** How long it may wait for turns; as long as its time lasts when left out. */
  readonly waitMs?: number;
  /** How many reads it may send; without bound when left out. */
  readonly calls?: number;
}
