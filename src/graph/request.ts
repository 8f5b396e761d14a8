import type { ErrorCode } from '../../schema/enums.js';
import { Allowance, type AllowanceOptions } from '../http/allowance.js';
import { Session, type OnCall, type Upstream } from '../http/session.js';
import type { Ledger } from '../ledger/ledger.js';
import { SourceReads } from '../reads/source-reads.js';
import { BatchWindow } from '../reads/window.js';
import type { Writes } from '../writes/writes.js';
import type { Source, Sources } from './sources.js';
import { Troubles } from './troubles.js';

/** Who asks. Loaders, ledger entries and whatever is shared are kept apart by it. */
export interface Caller {
  readonly name: string;
  readonly role: Role;
  /** The sources that exist for it; null: all of them. */
  readonly sources: ReadonlySet<string> | null;
}

/** Whether a source exists for a caller, as far as he himself is concerned. */
export function maySee({ sources }: Caller, source: string): boolean {
  return sources?.has(source) ?? true;
}

/** `read` may ask, `write` may change too. */
export type Role = 'read' | 'write';

/** The one caller there is while nobody has to say who he is. */
export const localCaller: Caller = { name: 'local', role: 'write', sources: null };

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
}

/** What one request carries: its caller, its way to each source, and what it has read so far. */
export class Request {
  readonly troubles = new Troubles();
  readonly keys: KeyUsed[] = [];
  /** The codes of the `userErrors` in its payloads. */
  readonly userErrors: ErrorCode[] = [];
  readonly #sessions = new Map<string, Session>();
  readonly #windows = new Map<string, BatchWindow>();
  readonly #reads = new Map<string, SourceReads>();
  readonly #made = new Map<string, Promise<unknown>>();
  #ended: 'leave' | 'expire' | null = null;

  readonly sources: Sources;
  readonly #onCall: OnCall | undefined;
  readonly #allowance: Allowance;
  readonly #began = performance.now();
  #deadline: NodeJS.Timeout | undefined;

  constructor(
    readonly caller: Caller,
    sources: Sources,
    readonly writes: Writes,
    { onCall, ...allowance }: RequestOptions = {},
  ) {
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
      session = new Session(source.transport, { track, onCall: this.#onCall, allowance: this.#allowance });
      this.#sessions.set(source.name, session);
      if (this.#ended) session[this.#ended]();
    }
    return session;
  }

  reads(source: Source): SourceReads {
    let reads = this.#reads.get(source.name);
    if (!reads) {
      const { adapter, sizes, maxPages } = source;
      const { ledger, sources } = this;
      const session = this.session(source);
      reads = new SourceReads({
        adapter,
        session,
        ledger,
        window: this.#window(source),
        sizes,
        maxPages,
        started: sources.started,
      });
      this.#reads.set(source.name, reads);
    }
    return reads;
  }

  /** Does something once for this request, whoever asks for it again. */
  once<T>(what: string, make: () => Promise<T>): Promise<T> {
    let made = this.#made.get(what) as Promise<T> | undefined;
    if (!made) this.#made.set(what, (made = make()));
    return made;
  }

  /** A write touched the source: what this request has read of it before is read again when it is asked for. */
  forget(source: Source): void {
    this.#reads.delete(source.name);
    this.#made.clear();
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

  /** What the request used of each source that it touched. */
  get upstream(): readonly Upstream[] {
    return this.sources.all.flatMap(({ name }) => {
      const session = this.#sessions.get(name);
      return session?.touched ? [session.upstream] : [];
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
