import { BadInput } from './bad-input.js';
import { formatId, readId } from './global-id.js';
import type { ConnectionValue, PageArgs, SourceStatusValue } from './graph.js';
import { compare, type Placed } from './order.js';
import type { Sources } from './sources.js';

/** How many rows a page may have: `most`, and `usual` where nothing is said. */
export interface PageSize {
  readonly usual: number;
  readonly most: number;
}

export const usualPage: PageSize = { usual: 50, most: 1_000 };
export const membershipsPage: PageSize = { usual: 500, most: 5_000 };

/** What a page was asked for: so many rows, after this place. */
export interface PageWanted {
  readonly first: number;
  readonly after: readonly Placed[] | null;
  /** Whether that place was given before the whole list was known. */
  readonly early: boolean;
}

/** Checks the arguments of a list before anything is read for it. */
export function pageWanted({ first, after }: PageArgs, { usual, most }: PageSize, sources: Sources): PageWanted {
  const size = first ?? usual;
  if (!Number.isInteger(size) || size < 1 || size > most) {
    throw new BadInput(`The argument first must be a whole number from 1 to ${most}.`);
  }
  if (after === null || after === undefined) return { first: size, after: null, early: false };
  return { first: size, ...placesOf(after, sources) };
}

/** A cursor is made of the id of its row (of group and member, for a membership), so it holds where the row is gone. */
export function cursorOf(row: readonly Placed[], early = false): string {
  const ids = row.map(({ source, ref }) => formatId(source.name, ref.type, ref.path));
  return Buffer.from([early ? 'early' : 'after', ...ids].join(' ')).toString('base64url');
}

function placesOf(cursor: string, sources: Sources): { after: readonly Placed[]; early: boolean } {
  const [word, ...ids] = Buffer.from(cursor, 'base64url').toString().split(' ');
  const early = word === 'early';
  try {
    const after = ids.map((id) => readId(id, sources) as Placed);
    if (after.length > 0 && cursorOf(after, early) === cursor) return { after, early };
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
  }
  throw new BadInput(
    'The argument after is not a cursor that was given here; use pageInfo.endCursor of the page before.',
  );
}

/** Compares two rows by all of their ids. */
export function compareRows(a: readonly Placed[], b: readonly Placed[]): number {
  for (const [at, place] of a.entries()) {
    const other = b[at];
    const difference = other ? compare(place, other) : 1;
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** One page of a connection. Cursors and edges are made when they are asked for. */
type More = Pick<ConnectionValue<unknown>, 'totalCount' | 'complete' | 'sources'>;

/** One page of rows that are in the order of their ids, or in another that is told; `more` is what else the connection says. */
export function pageOf<Row, Value>(
  rows: readonly Row[],
  { first, after, early }: PageWanted,
  placesOfRow: (row: Row) => readonly Placed[],
  toValue: (row: Row) => Value,
  more: More,
  compareTo: typeof compareRows = compareRows,
): ConnectionValue<Value> {
  const start = after ? firstAfter(rows, (row) => compareTo(placesOfRow(row), after) > 0) : 0;
  const page = start === 0 && rows.length <= first ? rows : rows.slice(start, start + first);
  const cursorAt = (at: number) => (page[at] === undefined ? null : cursorOf(placesOfRow(page[at]), early));
  const pageInfo = new PageInfo(start + first < rows.length, after !== null, cursorAt, page.length - 1);
  return new Page(page.map(toValue), pageInfo, cursorAt, more);
}

type CursorAt = (at: number) => string | null;

/** Classes for their getters: an object literal that has one is a shape of its own for V8, which keeps what it was made from. */
class Page<Value> implements ConnectionValue<Value> {
  told: object | null = null;
  readonly totalCount: number | null;
  readonly complete?: boolean;
  readonly sources?: readonly SourceStatusValue[];
  #edges: ConnectionValue<Value>['edges'] | undefined;
  readonly #cursorAt: CursorAt;

  constructor(
    readonly nodes: readonly Value[],
    readonly pageInfo: PageInfo,
    cursorAt: CursorAt,
    { totalCount, complete, sources }: More,
  ) {
    this.#cursorAt = cursorAt;
    this.totalCount = totalCount;
    this.complete = complete;
    this.sources = sources;
  }

  get edges(): ConnectionValue<Value>['edges'] {
    return (this.#edges ??= this.nodes.map((node, at) => ({ cursor: this.#cursorAt(at)!, node })));
  }
}

class PageInfo {
  readonly #cursorAt: CursorAt;
  readonly #last: number;

  constructor(
    readonly hasNextPage: boolean,
    readonly hasPreviousPage: boolean,
    cursorAt: CursorAt,
    last: number,
  ) {
    this.#cursorAt = cursorAt;
    this.#last = last;
  }

  get startCursor(): string | null {
    return this.#cursorAt(0);
  }

  get endCursor(): string | null {
    return this.#cursorAt(this.#last);
  }
}

/** The place of the first row that comes after; rows are in order, so half of what is left is ruled out at each look. */
function firstAfter<Row>(rows: readonly Row[], isAfter: (row: Row) => boolean): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isAfter(rows[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}
