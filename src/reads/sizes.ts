const most = 10_000;

/** How many pages a source's lists had when they were last read whole: remembered from one request to the next. */
export interface Sizes {
  get(list: string): number | undefined;
  set(list: string, pages: number): unknown;
}

/** The sizes of the lists read last. */
export class RecentSizes implements Sizes {
  readonly #pages = new Map<string, number>();

  get(list: string): number | undefined {
    return this.#pages.get(list);
  }

  /** Lists may be of scopes that callers name, so that the oldest go when there are more than a source can have. */
  set(list: string, pages: number): void {
    this.#pages.delete(list);
    this.#pages.set(list, pages);
    const [oldest] = this.#pages.keys();
    if (this.#pages.size > most && oldest !== undefined) this.#pages.delete(oldest);
  }
}
