import { VendorError, type Whom } from '../http/errors.js';
import type { RestCall } from '../http/rest-call.js';
import { refKey, type Page, type Path, type Ref } from '../vendors/vendor.js';

/** What is known of a list so far. */
export interface Listed<R> {
  readonly rows: readonly R[];
  /** Whether the last page has been read. */
  readonly ended: boolean;
  /** Why it did not get further; what came before is in `rows`. */
  readonly error: VendorError | null;
  /** When the oldest page was read; null when none was. */
  readonly readAt: Date | null;
  /** How many pages have been read. */
  readonly pages: number;
  /** Keys of a multi-get that the vendor said it does not know, where it refused the whole call for them. */
  readonly unknown: readonly Path[];
}

type Read = <T>(call: RestCall<T>) => Promise<T>;

/**
 * One list of one vendor, read page by page and only as far as somebody wants it; whoever asks again gets what was read.
 * A row that shifted from one page into the next counts once; a page, link or token that comes again ends the list.
 */
export class PagedList<R extends Ref> {
  readonly #rows = new Map<string, R>();
  readonly #asked = new Set<string>();
  #next: RestCall<Page<R>> | null;
  #error: VendorError | null = null;
  #readAt: Date | null = null;
  #pages = 0;
  #unknown: readonly Path[] = [];
  #turn: Promise<unknown> = Promise.resolve();

  constructor(
    first: RestCall<Page<R>> | VendorError,
    private readonly read: Read,
    private readonly whom: Whom,
    private readonly maxPages: number,
  ) {
    if (first instanceof VendorError) this.#error = first;
    this.#next = first instanceof VendorError ? null : first;
  }

  /** The whole list. */
  all(): Promise<Listed<R>> {
    return this.until(() => false);
  }

  /** As much of the list as it takes until `enough`, asked after every page. */
  until(enough: (rows: readonly R[]) => boolean): Promise<Listed<R>> {
    const mine = this.#turn.then(() => this.#readOn(enough));
    this.#turn = mine;
    return mine;
  }

  async #readOn(enough: (rows: readonly R[]) => boolean): Promise<Listed<R>> {
    while (this.#next && !this.#error && !(this.#pages > 0 && enough([...this.#rows.values()])))
      await this.#readPage(this.#next);
    return {
      rows: [...this.#rows.values()],
      ended: this.#next === null && this.#error === null,
      error: this.#error,
      readAt: this.#readAt,
      pages: this.#pages,
      unknown: this.#unknown,
    };
  }

  async #readPage(call: RestCall<Page<R>>): Promise<void> {
    try {
      const address = JSON.stringify([call.path, call.body]);
      if (this.#asked.has(address) || this.#pages >= this.maxPages) throw this.#endless();
      this.#asked.add(address);
      const began = new Date();
      const { rows, next, unknown = [] } = await this.read(call);
      const before = this.#rows.size;
      for (const row of rows) if (!this.#rows.has(refKey(row))) this.#rows.set(refKey(row), row);
      if (this.#pages > 0 && rows.length > 0 && this.#rows.size === before) throw this.#endless();
      this.#readAt ??= began;
      this.#pages += 1;
      this.#next = next;
      this.#unknown = unknown;
    } catch (error) {
      if (!(error instanceof VendorError)) throw error;
      this.#error = error;
    }
  }

  #endless(): VendorError {
    return new VendorError('VENDOR_BAD_RESPONSE', this.whom);
  }
}
