import { Shelf } from '../../memory/shelf.js';
import type { Ref, Row } from '../../vendors/vendor.js';
import type { NounName } from '../collections.js';
import type { Known } from '../known.js';
import type { Listed } from '../paged-list.js';
import type { FarCache } from './far.js';
import { Flights } from './flights.js';
import type { Freshness } from './freshness.js';
import { isAlike, rowKey, rowsOf, type KeptList, type KeptRow, type ListOf } from './kept.js';
import { sizeOf } from './size-of.js';
import type { Touched } from './touched.js';
import { readBack, writtenDown } from './written-down.js';

/** Of each source. */
const mostBytes = 32 * 2 ** 20;
/** That something is not there is believed for no longer: it may be made at any moment. */
const unknownMs = 5_000;
/** What is kept for nobody but those who waited for their turn already is kept no longer, whoever is still there. */
const waitedMs = 5_000;
/** What a row takes in memory, more or less. */
const usualBytes = 1_000;
/** In an outage, what is older than usual is told for so long. */
const staleMs = 3_600_000;

/** Who else writes to the same sources: nobody, processes that are not heard, or those that share a cache. */
export type Others = 'none' | 'unheard' | FarCache;

/**
 * What was read of one source, with its one credential, for whatever request: reads under way, whole lists and single rows.
 * Nothing that failed is kept, nothing that a write has touched since, and nobody is told what was read before a write that he
 * knows of.
 */
export class SharedReads {
  readonly flights = new Flights();
  readonly #shelf = new Shelf<KeptList | KeptRow>(mostBytes);
  #era = 0;
  #edition = 0;
  /** The era in the cache that several processes share; null while nobody can say. */
  #farEra: number | null = null;
  #forgetting: NodeJS.Timeout | null = null;
  /** What `onlyFor` was told last. */
  #lastOldest: number | null = null;

  /**
   * `lifetimeMs`: for so long a read is told to others; 0: only to who came before it began, and had to wait. `others`: what other processes may write to the source,
   * and how one hears of it, if one does.
   */
  constructor(
    readonly lifetimeMs: number,
    private readonly source = '',
    private readonly others: Others = 'none',
  ) {}

  /** Whether other processes keep what they read where this one finds it. */
  get isFar(): boolean {
    return typeof this.others !== 'string';
  }

  /** As what it counts that something was told that had been read for another. */
  get told(): 'cacheHits' | 'shared' {
    return this.lifetimeMs > 0 ? 'cacheHits' : 'shared';
  }

  /** Whether what was read may be told to later requests at all. */
  get isKeeping(): boolean {
    return this.lifetimeMs > 0 && !this.isBehind;
  }

  /** What a request may take of it: nothing from before it came, while other processes may write unheard. */
  accepted(freshness: Freshness): Freshness {
    return this.isBehind ? { ...freshness, maxAgeMs: 0 } : freshness;
  }

  /** Whether other processes may have written without its being known here. */
  get isBehind(): boolean {
    return this.others === 'unheard' || (this.isFar && this.#farEra === null);
  }

  /** Told, as a request comes, in which era the source is for all processes; null where nobody can say. */
  follow(era: number | null): void {
    if (era === this.#farEra) return;
    this.#farEra = era;
    this.#shelf.clear();
    this.#cutHere();
  }

  /** A list that another process has read, if it is young enough. */
  async farList(key: string, freshness: Freshness): Promise<Listed<Ref> | null> {
    const era = this.#farEra;
    if (typeof this.others === 'string' || era === null || this.lifetimeMs === 0) return null;
    const text = await this.others.get(this.source, era, key);
    const listed = text === null ? null : readBack(text);
    if (!listed || freshness.now - listed.readAt!.getTime() > Math.min(this.lifetimeMs, freshness.maxAgeMs))
      return null;
    return listed;
  }

  /** Grows with each write. What was asked for in an earlier one may be older than the write, and is not kept. */
  get era(): number {
    return this.#era;
  }

  /** Grows with each write, with each list and row that is read, unless it is told as it was kept: what was told until then may be told otherwise now. */
  get edition(): number {
    return this.#edition;
  }

  get bytes(): number {
    return this.#shelf.bytes;
  }

  /** A whole list that is young enough. */
  list(key: string, freshness: Freshness): Listed<Ref> | undefined {
    const kept = this.#fresh(key, freshness);
    return kept?.is === 'list' ? kept.listed : undefined;
  }

  /** A row that is young enough; null where the source has just said that it does not know it; undefined: it must be read. */
  row(noun: NounName, ref: Ref, freshness: Freshness): Known<Row> | null | undefined {
    const kept = this.#fresh(rowKey(noun, ref), freshness);
    return kept?.is === 'row' ? kept.known : undefined;
  }

  /** What there was before its source stopped answering, however old, but never older than the request accepts. */
  staleList(key: string, { now, maxAgeMs }: Freshness): Listed<Ref> | undefined {
    const kept = this.#shelf.get(key);
    return kept?.is === 'list' && now - kept.at <= this.#longest(maxAgeMs) ? kept.listed : undefined;
  }

  staleRow(noun: NounName, ref: Ref, { now, maxAgeMs }: Freshness): Known<Row> | undefined {
    const kept = this.#shelf.get(rowKey(noun, ref));
    if (kept?.is !== 'row' || now - kept.at > this.#longest(maxAgeMs)) return undefined;
    return kept.known ?? undefined;
  }

  /** Keeps a list that has been read to its end. */
  keepList(key: string, what: ListOf, listed: Listed<Ref>, era: number): void {
    if (!this.keepHere(key, what, listed, era) || this.lifetimeMs === 0) return;
    if (typeof this.others === 'string' || this.#farEra === null) return;
    const leftMs = listed.readAt!.getTime() + this.lifetimeMs - Date.now();
    if (leftMs > 0) this.others.set(this.source, this.#farEra, key, writtenDown(listed), leftMs);
  }

  /** The same of a list that another process has read and kept: it is taken from there once. Whether it is one that may be kept. */
  keepHere(key: string, what: ListOf, listed: Listed<Ref>, era: number): boolean {
    const { rows, readAt } = listed;
    if (era !== this.#era || !readAt) return false;
    this.#put(key, { is: 'list', what, listed, at: readAt.getTime(), bytes: this.#sizeOf(rows) });
    return true;
  }

  keepRow(noun: NounName, ref: Ref, known: Known<Row> | null, at: number, era: number): void {
    if (era !== this.#era) return;
    this.#put(rowKey(noun, ref), { is: 'row', noun, ref, known, at, bytes: this.#sizeOf([known]) });
  }

  /** A write begins: what is under way may be older than it, and is told to nobody else. */
  begin(): void {
    this.#cutHere();
  }

  /** A write has ended: what it touched is read again; what merely stood beside it in a list stays. All processes are told. */
  async touch(touched: Touched): Promise<void> {
    this.#cutHere();
    if (typeof this.others !== 'string') {
      const before = this.#farEra;
      this.#farEra = await this.others.nextEra(this.source);
      // Another process has written meanwhile, or nobody can say.
      if (before === null || this.#farEra !== before + 1) this.#shelf.clear();
      this.#cutHere();
    }
    const siblings: KeptRow[] = [];
    for (const [key, kept] of this.#shelf.entries()) {
      if (kept.is === 'row') {
        if (touched.row(kept.noun, kept.ref, kept.known !== null)) this.#shelf.drop(key);
      } else if (touched.list(kept.what, kept.listed.rows)) {
        this.#shelf.drop(key);
        if ('noun' in kept.what) siblings.push(...rowsOf(kept.what.noun, kept));
      }
    }
    for (const row of siblings)
      if (!touched.row(row.noun, row.ref, true)) this.#shelf.put(rowKey(row.noun, row.ref), row);
  }

  /** What is let go in a moment is not worth to be measured. */
  #sizeOf(rows: readonly unknown[]): number {
    return this.lifetimeMs === 0 ? rows.length * usualBytes : sizeOf(rows);
  }

  /** How old what is told in an outage may be. */
  #longest(maxAgeMs: number): number {
    return this.lifetimeMs === 0 ? 0 : Math.min(maxAgeMs, staleMs);
  }

  #put(key: string, thing: KeptList | KeptRow): void {
    const before = this.#shelf.get(key);
    if (!isAlike(before, thing)) this.isReadAnew();
    this.#shelf.put(key, thing);
    if (this.lifetimeMs > 0 || this.#forgetting) return;
    this.#forgetting = setTimeout(() => {
      this.#forgetting = null;
      this.#shelf.clear();
    }, waitedMs).unref();
  }

  /** Told, as a request ends, when the oldest of those came that have not: null where there is none. Others are told nothing of what was read since. */
  onlyFor(oldest: number | null): void {
    if (this.lifetimeMs > 0 || (oldest !== null && oldest === this.#lastOldest)) return;
    this.#lastOldest = oldest;
    for (const [key, { at }] of this.#shelf.entries()) if (oldest === null || at <= oldest) this.#shelf.drop(key);
  }

  /** Something was read that may be told otherwise in what was told before. */
  isReadAnew(): void {
    this.#edition += 1;
  }

  #lifetimeOf(kept: KeptList | KeptRow): number {
    return kept.is === 'row' && kept.known === null ? Math.min(unknownMs, this.lifetimeMs) : this.lifetimeMs;
  }

  #cutHere(): void {
    this.#era += 1;
    this.#edition += 1;
    this.flights.cut();
  }

  #fresh(key: string, { now, maxAgeMs }: Freshness): KeptList | KeptRow | undefined {
    const kept = this.#shelf.get(key);
    if (!kept || maxAgeMs === 0) return undefined;
    if (this.lifetimeMs === 0) return kept.at > now ? kept : undefined;
    return now - kept.at <= Math.min(this.#lifetimeOf(kept), maxAgeMs) ? kept : undefined;
  }
}
