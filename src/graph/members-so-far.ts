import { knownsOf, type Known } from '../reads/known.js';
import type { Listed, PagedList } from '../reads/paged-list.js';
import { Slot } from '../memory/slot.js';
import { refKey, type UserRow } from '../vendors/vendor.js';
import type { ConnectionValue, NodeValue } from './graph.js';
import { compareRefs } from './order.js';
import { compareRows, pageOf, type PageWanted } from './paging.js';
import type { Source } from './sources.js';
import { memberValue } from './values.js';

/**
 * A page of a vendor's member list that is read no further than the page needs, unless the members are counted. As long as
 * the vendor keeps the order of our ids, what it has not told yet comes after what it has. It promises no such order: where
 * that turns out only after pages were given early, what is out of order follows all that kept it, and nobody is left out.
 */
export function listedFor(
  source: Source,
  list: PagedList<UserRow>,
  page: PageWanted,
  counted: boolean,
): Promise<Listed<UserRow>> {
  const placesOf = (row: UserRow) => [{ source, ref: row }];
  const mayStop = !counted && (page.early || !page.after);
  return list.until((told) => {
    if (!mayStop || countInOrder(source, told) < told.length) return false;
    const { after } = page;
    // A place that is not among them may be one of those that come out of order.
    const start = after ? told.findIndex((row) => compareRows(placesOf(row), after) === 0) + 1 : 0;
    return (start > 0 || !after) && told.length - start >= page.first;
  });
}

/** A page of what has been read of a member list. */
export function listedPage(source: Source, listed: Listed<UserRow>, page: PageWanted): ConnectionValue<NodeValue> {
  const make = () => pageSoFar(source, listed, page);
  return listed.ended ? shownOnce(listed.rows, page, undefined, make) : make();
}

interface MembersShown {
  readonly first: number;
  readonly people: object | undefined;
  readonly page: ConnectionValue<NodeValue>;
}

/** By what the members are known from: the page that was made last. */
const shown = new Slot<object, MembersShown>();
/** What stands for a list of people, without holding on to it. */
const marks = new Slot<object, object>();

function markOf(people: object | undefined): object | undefined {
  if (!people) return undefined;
  let mark = marks.get(people);
  if (!mark) marks.set(people, (mark = {}));
  return mark;
}

/** The first page of members, made anew only where what it is made from is no longer the same: a row or rows, and a list of people. */
export function shownOnce(
  of: object,
  { first, after }: PageWanted,
  people: object | undefined,
  make: () => ConnectionValue<NodeValue>,
): ConnectionValue<NodeValue> {
  if (after !== null) return make();
  const before = shown.get(of);
  const mark = markOf(people);
  if (before?.first === first && before.people === mark) return before.page;
  const page = make();
  shown.set(of, { first, people: mark, page });
  return page;
}

function pageSoFar(source: Source, listed: Listed<UserRow>, page: PageWanted): ConnectionValue<NodeValue> {
  const { rows, ended } = listed;
  const early = page.early || !ended;
  const compareTo = early ? inOrderFirst(source, rows) : compareRows;
  const isOrdered = countInOrder(source, rows) === rows.length;
  const placesOf = (row: UserRow) => [{ source, ref: row }];
  const places = ({ row }: Known<UserRow>) => placesOf(row);
  const known = knownsOf(listed);
  const byId = (a: Known<UserRow>, b: Known<UserRow>) => compareRefs(source, a.row, b.row);
  const byTelling = (a: Known<UserRow>, b: Known<UserRow>) => compareTo(places(a), places(b));
  const ordered = isOrdered ? known : known.toSorted(early ? byTelling : byId);
  const more = { totalCount: ended ? rows.length : null };
  const value = pageOf(ordered, { ...page, early }, places, (one) => memberValue(source, one), more, compareTo);
  if (!ended) Object.assign(value.pageInfo, { hasNextPage: true });
  return value;
}

/** How many rows, from the first on, come in the order of their ids. */
function countInOrder(source: Source, rows: readonly UserRow[]): number {
  const broken = rows.findIndex((row, at) => at > 0 && compareRefs(source, rows[at - 1]!, row) > 0);
  return broken < 0 ? rows.length : broken;
}

/** By id, but what the vendor tells out of order after all that it tells in order. */
function inOrderFirst(source: Source, rows: readonly UserRow[]): typeof compareRows {
  const count = countInOrder(source, rows);
  const late = new Set(rows.slice(count).map(refKey));
  const last = rows[count - 1];
  const isLate: (row: Parameters<typeof compareRows>[0]) => boolean = ([place]) =>
    late.has(refKey(place!.ref)) || (last !== undefined && compareRefs(source, place!.ref, last) > 0);
  return (a, b) => Number(isLate(a)) - Number(isLate(b)) || compareRows(a, b);
}
