import { VendorError } from '../http/errors.js';
import type { RestCall } from '../http/rest-call.js';
import { ASK_THE_LIST, type Collection, type Page, type Path, type Ref } from '../vendors/vendor.js';
import { findIn, type Gathered, type Known } from './known.js';
import type { PagedList } from './paged-list.js';
import type { ReadPlan } from './plan.js';

/** What reading keys needs of its surroundings. */
export interface KeyReading<R extends Ref> {
  readonly collection: Collection<R>;
  /** The read of one row by its id. */
  one(path: Path): ReturnType<NonNullable<Collection<R>['one']>>;
  read<T>(call: RestCall<T>): Promise<T>;
  list(scope: Path): Promise<Gathered<R>>;
  everything(): Promise<Gathered<R>>;
  newList(call: RestCall<Page<R>>): PagedList<R>;
  /** Whether the list of the scope costs nothing, or is read in any case. */
  listAtHand(scope: Path): boolean;
  /** The cheapest way to so many keys of the scope. */
  plan(scope: Path, keys: number): ReadPlan;
  /** Told how long a row took by its id. */
  took(ms: number): void;
  /** Told how the keys of a scope are read. */
  planned(plan: ReadPlan): void;
  mayAsk(path: Path): boolean;
  badAddress(): VendorError;
  /** What was read for others and is young enough; undefined: nothing. */
  kept(path: Path): Known<R> | null | undefined;
  keep(path: Path, known: Known<R> | null, at: Date): void;
  /** What was read before its source failed like this, if that may be told. */
  stale(path: Path, error: unknown): Known<R> | undefined;
}

type Answer<R> = Known<R> | null | Error;

/** Reads any number of keys of one collection: as many answers as keys, in their order, an Error for each that failed. */
export function keyReader<R extends Ref>(reading: KeyReading<R>): (paths: readonly Path[]) => Promise<Answer<R>[]> {
  const { collection } = reading;

  return async function readAll(paths) {
    const answers = new Map<string, Answer<R>>();
    const put = (path: Path, answer: Answer<R>) => answers.set(keyOf(path), answer);
    await Promise.all([...byScope(paths)].map((group) => readScope(group.scope, group.paths, put)));
    return paths.map((path) => answers.get(keyOf(path)) ?? null);
  };

  type Put = (path: Path, answer: Answer<R>) => void;

  function byScope(paths: readonly Path[]) {
    const groups = new Map<string, { scope: Path | null; paths: Path[] }>();
    for (const path of paths) {
      const scope = collection.scopeOf(path);
      const key = JSON.stringify(scope);
      const group = groups.get(key) ?? { scope, paths: [] };
      group.paths.push(path);
      groups.set(key, group);
    }
    return groups.values();
  }

  async function readScope(scope: Path | null, all: readonly Path[], put: Put): Promise<void> {
    if (scope === null) return putFound(await reading.everything(), all, put);
    const listAtHand = reading.listAtHand(scope);
    const paths = listAtHand ? all : all.filter((path) => !putKept(path, put));
    if (paths.length === 0) return;
    const plan = listAtHand ? 'list' : reading.plan(scope, paths.length);
    reading.planned(plan);
    if (plan === 'list') return readList(scope, paths, put);
    if (plan === 'none') return;
    const askable: Path[] = [];
    for (const path of paths) {
      if (reading.mayAsk(path)) askable.push(path);
      else put(path, reading.badAddress());
    }
    if (plan === 'many') return readMany(scope, askable, put);
    await Promise.all(askable.map((path) => readOne(scope, path, put)));
  }

  function putKept(path: Path, put: Put): boolean {
    const known = reading.kept(path);
    if (known !== undefined) put(path, known);
    return known !== undefined;
  }

  async function readList(scope: Path, paths: readonly Path[], put: Put): Promise<void> {
    putFound(await reading.list(scope), paths, put);
  }

  async function readOne(scope: Path, path: Path, put: Put): Promise<void> {
    const at = new Date();
    try {
      const row = await reading.read(reading.one(path));
      reading.took(Date.now() - at.getTime());
      if (row === ASK_THE_LIST) await readList(scope, [path], put);
      else putRead(path, row && { row, at, origin: 'VENDOR' }, at, put);
    } catch (error) {
      putFailed(path, error, at, put);
    }
  }

  function putRead(path: Path, known: Known<R> | null, at: Date, put: Put): void {
    reading.keep(path, known, at);
    put(path, known);
  }

  function putFailed(path: Path, error: unknown, at: Date, put: Put): void {
    const known = reading.stale(path, error) ?? notFoundIsNull(error);
    if (known === null) putRead(path, null, at, put);
    else put(path, known);
  }

  async function readMany(scope: Path, paths: readonly Path[], put: Put): Promise<void> {
    const { maxKeys } = collection.many!;
    const chunks: Path[][] = [];
    for (let at = 0; at < paths.length; at += maxKeys) chunks.push(paths.slice(at, at + maxKeys));
    await Promise.all(chunks.map((chunk) => readChunk(scope, chunk, put)));
  }

  /** Some vendors refuse a whole multi-get for one unknown id: it is asked again without those, which only get fewer. */
  async function readChunk(scope: Path, chunk: readonly Path[], put: Put): Promise<void> {
    const at = new Date();
    const { rows, error, readAt, unknown } = await reading.newList(collection.many!.call(scope, chunk)).all();
    const gone = new Set(unknown.map(keyOf));
    for (const path of chunk) if (gone.has(keyOf(path))) putRead(path, null, at, put);
    const rest = chunk.filter((path) => !gone.has(keyOf(path)));
    if (rest.length < chunk.length) return rest.length > 0 ? readChunk(scope, rest, put) : undefined;
    // Which of them it does not know, it does not say: the list does.
    if (error?.code === 'NOT_FOUND' && chunk.length > 1 && collection.pages) return readList(scope, chunk, put);
    const found = new Map(rows.map((row) => [keyOf(row.path), row]));
    for (const path of chunk) {
      const row = found.get(keyOf(path));
      if (row) putRead(path, { row, at: readAt!, origin: 'VENDOR' }, readAt!, put);
      else if (error) putFailed(path, error, at, put);
      else putRead(path, null, readAt!, put);
    }
  }

  function putFound(gathered: Gathered<R>, paths: readonly Path[], put: Put): void {
    const failure = gathered.failures.find(({ code }) => code !== 'NOT_FOUND') ?? null;
    for (const path of paths) put(path, findIn(gathered, path, collection) ?? failure);
  }
}

const keyOf = (path: Path) => JSON.stringify(path);

/** What the vendor does not know is null; everything else that goes wrong is an error of this key alone. */
function notFoundIsNull(error: unknown): Error | null {
  if (error instanceof VendorError) return error.code === 'NOT_FOUND' ? null : error;
  throw error;
}
