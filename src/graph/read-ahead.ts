/** Reads one thing after the other, in order, and begins with a few before they are wanted: at most so many at once. */
export class ReadAhead<Item, Read> implements AsyncIterable<Read> {
  readonly #begun: Promise<Read>[] = [];
  #next = 0;
  #stopped = false;

  constructor(
    private readonly items: readonly Item[],
    private readonly most: number,
    private readonly read: (item: Item) => Promise<Read>,
  ) {
    this.#begin();
  }

  /** How many things there are to read. */
  get count(): number {
    return this.items.length;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Read> {
    for (;;) {
      const first = this.#begun.shift();
      if (!first) return;
      const read = await first;
      this.#begin();
      yield read;
    }
  }

  /** Begins nothing more; resolves when what was begun has ended, well or badly. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.allSettled(this.#begun);
  }

  #begin(): void {
    while (!this.#stopped && this.#begun.length < this.most && this.#next < this.items.length) {
      const begun = this.read(this.items[this.#next]!);
      // Whoever waits for it is told; nobody may, when the reading was given up.
      begun.catch(() => {});
      this.#begun.push(begun);
      this.#next += 1;
    }
  }
}
