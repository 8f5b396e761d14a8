import { VendorError, type Whom } from '../http/errors.js';
import { keyOfCall, type RestCall } from '../http/rest-call.js';
import { Slot } from '../memory/slot.js';
import { placeOf } from './known.js';
import type { Page, Path, Ref } from '../vendors/vendor.js';

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
  /** Why this is an older list than usual: what its source said, or did not say, when it was asked again. */
  readonly stale: VendorError | null;
}

/** What is beside a list: whoever may know it before it is read, keeps it when it was, or has an older one when it failed. */
export interface Beside<R extends Ref> {
  known?(): Promise<Listed<R> | null>;
  whole?(list: Listed<R>): void;
  /** Told that a part of it was read. */
  part?(): void;
  stale?(error: VendorError): Listed<R> | null;
}

/** Stands for a list that was read whole another time. */
interface Mark {
  readonly pages: number;
}

/** Which page of it a page is. Of these only the first holds on to the rows of all. */
const pagesBefore = new Slot<Page<Ref>, { readonly mark: Mark; readonly nth: number }>();
const rowsBefore = new Slot<Page<Ref>, { readonly mark: Mark; readonly rows: readonly Ref[] }>();

type Read = <T>(call: RestCall<T>) => Promise<T>;

/**
 * One list of one vendor, read page by page and only as far as somebody wants it; whoever asks again gets what was read.
 * A row that shifted from one page into the next counts once; a page, link or token that comes again ends the list.
 */
export class PagedList<R extends Ref> {
  /** The rows of the first pages that were told, of which there are `#taken`. */
  #rows: Map<string, R> | null = null;
  #taken = 0;
  readonly #told: Page<R>[] = [];
  /** The list as it was read another time, as long as its pages are the same. */
  #before: Mark | null = null;
  #asked: Set<string> | null = null;
  #next: RestCall<Page<R>> | null;
  #error: VendorError | null = null;
  #readAt: Date | null = null;
  #pages = 0;
  #unknown: readonly Path[] = [];
  #turn: Promise<unknown> | null = null;
  #sofar: Listed<R> | null = null;
  /** The pages after the first, as they were asked for. */
  readonly later: RestCall<Page<R>>[] = [];
  /** Pages that were asked for before their turn had come, by their address. */
  #early: Map<string, Promise<Page<R>>> | null = null;

  constructor(
    /** Where it begins; or all of it, if it is known already. */
    first: RestCall<Page<R>> | VendorError | Listed<R>,
    private readonly read: Read,
    private readonly whom: Whom,
    private readonly maxPages: number,
    private readonly beside: Beside<R> = {},
  ) {
    this.#next = 'parse' in first ? first : null;
    if (first instanceof VendorError) this.#error = first;
    else if ('rows' in first) this.#sofar = first;
  }

  /** What has been read by now. */
  get sofar(): Listed<R> {
    this.#sofar ??= {
      rows: this.#rowsTold(),
      ended: this.#next === null && this.#error === null,
      error: this.#error,
      readAt: this.#readAt,
      pages: this.#pages,
      unknown: this.#unknown,
      stale: null,
    };
    return this.#sofar;
  }

  /** The whole list, where these may be its later pages: they are asked for beside the first. */
  allBeside(later: readonly RestCall<Page<R>>[]): Promise<Listed<R>> {
    const whole = this.all();
    if (this.#pages === 0 && this.#next) {
      for (const call of later) {
        const page = this.read(call);
        page.catch(() => {});
        (this.#early ??= new Map()).set(keyOfCall(call), page);
      }
    }
    return whole;
  }

  /** The whole list. */
  all(): Promise<Listed<R>> {
    return this.until(() => false);
  }

  /** As much of the list as it takes until `enough`, asked after every page. */
  until(enough: (rows: readonly R[]) => boolean): Promise<Listed<R>> {
    if (this.sofar.ended) return Promise.resolve(this.sofar);
    const mine = (this.#turn ?? Promise.resolve()).then(() => this.#readOn(enough));
    this.#turn = mine;
    return mine;
  }

  async #readOn(enough: (rows: readonly R[]) => boolean): Promise<Listed<R>> {
    const before = this.#pages;
    if (before === 0 && this.beside.known && !this.#error) {
      this.#sofar = await this.beside.known();
      if (this.#sofar) {
        this.#next = null;
        return this.#sofar;
      }
    }
    while (this.#next && !this.#error && !(this.#pages > 0 && enough(this.sofar.rows)))
      await this.#readPage(this.#next);
    if (this.#pages > before) {
      if (this.sofar.ended) this.beside.whole?.(this.sofar);
      else this.beside.part?.();
    }
    return (this.#error && this.beside.stale?.(this.#error)) ?? this.sofar;
  }

  async #readPage(call: RestCall<Page<R>>): Promise<void> {
    this.#sofar = null;
    try {
      const address = keyOfCall(call);
      const asked = (this.#asked ??= new Set());
      if (asked.has(address) || this.#pages >= this.maxPages) throw this.#endless();
      asked.add(address);
      const began = new Date();
      if (this.#pages > 0) this.later.push(call);
      const page = await (this.#early?.get(address) ?? this.read(call));
      const { next, unknown = [] } = page;
      if (!this.#tellsMore(page)) throw this.#endless();
      this.#readAt ??= began;
      this.#pages += 1;
      this.#next = next;
      this.#unknown = unknown;
    } catch (error) {
      if (!(error instanceof VendorError)) throw error;
      this.#error = error;
    } finally {
      this.#sofar = null;
    }
  }

  /** Takes a page; false where none of its rows is new. */
  #tellsMore(page: Page<R>): boolean {
    const nth = this.#told.push(page) - 1;
    const was = pagesBefore.get(page);
    if (nth === 0) this.#before = was?.mark ?? null;
    if (was && was.mark === this.#before && was.nth === nth) return true;
    this.#before = null;
    const before = this.#take(nth).size;
    return this.#take(nth + 1).size > before || nth === 0 || page.rows.length === 0;
  }

  /** The rows of so many pages, each once. */
  #take(pages: number): ReadonlyMap<string, R> {
    const rows = (this.#rows ??= new Map());
    for (; this.#taken < pages; this.#taken += 1) {
      for (const row of this.#told[this.#taken]!.rows) {
        const key = row.type + placeOf(row.path);
        if (!rows.has(key)) rows.set(key, row);
      }
    }
    return rows;
  }

  /** The same ones as another time, where all of the list was told alike. */
  #rowsTold(): readonly R[] {
    const [first] = this.#told;
    const isWhole = first !== undefined && this.#next === null && this.#error === null;
    const before = isWhole && this.#before?.pages === this.#told.length ? rowsBefore.get(first) : undefined;
    if (before && before.mark === this.#before) return before.rows as readonly R[];
    const rows = [...this.#take(this.#told.length).values()];
    if (isWhole) {
      const mark = { pages: this.#told.length };
      for (const [nth, page] of this.#told.entries()) pagesBefore.set(page, { mark, nth });
      rowsBefore.set(first, { mark, rows });
    }
    return rows;
  }

  #endless(): VendorError {
    return new VendorError('VENDOR_BAD_RESPONSE', this.whom);
  }
}
