/** Of a source's recent calls so many may be sent again, … */
const share = 0.2;
/** … and so many in any case. */
const floor = 3;
const recentMs = 10_000;

/** How many reads of one source may be sent again: few enough that a source which fails is not asked much more for it. */
export class RetryBudget {
  readonly #calls: Count;
  readonly #retries: Count;
  #total = 0;

  constructor(now: () => number = () => performance.now()) {
    this.#calls = new Count(now);
    this.#retries = new Count(now);
  }

  /** How many have been sent again since the process started. */
  get total(): number {
    return this.#total;
  }

  /** A call was sent. */
  call(): void {
    this.#calls.add();
  }

  /** Takes one from the budget; false when it is used up. */
  take(): boolean {
    if (this.#retries.recent >= Math.max(floor, share * this.#calls.recent)) return false;
    this.#retries.add();
    this.#total += 1;
    return true;
  }
}

/** How many events there were in the last ten seconds, to the second. */
class Count {
  readonly #seconds = Array<number>(recentMs / 1000).fill(0);
  #second = 0;

  constructor(private readonly now: () => number) {}

  get recent(): number {
    this.#forget();
    return this.#seconds.reduce((sum, count) => sum + count);
  }

  add(): void {
    this.#forget();
    this.#seconds[this.#second % this.#seconds.length]! += 1;
  }

  #forget(): void {
    const second = Math.floor(this.now() / 1000);
    const { length } = this.#seconds;
    if (second - this.#second >= length) this.#seconds.fill(0);
    else for (let at = this.#second + 1; at <= second; at++) this.#seconds[at % length] = 0;
    this.#second = second;
  }
}
