/**
 * Those who wait, served one from each operation in turn: an operation that plans hundreds of calls holds up nobody who
 * wants one.
 */
export class Turns<Operation, Waiting> {
  /** In the order of their turns. Begun anew whenever nobody waits: a map's former tables keep what was in it from being collected. */
  #operations = new Map<Operation, Set<Waiting>>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get operations(): number {
    return this.#operations.size;
  }

  has(operation: Operation): boolean {
    return this.#operations.has(operation);
  }

  add(operation: Operation, one: Waiting): void {
    const own = this.#operations.get(operation);
    if (own) own.add(one);
    else this.#operations.set(operation, new Set([one]));
    this.#size += 1;
  }

  remove(operation: Operation, one: Waiting): void {
    const own = this.#operations.get(operation);
    if (!own?.delete(one)) return;
    this.#size -= 1;
    if (own.size === 0) this.#operations.delete(operation);
    if (this.#size === 0) this.#operations = new Map();
  }

  /** The one whose turn it is, who waits no longer then; undefined when nobody does. */
  next(): Waiting | undefined {
    for (const [operation, own] of this.#operations) {
      for (const one of own) {
        this.remove(operation, one);
        // Its next call comes after one of everybody else's.
        if (this.#operations.delete(operation)) this.#operations.set(operation, own);
        return one;
      }
    }
    return undefined;
  }

  /** How many of those who wait now go before one more of this operation. */
  ahead(operation: Operation): number {
    const before = this.#operations.get(operation)?.size ?? 0;
    let ahead = 0;
    for (const [other, { size }] of this.#operations) ahead += other === operation ? size : Math.min(size, before + 1);
    return ahead;
  }

  /** All who wait; they may be removed meanwhile. */
  *all(): Generator<Waiting> {
    for (const own of this.#operations.values()) yield* own;
  }
}
