/** As much of an answer as is held without being counted. */
const smallBytes = 64 << 10;
/** As much as all answers of one source may hold together before they are read one after the other. */
const heldBytes = 8 << 20;

/** An answer that is being read. */
export interface ReadBody {
  pause(): void;
  resume(): void;
}

/**
 * What is held of the answers of one source while they are being read. Beyond a bound only the oldest is read on, and the
 * others rest on the wire: many large ones at once cost no more memory than that bound and one answer.
 */
export class HeldBodies {
  /** The bytes of each that is no longer small, oldest first. */
  readonly #held = new Map<ReadBody, number>();
  readonly #resting = new Set<ReadBody>();
  #total = 0;

  /** So many bytes of this one have come in all. */
  grow(body: ReadBody, bytes: number): void {
    if (bytes <= smallBytes) return;
    this.#total += bytes - (this.#held.get(body) ?? 0);
    this.#held.set(body, bytes);
    if (this.#total <= heldBytes || this.#oldest === body) return;
    this.#resting.add(body);
    body.pause();
  }

  /** It has been read, or given up. */
  drop(body: ReadBody): void {
    const bytes = this.#held.get(body);
    this.#resting.delete(body);
    if (bytes === undefined) return;
    this.#held.delete(body);
    this.#total -= bytes;
    for (const one of this.#resting) if (this.#total <= heldBytes || this.#oldest === one) this.#wake(one);
  }

  get #oldest(): ReadBody | undefined {
    for (const body of this.#held.keys()) return body;
    return undefined;
  }

  #wake(body: ReadBody): void {
    this.#resting.delete(body);
    body.resume();
  }
}
