import type { Clock } from './clock.js';

const longestMs = 60_000;
/** What is doubled where the vendor asked for no wait at all. */
const shortestMs = 500;

/** Why the source is left alone for a while. */
export type PauseCode = 'VENDOR_RATE_LIMITED' | 'VENDOR_UNAVAILABLE';

/** A source's wish to be left alone. */
export interface Wish {
  readonly ms: number;
  readonly code: PauseCode;
  /** It refused a call by it: when it does so again right after the pause, that was too short. */
  readonly refused: boolean;
}

/** The time in which a source is left alone because it asked for it. */
export class Pause {
  #until = 0;
  #lastMs: number | null = null;
  #code: PauseCode = 'VENDOR_RATE_LIMITED';

  constructor(private readonly clock: Clock) {}

  get code(): PauseCode {
    return this.#code;
  }

  get leftMs(): number {
    return Math.max(0, this.#until - this.clock.now());
  }

  /** The source asks again, after the last pause was over: where it refused then too, and nothing good came between, it lasts twice as long. */
  begin({ ms, code, refused }: Wish): void {
    const last = refused ? this.#lastMs : null;
    const length = Math.min(longestMs, last === null ? ms : Math.max(ms, 2 * Math.max(last, shortestMs)));
    if (refused) this.#lastMs = length;
    this.#extend(length, code);
  }

  /** The same wish, told to another call that was under way at the time. */
  repeat({ ms, code }: Wish): void {
    this.#extend(Math.min(longestMs, ms), code);
  }

  /** The source has answered well since. */
  calm(): void {
    this.#lastMs = null;
  }

  #extend(ms: number, code: PauseCode): void {
    const until = this.clock.now() + ms;
    if (until <= this.#until) return;
    this.#until = until;
    this.#code = code;
  }
}
