/** Why the gate let nobody through: the quota is used up until then. */
export class QuotaUsedUp extends Error {
  constructor(readonly retryAfterSeconds: number) {
    super(`no request left for ${retryAfterSeconds} s`);
  }
}

const minuteMs = 60_000;

/** The places of one source: so many requests at once, and so many a minute where the configuration says so. */
export class Gate {
  #free: number;
  readonly #waiting: (() => void)[] = [];
  readonly #recent: number[] = [];

  constructor(
    places: number,
    private readonly perMinute: number | null,
    private readonly now: () => number = Date.now,
  ) {
    this.#free = places;
  }

  /** Whether the next one would have to wait. */
  get isFull(): boolean {
    return this.#free === 0 || (this.perMinute !== null && this.#recent.length >= this.perMinute);
  }

  /** Waits for a place and a part of the quota; at most `patienceMs` for the quota. The answer gives the place back. */
  async enter(patienceMs: number, signal: AbortSignal): Promise<() => void> {
    await this.#place(signal);
    try {
      await this.#quota(patienceMs, signal);
    } catch (error) {
      this.#leave();
      throw error;
    }
    let left = false;
    return () => {
      if (left) return;
      left = true;
      this.#leave();
    };
  }

  #leave(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#free += 1;
  }

  #place(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.#free > 0) {
      this.#free -= 1;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const go = () => {
        signal.removeEventListener('abort', stop);
        resolve();
      };
      const stop = () => {
        this.#waiting.splice(this.#waiting.indexOf(go), 1);
        reject(signal.reason);
      };
      this.#waiting.push(go);
      signal.addEventListener('abort', stop, { once: true });
    });
  }

  async #quota(patienceMs: number, signal: AbortSignal): Promise<void> {
    if (this.perMinute === null) return;
    for (let waited = 0; ;) {
      signal.throwIfAborted();
      const now = this.now();
      while (this.#recent[0] !== undefined && this.#recent[0] <= now - minuteMs) this.#recent.shift();
      if (this.#recent.length < this.perMinute) {
        this.#recent.push(now);
        return;
      }
      const wait = this.#recent[0]! + minuteMs - now;
      if (waited + wait > patienceMs) throw new QuotaUsedUp(Math.ceil(wait / 1000));
      await pause(wait, signal);
      waited += wait;
    }
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal.addEventListener('abort', stop, { once: true });
  });
}
