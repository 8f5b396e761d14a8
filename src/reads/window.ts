/**
 * When batches are sent: as soon as no read of their source is under way any more, since its answer may bring further
 * keys, but never later than `maxWaitMs` after the first key came. One window for each source and request.
 */
export class BatchWindow {
  #underWay = 0;
  #waiting: (() => void)[] = [];
  #latest: NodeJS.Timeout | undefined;
  #looking = false;

  constructor(private readonly maxWaitMs = 50) {}

  /** Tells that a read begins; the answer tells that it has ended. */
  readonly track = (): (() => void) => {
    this.#underWay += 1;
    return () => {
      this.#underWay -= 1;
      this.#look();
    };
  };

  /** DataLoader's `batchScheduleFn`. */
  readonly schedule = (dispatch: () => void): void => {
    this.#waiting.push(dispatch);
    this.#look();
    this.#latest ??= setTimeout(() => this.#send(), this.maxWaitMs);
  };

  #look(): void {
    if (this.#waiting.length === 0) return;
    if (this.#looking) return;
    this.#looking = true;
    setImmediate(() => {
      this.#looking = false;
      if (this.#underWay === 0) this.#send();
    });
  }

  #send(): void {
    clearTimeout(this.#latest);
    this.#latest = undefined;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const dispatch of waiting) dispatch();
  }
}
