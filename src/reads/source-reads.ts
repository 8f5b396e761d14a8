import DataLoader from 'dataloader';
import { VendorError } from '../http/errors.js';
import type { RestCall } from '../http/rest-call.js';
import type { Session } from '../http/session.js';
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
import { keyReader } from './by-key.js';
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
import { eachOnce, gatheredFrom, nothing, together, type Gathered, type Known } from './known.js';
import { PagedList } from './paged-list.js';
import { fitsPattern } from './pattern.js';
import { Remembering } from './remembering.js';
import type { Sizes } from './sizes.js';
import type { BatchWindow } from './window.js';

export interface ReadsOf {
  readonly adapter: Adapter;
  readonly session: Session;
  readonly ledger: Ledger;
  readonly window: BatchWindow;
  readonly sizes: Sizes;
  readonly maxPages: number;
  /** Since when the configuration's rows are known. */
  readonly started: Date;
}

/** One request's reads of one source: each list and each key at most once, and only what somebody asks for. */
export class SourceReads {
  readonly adapter: Adapter;
  readonly #lists = new Map<string, unknown>();
  readonly #inScopes = new Map<string, Promise<unknown>>();
  readonly #byKey = new Map<NounName, DataLoader<Ref, Known<Row> | null, string>>();
  readonly #remembered: Remembering;
  readonly #wholes = new Map<string, Promise<unknown>>();

  constructor(readonly of: ReadsOf) {
    this.adapter = of.adapter;
    this.#remembered = new Remembering(of.ledger, of.session.whom, of.started);
  }

  get name(): string {
    return this.of.session.whom.source;
  }

  /** Whether the source has the noun at all. */
  has(noun: NounName): boolean {
    return this.adapter[noun] !== undefined;
  }

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
    const lists = eachOnce(together(parts, origin));
    if (failures.length === 0) return lists;
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
    const listed = await this.#list(key, () => (legal ? collection.pages!(scope) : this.#badAddress())).all();
    if (listed.ended) this.of.sizes.set(key, listed.pages);
    const looked = collection.whole?.(listed.rows, listed.ended);
    const gathered = gatheredFrom({ ...listed, rows: looked?.rows ?? listed.rows });
    return { ...gathered, note: [collection.note, looked?.note].filter(Boolean).join(' ') || null };
  }

  /** Whether the rows of a noun are kept in a list of this very scope. */
  keepsListOf(noun: NounName, scope: Path, as: 'organizations' | 'projects'): boolean {
    const collection = this.#collection(noun);
    if (!collection || !isCollection(collection)) return false;
    const { within } = collection;
    return typeof within === 'string'
      ? within === as
      : within.some((kept) => kept.length > 0 && kept.join() === scope.join());
  }

  /**
   * One row by its path: batched with its siblings into the cheapest reads. Null when the source does not know it.
   * `type` tells groups of two kinds apart, which may bear the same number.
   */
  get<N extends NounName>(noun: N, path: Path, type = typeOf(noun, this.adapter)): Promise<Known<Nouns[N]> | null> {
    let loader = this.#byKey.get(noun);
    if (!loader) {
      loader = new DataLoader((refs) => this.#readKeys(noun, refs), {
        cacheKeyFn: refKey,
        batchScheduleFn: this.of.window.schedule,
      });
      this.#byKey.set(noun, loader);
    }
    return loader.load({ type, path }) as Promise<Known<Nouns[N]> | null>;
  }

  /** A list that hangs on one row, such as the members of a group; the same one for everybody who asks. */
  listOf<R extends Ref>(name: string, of: Ref, pages: (path: Path) => RestCall<Page<R>>): PagedList<R> {
    return this.#list(`${name} ${refKey(of)}`, () => (this.#fits(of) ? pages(of.path) : this.#badAddress()));
  }

  /** The whole of such a list. */
  async allOf<R extends Ref>(name: string, of: Ref, pages: (path: Path) => RestCall<Page<R>>): Promise<Gathered<R>> {
    return gatheredFrom(await this.listOf(name, of, pages).all());
  }

  /** Forgets such a list: an answer too long to be kept is done with it. */
  letGo(name: string, of: Ref): void {
    this.#lists.delete(`${name} ${refKey(of)}`);
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
      return await this.#read(call);
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

  async #readKeys(noun: NounName, refs: readonly Ref[]): Promise<(Known<Row> | null | Error)[]> {
    const collection = this.#collection(noun) as AnyCollection<Row> | undefined;
    if (!collection) return refs.map(() => null);
    if (!isCollection(collection)) {
      const { known } = await this.all(noun);
      const rows = new Map(known.map((one) => [refKey(one.row), one]));
      return refs.map((ref) => rows.get(refKey(ref)) ?? null);
    }
    const read = keyReader<Row>({
      collection,
      read: (call) => this.#read(call),
      list: (scope) => this.inScope(noun, scope) as Promise<Gathered<Row>>,
      everything: () => this.all(noun) as Promise<Gathered<Row>>,
      newList: (call) => this.#newList(call),
      listBegun: (scope) => this.#lists.has(listKey(noun, scope)),
      pagesSeen: (scope) => this.of.sizes.get(listKey(noun, scope)) ?? null,
      mayAsk: (path) => this.#fits({ type: typeOf(noun, this.adapter), path }),
      badAddress: () => this.#badAddress(),
    });
    return read(refs.map(({ path }) => path));
  }

  #list<R extends Ref>(key: string, first: () => RestCall<Page<R>> | VendorError): PagedList<R> {
    let list = this.#lists.get(key) as PagedList<R> | undefined;
    if (!list) this.#lists.set(key, (list = this.#newList(first())));
    return list;
  }

  #newList<R extends Ref>(first: RestCall<Page<R>> | VendorError): PagedList<R> {
    const { session, maxPages } = this.of;
    return new PagedList(first, (call) => this.#read(call), session.whom, maxPages);
  }

  /** Sends a read; one that is a part of an answer asked for already is taken from that. */
  async #read<T>(call: RestCall<T>): Promise<T> {
    const { session } = this.of;
    if (!call.part) return session.read(call);
    const key = `${call.method} ${call.path} ${JSON.stringify(call.body)}`;
    let whole = this.#wholes.get(key);
    if (!whole) this.#wholes.set(key, (whole = session.read(call.part.of)));
    const answer = await whole;
    try {
      return call.part.take(answer);
    } catch (error) {
      throw new VendorError('VENDOR_BAD_RESPONSE', session.whom, null, null, error);
    }
  }

  /** Whether a path, perhaps told by the vendor, keeps the vendor's own pattern, so that it may be put into an address. */
  #fits(ref: Ref): boolean {
    return fitsPattern(this.adapter, ref);
  }

  #badAddress(): VendorError {
    return new VendorError('VENDOR_BAD_RESPONSE', this.of.session.whom);
  }
}
