import type { NounName } from './collections.js';

/** Of what is expected, so much is the last time. */
const weight = 0.2;

/** In what way a noun was read: its whole list of a scope, or one row. */
export type Way = 'list' | 'one';

/** How long reads of one source take, of late: a mean in which what came last counts most. */
export class Times {
  readonly #means = new Map<string, number>();

  note(noun: NounName, way: Way, ms: number): void {
    const before = this.#means.get(`${noun} ${way}`) ?? ms;
    this.#means.set(`${noun} ${way}`, before + weight * (ms - before));
  }

  /** In milliseconds; null while nobody knows. */
  expected(noun: NounName, way: Way): number | null {
    return this.#means.get(`${noun} ${way}`) ?? null;
  }
}
