import type { Origin } from '../../schema/enums.js';
import type { VendorError } from '../http/errors.js';
import { refKey, type Collection, type Path, type Ref } from '../vendors/vendor.js';
import { Slot } from '../memory/slot.js';
import type { Listed } from './paged-list.js';

/** A row, and where and when it is known from. */
export interface Known<R> {
  readonly row: R;
  readonly at: Date;
  readonly origin: Origin;
  /** What whoever shows it has made of it: made once, however many requests are told it. */
  shown?: object | null;
}

/** What one source gave to a question that may take several lists. */
export interface Gathered<R> {
  readonly known: readonly Known<R>[];
  /** The rows of them, where they are those of one list: the same ones, as long as the vendor tells it alike. */
  readonly rows?: readonly R[];
  /** What could not be read. */
  readonly failures: readonly VendorError[];
  /** True when there were failures and not one list answered. */
  readonly gaveNothing: boolean;
  /** From where it is known which rows there are. */
  readonly origin: Origin;
  /** When the oldest of it was read; null when nothing was. */
  readonly readAt: Date | null;
  /** What a reader should know of it, in sentences. */
  readonly note: string | null;
  /** Why it is older than usual: how its source failed when it was asked again. */
  readonly stale?: VendorError | null;
}

export function nothing<R>(origin: Origin = 'VENDOR'): Gathered<R> {
  return { known: [], failures: [], gaveNothing: false, origin, readAt: null, note: null, stale: null };
}

/** Only failed: nothing is known. */
export function failed<R>(error: VendorError): Gathered<R> {
  return { ...nothing<R>(), failures: [error], gaveNothing: true };
}

/** Every row once: a vendor may tell the same one in several of its lists, and each of them a part of its projects. */
export function eachOnce<R extends Ref>(gathered: Gathered<R>): Gathered<R> {
  const rows = new Map<string, Known<R>>();
  for (const one of gathered.known) {
    const key = refKey(one.row);
    const before = rows.get(key);
    rows.set(key, before ? { ...before, row: withProjectsOf(before.row, one.row) } : one);
  }
  return { ...gathered, known: [...rows.values()] };
}

function withProjectsOf<R extends Ref>(row: R, other: R): R {
  const { projects: a } = row as { projects?: readonly Path[] | null };
  const { projects: b } = other as { projects?: readonly Path[] | null };
  if (!a || !b) return row;
  return { ...row, projects: [...new Map([...a, ...b].map((path) => [path.join('/'), path])).values()] };
}

const knowns = new Slot<Listed<unknown>, readonly Known<unknown>[]>();

/** The rows of a list as they were read: the same ones, however often the list is told. */
export function knownsOf<R>(listed: Listed<R>): readonly Known<R>[] {
  const before = knowns.get(listed) as readonly Known<R>[] | undefined;
  if (before) return before;
  const known = listed.rows.map((row): Known<R> => ({ row, at: listed.readAt!, origin: 'VENDOR', shown: null }));
  knowns.set(listed, known);
  return known;
}

const tellers = new Slot<Listed<unknown>, Known<unknown>>();

/** What is known since a list of its own could be read: the same, however often the list is told. */
export function knownBy<R>(listed: Listed<unknown>, row: R): Known<R> {
  let known = tellers.get(listed) as Known<R> | undefined;
  if (!known) tellers.set(listed, (known = { row, at: listed.readAt!, origin: 'VENDOR', shown: null }));
  return known;
}

/** What one list gave, whole or in part. */
export function gatheredFrom<R>(listed: Listed<R>, note: string | null = null): Gathered<R> {
  const { error, readAt, pages, stale } = listed;
  if (error && pages === 0) return Object.assign(failed<R>(error), { note });
  const known = knownsOf(listed);
  const failures = error ? [error] : [];
  return { known, rows: listed.rows, failures, gaveNothing: false, origin: 'VENDOR', readAt, note, stale };
}

const gatherings = new Slot<Listed<Ref>, Gathered<Ref>>();

/** A list with what a look at all of it shows; made once, however many requests are given it. */
export function gatheredOnce<R extends Ref>(
  listed: Listed<R>,
  { whole, note }: Pick<Collection<R>, 'whole' | 'note'>,
): Gathered<R> {
  const before = gatherings.get(listed) as Gathered<R> | undefined;
  if (before) return before;
  const looked = whole?.(listed.rows, listed.ended);
  const shown = looked ? Object.assign({}, listed, { rows: looked.rows }) : listed;
  const gathered = gatheredFrom(shown, [note, looked?.note].filter(Boolean).join(' ') || null);
  gatherings.set(listed, gathered);
  return gathered;
}

const joined = new Slot<object, { readonly parts: readonly unknown[]; readonly whole: unknown }>();

/** The lists of a noun as one, every row once; made once, as long as the lists are the same. */
export function togetherOnce<R extends Ref>(parts: readonly Gathered<R>[], origin: Origin): Gathered<R> {
  const [first] = parts;
  const before = first && joined.get(first);
  if (before && before.parts.length === parts.length && before.parts.every((part, at) => part === parts[at]))
    return before.whole as Gathered<R>;
  const all = together(parts, origin);
  const whole = areApart(parts) ? all : eachOnce(all);
  if (first) joined.set(first, { parts, whole });
  return whole;
}

/** Whether no two lists can tell the same row: there is one, or each tells what lies in a scope of its own. In a list every row stands once. */
function areApart(parts: readonly Gathered<Ref>[]): boolean {
  const scopes = new Map<string, Gathered<Ref>>();
  return parts.length === 1 || parts.every((part) => part.known.every(({ row: { path } }) => isAlone(path, part)));

  function isAlone(path: Path, part: Gathered<Ref>): boolean {
    const [scope] = path;
    const other = scopes.get(scope!);
    if (!other) scopes.set(scope!, part);
    return path.length > 1 && (!other || other === part);
  }
}

/** Rows, and the place of each of them by what its path says. */
interface Index {
  readonly rows: readonly Ref[];
  readonly places: ReadonlyMap<string, number>;
}

/** By the rows, where they may come again; by what was gathered, where they are of several lists. */
const indexes = new Slot<object, Index>();

function indexOf({ rows, known }: Gathered<Ref>, of: object): Index {
  let index = indexes.get(of);
  if (!index) {
    const all = rows ?? known.map(({ row }) => row);
    index = { rows: all, places: new Map(all.map(({ path }, nth) => [placeOf(path), nth])) };
    indexes.set(of, index);
  }
  return index;
}

/** The row that a path means; null where it is not there. */
export function findIn<R extends Ref>(
  gathered: Gathered<R>,
  path: Path,
  { find }: Pick<Collection<R>, 'find'>,
): Known<R> | null {
  const { rows, places } = indexOf(gathered, gathered.rows ?? gathered);
  const meant = find ? find(rows as readonly R[], path)?.path : path;
  const nth = meant && places.get(placeLookedFor(meant));
  if (nth === undefined) return null;
  const known = gathered.known[nth];
  // What was made of a list, such as a part of it, still names its rows.
  return known?.row === rows[nth] ? known! : (gathered.known.find(({ row }) => row === rows[nth]) ?? null);
}

const places = new Slot<Path, string>();

/** The same people are looked for in group after group, by one path. */
function placeLookedFor(path: Path): string {
  let place = places.get(path);
  if (place === undefined) places.set(path, (place = placeOf(path)));
  return place;
}

/** A text of its own for each path: of each part how long it is, so that none can be taken for another. */
export function placeOf(path: Path): string {
  if (path.length === 1) return `=${path[0]}`;
  let place = '';
  for (const part of path) place += `${part.length}=${part}`;
  return place;
}

/** Several answers of one source as one. */
export function together<R>(parts: readonly Gathered<R>[], origin: Origin = 'VENDOR'): Gathered<R> {
  const first = parts[0];
  if (parts.length === 1 && first) return first;
  return {
    known: parts.flatMap(({ known }) => known),
    failures: parts.flatMap(({ failures }) => failures),
    gaveNothing: parts.length > 0 && parts.every(({ gaveNothing }) => gaveNothing),
    origin: first?.origin ?? origin,
    readAt: oldest(parts.map(({ readAt }) => readAt)),
    stale: parts.find(({ stale }) => stale)?.stale ?? null,
    note: [...new Set(parts.map(({ note }) => note).filter((note) => note !== null))].join(' ') || null,
  };
}

export function oldest(times: readonly (Date | null)[]): Date | null {
  let found: Date | null = null;
  for (const time of times) if (time && (!found || time < found)) found = time;
  return found;
}
