import { performance } from 'node:perf_hooks';

/** Of the time that an operation has just kept the thread, so much goes to those who come, before the next one begins. */
const part = 0.4;
const leastMs = 1;

/**
 * Node accepts one connection a turn of the event loop. When many come, turns that do nothing else have to lie between the
 * beginnings of operations, or they would wait to be refused for as long as it takes to answer others.
 */
export class Hearing {
  #heard = false;
  /** When an operation began of which the turn has not ended. */
  #began: number | null = null;
  #until = 0;

  /** Somebody has come. */
  heard(): void {
    this.#heard = true;
  }

  /** An operation begins in this turn. */
  begins(): void {
    this.#began = performance.now();
  }

  /** Whether those who come are to be heard in one more turn. */
  isGoingOn(): boolean {
    const now = performance.now();
    if (this.#began !== null) {
      this.#until = now + Math.max(leastMs, part * (now - this.#began));
      this.#began = null;
      this.#heard = false;
      return true;
    }
    const isGoingOn = this.#heard && now < this.#until;
    this.#heard = false;
    return isGoingOn;
  }
}
