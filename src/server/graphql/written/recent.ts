/** What was used last, as long as all of it together weighs no more than so much. */
export class Recent<Value> {
  readonly #held = new Map<string, { readonly value: Value; readonly weight: number }>();
  #weight = 0;

  constructor(readonly most: number) {}

  get(key: string): Value | undefined {
    const held = this.#held.get(key);
    if (!held) return undefined;
    // The first of a map is what was put into it longest ago.
    this.#held.delete(key);
    this.#held.set(key, held);
    return held.value;
  }

  set(key: string, value: Value, weight = 1): void {
    this.#drop(key);
    this.#held.set(key, { value, weight });
    this.#weight += weight;
    for (const oldest of this.#held.keys()) {
      if (this.#weight <= this.most) return;
      this.#drop(oldest);
    }
  }

  get weight(): number {
    return this.#weight;
  }

  get size(): number {
    return this.#held.size;
  }

  #drop(key: string): void {
    this.#weight -= this.#held.get(key)?.weight ?? 0;
    this.#held.delete(key);
  }
}
