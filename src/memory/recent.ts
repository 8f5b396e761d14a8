/** What is costly to make, kept by its key: the values that were asked for last, so many and no more. */
export class Recent<Key, Value> {
  readonly #kept = new Map<Key, Value>();

  constructor(private readonly most: number) {}

  /** The value of a key, made where it is not kept. */
  get(key: Key, make: () => Value): Value {
    let value = this.#kept.get(key);
    if (value === undefined) value = make();
    // A map tells the oldest entry first.
    this.#kept.delete(key);
    this.#kept.set(key, value);
    if (this.#kept.size > this.most) this.#kept.delete(this.#kept.keys().next().value!);
    return value;
  }
}
