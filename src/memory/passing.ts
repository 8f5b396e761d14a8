interface Box<Value> {
  value: Value | null;
}

/**
 * What comes and goes, by its key, in something that stays. What is taken out is let go of at once.
 *
 * A `Map` that grows and shrinks leaves its former tables behind, each with what it held and with the next one: whatever has passed
 * through would be in use for V8's collector of young objects until all of the heap is looked at. Here the tables hold boxes, which are
 * emptied.
 */
export class Passing<Key, Value extends object> {
  readonly #boxes = new Map<Key, Box<Value>>();

  get size(): number {
    return this.#boxes.size;
  }

  get(key: Key): Value | undefined {
    return this.#boxes.get(key)?.value ?? undefined;
  }

  /** As the last one, wherever it was before. */
  set(key: Key, value: Value): void {
    this.delete(key);
    this.#boxes.set(key, { value });
  }

  delete(key: Key): boolean {
    const box = this.#boxes.get(key);
    if (box) box.value = null;
    return this.#boxes.delete(key);
  }

  clear(): void {
    for (const box of this.#boxes.values()) box.value = null;
    this.#boxes.clear();
  }

  /** The keys, the one first that was set first. */
  keys(): IterableIterator<Key> {
    return this.#boxes.keys();
  }

  /** What was set first of all that is there. */
  get first(): Value | undefined {
    for (const { value } of this.#boxes.values()) if (value !== null) return value;
    return undefined;
  }

  *values(): Generator<Value> {
    for (const { value } of this.#boxes.values()) if (value !== null) yield value;
  }

  *entries(): Generator<[Key, Value]> {
    for (const [key, { value }] of this.#boxes) if (value !== null) yield [key, value];
  }
}
