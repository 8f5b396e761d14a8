import { VendorError } from '../http/errors.js';
import { keyOfCall, type RestCall } from '../http/rest-call.js';
import type { Session } from '../http/session.js';
import type { Page, Ref } from '../vendors/vendor.js';
import { PagedList, type Listed } from './paged-list.js';
import type { RecentCalls } from './recent-calls.js';
import type { Freshness } from './shared/freshness.js';
import { isOutage } from './shared/outage.js';
import type { ListOf } from './shared/kept.js';
import type { SharedReads } from './shared/shared-reads.js';

export interface ListsOf {
  readonly session: Session;
  readonly maxPages: number;
  readonly calls: RecentCalls;
  readonly shared: SharedReads;
  readonly freshness: Freshness;
  /** Keeps what was read here: that it is newer than what was kept before says nothing against the answer that is made of it. */
  readonly own: (keep: () => void) => void;
  /** Told that something older than usual was taken, since its source failed when it was asked again. */
  readonly onStale: (error: VendorError, at: Date) => void;
}

/** One request's lists of one source: each at most once, from what was kept for others where that is young enough. */
export class Lists {
  readonly #lists = new Map<string, PagedList<Ref>>();
  readonly #wholes = new Map<string, Promise<unknown>>();

  constructor(private readonly of: ListsOf) {}

  /** The list of this name, begun where nobody has begun it. */
  named<R extends Ref>(key: string, what: ListOf, first: () => RestCall<Page<R>> | VendorError): PagedList<R> {
    const begun = this.#lists.get(key) ?? this.#kept(key);
    if (begun) return begun as unknown as PagedList<R>;
    const { session, maxPages, shared, calls, own } = this.of;
    const { era } = shared;
    const list = new PagedList(calls.pages(key, first), (call) => this.read(call), session.whom, maxPages, {
      ...(shared.isFar && { known: () => this.#far<R>(key, what, era) }),
      whole: (listed) => own(() => shared.keepList(key, what, listed, era)),
      part: () => own(() => shared.isReadAnew()),
      stale: (error) => this.#stale<R>(key, error),
    });
    this.#lists.set(key, list as unknown as PagedList<Ref>);
    return list;
  }

  /** Whether the list costs nothing, or is read in any case. */
  isAtHand(key: string): boolean {
    return this.#lists.has(key) || this.#kept(key) !== undefined;
  }

  /** All of the list, where it lies here. */
  whole(key: string): Listed<Ref> | undefined {
    const { sofar } = this.#lists.get(key) ?? this.#kept(key) ?? {};
    return sofar?.ended ? sofar : undefined;
  }

  /** An answer too long to be kept is done with it. */
  forget(key: string): void {
    this.#lists.delete(key);
  }

  /** A list without a name, which nobody asks for again. */
  nameless<R extends Ref>(first: RestCall<Page<R>>): PagedList<R> {
    const { session, maxPages } = this.of;
    return new PagedList(first, (call) => this.read(call), session.whom, maxPages);
  }

  /** Sends a read; one that is a part of an answer asked for already is taken from that. */
  async read<T>(call: RestCall<T>): Promise<T> {
    const { session, shared, freshness } = this.of;
    if (!call.part) return shared.flights.read(call, session, freshness);
    const key = keyOfCall(call);
    let whole = this.#wholes.get(key);
    if (!whole) this.#wholes.set(key, (whole = shared.flights.read(call.part.of, session, freshness)));
    const answer = await whole;
    try {
      return call.part.take(answer);
    } catch (error) {
      throw new VendorError('VENDOR_BAD_RESPONSE', session.whom, null, null, error);
    }
  }

  /** How old an answer may be when there is no other. A plan is made from whatever was read last. */
  get staleness(): Freshness {
    const { session, freshness } = this.of;
    return session.planned ? { ...freshness, maxAgeMs: Infinity } : freshness;
  }

  #kept(key: string): PagedList<Ref> | undefined {
    const { session, maxPages, shared, freshness } = this.of;
    const listed = shared.list(key, freshness);
    if (!listed) return undefined;
    session.found(shared.told, listed.readAt!.getTime());
    const list = new PagedList<Ref>(listed, (call) => this.read(call), session.whom, maxPages);
    this.#lists.set(key, list);
    return list;
  }

  async #far<R extends Ref>(key: string, what: ListOf, era: number): Promise<Listed<R> | null> {
    const { session, shared, freshness, own } = this.of;
    const listed = await shared.farList(key, freshness);
    if (listed) {
      session.found('cacheHits', listed.readAt!.getTime());
      own(() => shared.keepHere(key, what, listed, era));
    }
    return listed as Listed<R> | null;
  }

  #stale<R extends Ref>(key: string, error: VendorError): Listed<R> | null {
    const { shared, onStale } = this.of;
    const listed = isOutage(error) ? shared.staleList(key, this.staleness) : undefined;
    if (!listed) return null;
    onStale(error, listed.readAt!);
    return { ...(listed as Listed<R>), stale: error };
  }
}
