import type { Origin } from '../../schema/enums.js';
import type { VendorError } from '../http/errors.js';
import { refKey, type Path, type Ref } from '../vendors/vendor.js';
import type { Listed } from './paged-list.js';

/** A row, and where and when it is known from. */
export interface Known<R> {
  readonly row: R;
  readonly at: Date;
  readonly origin: Origin;
}

/** What one source gave to a question that may take several lists. */
export interface Gathered<R> {
  readonly known: readonly Known<R>[];
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
}

export function nothing<R>(origin: Origin = 'VENDOR'): Gathered<R> {
  return { known: [], failures: [], gaveNothing: false, origin, readAt: null, note: null };
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

/** What one list gave, whole or in part. */
export function gatheredFrom<R>({ rows, error, readAt, pages }: Listed<R>): Gathered<R> {
  if (error && pages === 0) return failed(error);
  const known = rows.map((row): Known<R> => ({ row, at: readAt!, origin: 'VENDOR' }));
  return { ...nothing(), known, failures: error ? [error] : [], readAt };
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
    note: [...new Set(parts.map(({ note }) => note).filter((note) => note !== null))].join(' ') || null,
  };
}

export function oldest(times: readonly (Date | null)[]): Date | null {
  let found: Date | null = null;
  for (const time of times) if (time && (!found || time < found)) found = time;
  return found;
}
