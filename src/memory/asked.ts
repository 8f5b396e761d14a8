/** Keys that were asked for once lately: what is asked for again is worth to be kept. */
export class Asked {
  readonly #keys = new Set<string>();

  /** Of so many keys it is known that they were asked for. */
  constructor(private readonly most: number) {}

  /** Whether a key was asked for before; then it is as if it never had been. */
  again(key: string): boolean {
    if (this.#keys.delete(key)) return true;
    this.#keys.add(key);
    for (const oldest of this.#keys) {
      if (this.#keys.size <= this.most) break;
      this.#keys.delete(oldest);
    }
    return false;
  }
}
