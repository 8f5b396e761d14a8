import type { ErrorCode } from '../../schema/enums.js';
import { Allowance, type AllowanceOptions } from '../http/allowance.js';
import type { VendorError } from '../http/errors.js';
import { Session, type OnCall, type PlannedRead, type Upstream } from '../http/session.js';
import type { Ledger } from '../ledger/ledger.js';
import { freshnessOf, type Freshness } from '../reads/shared/freshness.js';
import { SourceReads } from '../reads/source-reads.js';
import { BatchWindow } from '../reads/window.js';
import type { Writes } from '../writes/writes.js';
import { basisOf, type Basis, type Read } from './basis.js';
import type { Caller } from './caller.js';
import type { Source, Sources } from './sources.js';
import { Troubles } from './troubles.js';

/** By which key a mutation of the request was carried out. */
export interface KeyUsed {
  /** Of its field in the answer. */
  readonly path: readonly (string | number)[];
  readonly key: string;
  /** Whether the answer is that of an earlier mutation under this key. */
  readonly replayed: boolean;
}

export interface RequestOptions extends AllowanceOptions {
  readonly onCall?: OnCall;
  /** What it accepts of what was read for others; as much as the sources allow when left out. */
  readonly freshness?: Freshness;
  /** Nothing is sent: `plan` tells what would be. */
  readonly explains?: boolean;
}

/** The reads that one source would get. */
export interface SourcePlan {
  readonly source: string;
  readonly calls: readonly PlannedRead[];
  /** False where more calls may follow from what these answer. */
  readonly complete: boolean;
}

/** An answer of a source that is older than usual, since the source failed when it was asked again. */
export interface StaleAnswer {
  readonly error: VendorError;
  /** When the oldest such answer was read. */
  readonly at: Date;
}

/** What one request carries: its caller, its way to each source, and what it has read so far. */
export class Request {
  readonly troubles = new Troubles();
  readonly keys: KeyUsed[] = [];
  /** The codes of the `userErrors` in its payloads. */
  readonly userErrors: ErrorCode[] = [];
  /** What was told though it is older than usual, by source. */
  readonly stale = new Map<string, StaleAnswer>();
  readonly #sessions = new Map<string, Session>();
  readonly #windows = new Map<string, BatchWindow>();
  readonly #reads = new Map<string, SourceReads>();
  readonly #made = new Map<string, Promise<unknown>>();
  /** Which edition of each source was read. */
  readonly #editions = new Map<Source, number>();
  /** Something was told that may be otherwise in the next moment, and of which nobody hears. */
  isOfTheMoment = false;
  #ended: 'leave' | 'expire' | null = null;

  readonly sources: Sources;
  readonly explains: boolean;
  readonly #onCall: OnCall | undefined;
  readonly #allowance: Allowance;
  #freshness: Freshness;
  readonly #began = performance.now();
  #deadline: NodeJS.Timeout | undefined;

  constructor(
    readonly caller: Caller,
    sources: Sources,
    readonly writes: Writes,
    { onCall, freshness = freshnessOf(undefined), explains = false, ...allowance }: RequestOptions = {},
  ) {
    this.explains = explains;
    this.#freshness = freshness;
    this.sources = sources.only(caller.sources);
    this.#onCall = onCall;
    this.#allowance = new Allowance(allowance);
  }

  get ledger(): Ledger {
    return this.writes.ledger;
  }

  session(source: Source): Session {
    let session = this.#sessions.get(source.name);
    if (!session) {
      const { track } = this.#window(source);
      const { explains } = this;
      session = new Session(source.transport, { track, onCall: this.#onCall, allowance: this.#allowance, explains });
      this.#sessions.set(source.name, session);
      if (this.#ended) session[this.#ended]();
    }
    return session;
  }

  reads(source: Source): SourceReads {
    return this.#reads.get(source.name) ?? this.#open(source, this.#freshness);
  }

  /** Reads that take nothing that was read before this moment: what is about to be written to is looked at as it is. */
  readsAnew(source: Source): SourceReads {
    return this.#open(source, { now: Date.now(), maxAgeMs: 0 });
  }

  #open(source: Source, freshness: Freshness): SourceReads {
    const { adapter, sizes, calls, maxPages, recentGroups: groupsSeen, shared } = source;
    const { ledger, sources } = this;
    const reads = new SourceReads({
      adapter,
      session: this.session(source),
      ledger,
      window: this.#window(source),
      sizes,
      calls,
      groupsSeen,
      maxPages,
      started: sources.started,
      shared,
      freshness: shared.accepted(freshness),
      own: (keep) => this.#keepOwn(source, keep),
      onStale: (error, at) => this.#noteStale(source, error, at),
    });
    this.#reads.set(source.name, reads);
    this.#editions.set(source, shared.edition);
    return reads;
  }

  #keepOwn(source: Source, keep: () => void): void {
    const { edition } = source.shared;
    keep();
    if (this.#editions.get(source) === edition) this.#editions.set(source, source.shared.edition);
  }

  /** Does something once for this request, whoever asks for it again. */
  once<T>(what: string, make: () => Promise<T>): Promise<T> {
    let made = this.#made.get(what) as Promise<T> | undefined;
    if (!made) this.#made.set(what, (made = make()));
    return made;
  }

  /** A write touched the source: what this request has read of it before is read again when it is asked for. */
  forget(source: Source): void {
    // Only what was read since is young enough for who has just written.
    this.#freshness = { ...this.#freshness, now: Date.now() };
    this.#reads.delete(source.name);
    this.#made.clear();
  }

  /** Whether its client has left, so that what came of it may be less than it would have been. */
  get hasLeft(): boolean {
    return this.#ended === 'leave';
  }

  /** Whether its time has ended, or its client has left. */
  get isOver(): boolean {
    return this.#ended !== null;
  }

  /** It is answered by what another request of the same caller came to: what failed there failed here. */
  adopt({ troubles, stale }: Request): void {
    this.troubles.adopt(troubles);
    for (const [source, answer] of stale) this.stale.set(source, answer);
  }

  /** The client has left: every read under way for it ends. */
  leave(): void {
    this.#end('leave');
  }

  /** Bounds what it may use. Its deadline is counted from when it came, and ends every read that is under way then. */
  limit({ deadlineMs, ...rest }: AllowanceOptions): void {
    this.#allowance.limit(rest);
    if (deadlineMs === undefined || deadlineMs === null) return;
    const leftMs = Math.max(0, this.#began + deadlineMs - performance.now());
    this.#allowance.limit({ deadlineMs: leftMs });
    clearTimeout(this.#deadline);
    if (!this.#ended) this.#deadline = setTimeout(() => this.expire(), leftMs);
  }

  /** Its time is over: every read under way ends as one that its vendor did not answer in time. */
  expire(): void {
    this.#allowance.limit({ deadlineMs: 0 });
    this.#end('expire');
  }

  /** What an answer to it was made from, if that may be told again. */
  get basis(): Basis | null {
    if (this.isOfTheMoment || this.stale.size > 0 || this.troubles.entries.length > 0) return null;
    return basisOf([...this.#editions.keys()].map((source) => this.readOf(source)!));
  }

  /** How it has read a source; null where it has not. */
  readOf(source: Source): Read | null {
    const edition = this.#editions.get(source);
    if (edition === undefined) return null;
    return { source, edition, oldest: Math.min(this.#freshness.now, this.session(source).oldest) };
  }

  /** Since when what was read of a source is young enough for it, in milliseconds of `Date.now()`; Infinity: nothing is. */
  acceptsSince({ name, shared }: Source): number {
    const { now, maxAgeMs } = shared.accepted(this.#freshness);
    const ageMs = Math.min(shared.lifetimeMs, maxAgeMs);
    return this.explains || ageMs === 0 || !this.sources.get(name) ? Infinity : now - ageMs;
  }

  /** What the request used of each source that it touched. */
  get upstream(): readonly Upstream[] {
    return this.sources.all.flatMap(({ name }) => {
      const session = this.#sessions.get(name);
      return session?.touched ? [session.upstream] : [];
    });
  }

  #noteStale({ name }: Source, error: VendorError, at: Date): void {
    const before = this.stale.get(name);
    if (!before || at < before.at) this.stale.set(name, { error, at });
  }

  /**
   * What would be sent for it. Where an answer was read lately, what follows from it is in the plan too; where none was, the plan
   * ends there.
   */
  get plan(): readonly SourcePlan[] {
    const failed = new Set(this.troubles.entries.map(({ extensions }) => extensions?.['source']));
    return this.sources.all.flatMap(({ name }) => {
      const session = this.#sessions.get(name);
      return session?.touched ? [{ source: name, calls: session.planned ?? [], complete: !failed.has(name) }] : [];
    });
  }

  #end(how: 'leave' | 'expire'): void {
    clearTimeout(this.#deadline);
    this.#ended ??= how;
    for (const session of this.#sessions.values()) session[how]();
  }

  #window({ name }: Source): BatchWindow {
    let window = this.#windows.get(name);
    if (!window) this.#windows.set(name, (window = new BatchWindow()));
    return window;
  }
}
