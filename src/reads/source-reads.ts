import DataLoader from 'dataloader';
import { VendorError } from '../http/errors.js';
import type { RestCall } from '../http/rest-call.js';
import type { Ledger } from '../ledger/ledger.js';
import {
  refKey,
  type Adapter,
  type Collection,
  type Configured,
  type GroupRow,
  type MemberRef,
  type Page,
  type Path,
  type Ref,
  type Remembered,
  type Row,
  type TesterRow,
} from '../vendors/vendor.js';
import {
  isCollection,
  isConfigured,
  isRemembered,
  listKey,
  singular,
  typeOf,
  type AnyCollection,
  type NounName,
  type Nouns,
} from './collections.js';
import { AtHand } from './at-hand.js';
import { gatheredFrom, gatheredOnce, nothing, togetherOnce, type Gathered, type Known } from './known.js';
import { Lists, type ListsOf } from './lists.js';
import type { Listed, PagedList } from './paged-list.js';
import { planFor, waysOf } from './plan.js';
import { fitsPattern } from './pattern.js';
import { readRows } from './rows.js';
import { Remembering } from './remembering.js';
import type { Sizes } from './sizes.js';
import type { BatchWindow } from './window.js';

export interface ReadsOf extends ListsOf {
  readonly adapter: Adapter;
  readonly ledger: Ledger;
  readonly window: BatchWindow;
  readonly sizes: Sizes;
  /** Told of each whole list of groups that was read. */
  readonly groupsSeen: { seen(scope: Path, listed: Pick<Listed<GroupRow>, 'rows' | 'readAt'>): void };
  /** Since when the configuration's rows are known. */
  readonly started: Date;
}

/** One request's reads of one source: each list and each key at most once, and only what somebody asks for. */
export class SourceReads {
  readonly adapter: Adapter;
  readonly #lists: Lists;
  readonly atHand: AtHand;
  readonly #inScopes = new Map<string, Promise<unknown>>();
  readonly #byKey = new Map<NounName, DataLoader<Ref, Known<Row> | null, string>>();
  readonly #remembered: Remembering;

  constructor(readonly of: ReadsOf) {
    this.adapter = of.adapter;
    this.#lists = new Lists(of);
    this.atHand = new AtHand(of.adapter, this.#lists);
    this.#remembered = new Remembering(of.ledger, of.session.whom, of.started);
  }

  get name(): string {
    return this.of.session.whom.source;
  }

  /** Whether the source has the noun at all. */
  has = (noun: NounName): boolean => this.adapter[noun] !== undefined;

  /** Every row of a noun, from all the lists it takes. */
  async all<N extends NounName>(noun: N): Promise<Gathered<Nouns[N]>> {
    const collection = this.#collection(noun);
    if (!collection) return nothing();
    if (isConfigured(collection)) return { ...nothing('CONFIGURATION'), known: this.#configured(collection) };
    if (isRemembered(collection)) {
      const remembered = collection as unknown as Remembered<GroupRow | TesterRow>;
      return this.#remembered.all(noun === 'testers' ? noun : 'groups', remembered) as Promise<Gathered<Nouns[N]>>;
    }
    const { scopes, failures } = await this.#scopes(collection);
    const parts = await Promise.all(scopes.map((scope) => this.inScope(noun, scope)));
    const origin = typeof collection.within === 'string' ? this.#originOf(collection.within) : 'VENDOR';
    const lists = togetherOnce(parts, origin);
    if (failures.length === 0) {
      this.atHand.settle(noun, lists);
      this.of.sizes.rows.set(noun, lists.known.length);
      return lists;
    }
    return {
      ...lists,
      failures: [...failures, ...lists.failures],
      gaveNothing: scopes.length === 0 || lists.gaveNothing,
    };
  }

  /** The rows of one scope, from its one list; looked at as a whole once, whoever asks for it again. */
  inScope<N extends NounName>(noun: N, scope: Path): Promise<Gathered<Nouns[N]>> {
    const key = listKey(noun, scope);
    let gathered = this.#inScopes.get(key) as Promise<Gathered<Nouns[N]>> | undefined;
    if (!gathered) this.#inScopes.set(key, (gathered = this.#readScope(noun, scope, key)));
    return gathered;
  }

  async #readScope<N extends NounName>(noun: N, scope: Path, key: string): Promise<Gathered<Nouns[N]>> {
    const collection = this.#collection(noun) as Collection<Nouns[N]>;
    const type = typeof collection.within === 'string' ? singular[collection.within] : null;
    const legal = type === null || this.#fits({ type, path: scope });
    const first = () => (legal ? collection.pages!(scope) : this.#badAddress());
    const { sizes } = this.of;
    const list = this.#lists.named(key, { noun }, first);
    const later = (sizes.get(key)?.later ?? []) as readonly RestCall<Page<Nouns[N]>>[];
    const isRead = list.sofar.pages === 0;
    const began = Date.now();
    const listed = await list.allBeside(collection.sideBySide ? later : []);
    if (isRead && listed.ended && !listed.stale) {
      sizes.times.note(noun, 'list', Date.now() - began);
      if (noun === 'groups') this.of.groupsSeen.seen(scope, listed as Listed<Ref> as Listed<GroupRow>);
    }
    if (listed.stale && !collection.sideBySide) for (const call of later) this.of.session.plan(call);
    if (listed.ended && list.later.length === listed.pages - 1)
      sizes.set(key, { pages: listed.pages, later: list.later });
    const gathered = gatheredOnce(listed, collection);
    this.atHand.settle(key, gathered);
    return gathered;
  }

  /**
   * Keys of a noun will be asked for: where they were read by the whole list last time, that begins now. `scope` is the one they
   * will be of; null: any.
   */
  foresee(noun: NounName, scope: Path | null): void {
    if (this.of.sizes.habits.get(noun) !== 'list') return;
    // A turn later: keys that wait for no read to be under way go first. Whoever asks for what it brings is told how it failed.
    setImmediate(() => {
      const begun: Promise<unknown> = scope ? this.inScope(noun, scope) : this.all(noun);
      begun.catch(() => {});
    });
  }

  /**
   * The list that holds rows of one scope, while it is under way; also where it is the cheapest way to so many of them, less what is kept, and
   * begins now. Undefined where it is neither.
   */
  listFor(noun: NounName, refs: readonly Ref[], most: number): Promise<unknown> | undefined {
    const collection = this.#collection(noun);
    if (!collection || !isCollection(collection) || !refs[0]) return undefined;
    const { path } = refs[0];
    const scope = collection.scopeOf(path);
    if (scope === null) return undefined;
    const key = listKey(noun, scope);
    if (this.atHand.holding(noun, path) || this.atHand.has(key)) return undefined;
    const begun = this.#inScopes.get(key);
    if (begun) return begun;
    const { shared, freshness, sizes } = this.of;
    const keys = refs.slice(0, most).filter((ref) => shared.row(noun, ref, freshness) === undefined).length;
    if (keys === 0 || planFor(keys, waysOf(noun, scope, collection, sizes)) !== 'list') return undefined;
    sizes.habits.set(noun, 'list');
    return this.inScope(noun, scope);
  }

  /**
   * One row by its path: batched with its siblings into the cheapest reads. Null when the source does not know it.
   * `type` tells groups of two kinds apart, which may bear the same number.
   */
  get<N extends NounName>(noun: N, path: Path, type = typeOf(noun, this.adapter)): Promise<Known<Nouns[N]> | null> {
    let loader = this.#byKey.get(noun);
    if (!loader) {
      loader = new DataLoader((refs) => readRows(this, this.#lists, noun, refs), {
        cacheKeyFn: refKey,
        batchScheduleFn: this.of.window.schedule,
      });
      this.#byKey.set(noun, loader);
    }
    return loader.load({ type, path }) as Promise<Known<Nouns[N]> | null>;
  }

  /** A list that hangs on one row, such as the members of a group; the same one for everybody who asks. */
  listOf<R extends Ref>(name: string, of: Ref, pages: (path: Path) => RestCall<Page<R>>): PagedList<R> {
    const first = () => (this.#fits(of) ? pages(of.path) : this.#badAddress());
    return this.#lists.named(`${name} ${refKey(of)}`, { name, of }, first);
  }

  /** Such a list, where all of it lies at hand. */
  listAtHand(name: string, of: Ref): Listed<Ref> | undefined {
    return this.#lists.whole(`${name} ${refKey(of)}`);
  }

  /** The whole of such a list. */
  async allOf<R extends Ref>(name: string, of: Ref, pages: (path: Path) => RestCall<Page<R>>): Promise<Gathered<R>> {
    return gatheredFrom(await this.listOf(name, of, pages).all());
  }

  /** Forgets such a list: an answer too long to be kept is done with it. */
  letGo(name: string, of: Ref): void {
    this.#lists.forget(`${name} ${refKey(of)}`);
  }

  /** Who was put into a group through here. */
  ledgerMembers(group: Ref): Promise<readonly Known<MemberRef>[]> {
    return this.#remembered.members(group);
  }

  /** The groups that somebody was put into through here, known or not. */
  ledgerGroupsOf(member: Ref): Promise<readonly Ref[]> {
    return this.#remembered.groupsOf(member);
  }

  /** One read outside any collection. Null when the source does not know what was asked. */
  async ask<T>(call: RestCall<T | null>): Promise<T | null> {
    try {
      return await this.#lists.read(call);
    } catch (error) {
      if (error instanceof VendorError && error.code === 'NOT_FOUND') return null;
      throw error;
    }
  }

  #collection<N extends NounName>(noun: N) {
    return this.adapter[noun] as unknown as AnyCollection<Nouns[N]> | undefined;
  }

  #originOf(noun: 'organizations' | 'projects') {
    return noun === 'organizations' && 'configured' in this.adapter.organizations ? 'CONFIGURATION' : 'VENDOR';
  }

  #configured<R>({ configured }: Configured<R>): Known<R>[] {
    return configured.map((row) => ({ row, at: this.of.started, origin: 'CONFIGURATION' }));
  }

  async #scopes({
    within,
  }: Pick<Collection<Ref>, 'within'>): Promise<{ scopes: readonly Path[]; failures: readonly VendorError[] }> {
    if (typeof within !== 'string') return { scopes: within, failures: [] };
    const { known, failures } = await this.all(within);
    return { scopes: known.map(({ row }) => row.path), failures };
  }

  /** Whether a path, perhaps told by the vendor, keeps the vendor's own pattern, so that it may be put into an address. */
  #fits(ref: Ref): boolean {
    return fitsPattern(this.adapter, ref);
  }

  #badAddress(): VendorError {
    return new VendorError('VENDOR_BAD_RESPONSE', this.of.session.whom);
  }
}
