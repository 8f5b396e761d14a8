/** How a call left its place: `silent` when nothing had come by its deadline, `dropped` when nobody waited any more. */
export type Leaving = 'answered' | 'silent' | 'dropped';

/**
 * How many calls may be under way at once. After a pause one goes first, and each good answer makes room for one more. A
 * place that a silent call held is not given on: the source may still be at work on it.
 */
export class Places {
  #limit: number;
  #taken = 0;
  /** Of those, how many since the last new beginning. */
  #young = 0;
  #age = 0;

  constructor(readonly size: number) {
    this.#limit = size;
  }

  get taken(): number {
    return this.#taken;
  }

  get isFree(): boolean {
    return this.#taken < this.size && this.#young < this.#limit;
  }

  /** Which beginning it is; what a call tells that came before it is old news. */
  get age(): number {
    return this.#age;
  }

  take(): void {
    this.#taken += 1;
    this.#young += 1;
  }

  leave(age: number, how: Leaving): void {
    this.#taken -= 1;
    if (age !== this.#age) return;
    this.#young -= 1;
    if (how === 'silent') this.#limit = Math.max(1, this.#limit - 1);
  }

  grow(): void {
    if (this.#limit < this.size) this.#limit += 1;
  }

  startOver(): void {
    this.#age += 1;
    this.#young = 0;
    this.#limit = 1;
  }
}
