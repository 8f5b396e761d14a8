import { describe, expect, test } from 'vitest';
import { VendorError } from '../../src/http/errors.js';
import type { RestCall } from '../../src/http/rest-call.js';
import { PagedList } from '../../src/reads/paged-list.js';
import type { Page, Ref } from '../../src/vendors/vendor.js';

const whom = { source: 'tiny', vendor: 'VELT', title: 'Tiny' } as const;
const ref = (id: string): Ref => ({ type: 'User', path: [id] });

/** Pages by their link: the ids in them, and the link to the next one; an error is a page that cannot be read. */
type Pages = Readonly<Record<string, readonly [ids: readonly string[], next: string | null] | VendorError>>;

/** The list that begins with the page `1`, and the links that were read of it. */
function listOf(pages: Pages, maxPages = 500) {
  const read: string[] = [];
  const call = (link: string): RestCall<Page<Ref>> => ({
    does: 'read',
    method: 'POST',
    path: '/users',
    body: { token: link },
    parse() {
      const page = pages[link]!;
      if (page instanceof VendorError) throw page;
      const [ids, next] = page;
      return { rows: ids.map(ref), next: next === null ? null : call(next) };
    },
  });
  const send = async <T>(asked: RestCall<T>): Promise<T> => {
    read.push(String(asked.body!.token));
    await Promise.resolve();
    return asked.parse(null, new Headers());
  };
  return { list: new PagedList(call('1'), send, whom, maxPages), read };
}

const ids = (rows: readonly Ref[]) => rows.map(({ path }) => path[0]);
const three: Pages = { 1: [['a', 'b'], '2'], 2: [['c'], '3'], 3: [['d'], null] };

test('reads every page, once, however often the list is asked for', async () => {
  const { list, read } = listOf(three);

  const [one, other] = await Promise.all([list.all(), list.all()]);

  expect(ids(one.rows)).toEqual(['a', 'b', 'c', 'd']);
  expect(one).toMatchObject({ ended: true, error: null, pages: 3, unknown: [] });
  expect(other).toEqual(one);
  expect(read).toEqual(['1', '2', '3']);
});

test('an empty list has ended, and was read', async () => {
  const { list } = listOf({ 1: [[], null] });

  expect(await list.all()).toMatchObject({ rows: [], ended: true, error: null, pages: 1, readAt: expect.any(Date) });
});

test('a row that shifted into the next page counts once, at its first place', async () => {
  const { list } = listOf({ 1: [['a', 'b'], '2'], 2: [['b', 'a', 'c', 'c'], null] });

  expect(ids((await list.all()).rows)).toEqual(['a', 'b', 'c']);
});

test('a page without rows, which filters may leave, does not end the list', async () => {
  const { list } = listOf({ 1: [[], '2'], 2: [[], '3'], 3: [['a'], null] });

  expect(await list.all()).toMatchObject({ rows: [ref('a')], ended: true });
});

describe('a list that goes in circles ends as a bad answer, with the rows that came', () => {
  test.each<readonly [string, Pages, readonly string[]]>([
    ['its own link again', { 1: [['a'], '1'] }, ['a']],
    ['a link of before again', { 1: [['a'], '2'], 2: [['b'], '3'], 3: [['c'], '2'] }, ['a', 'b', 'c']],
    ['new links to the same page', { 1: [['a', 'b'], '2'], 2: [['a', 'b'], '3'], 3: [['a', 'b'], null] }, ['a', 'b']],
    ['new links to a part of what came', { 1: [['a', 'b'], '2'], 2: [['c'], '3'], 3: [['b'], '4'] }, ['a', 'b', 'c']],
    ['an old link after an empty page', { 1: [['a'], '2'], 2: [[], '1'] }, ['a']],
  ])('%s', async (_how, pages, rows) => {
    const { list, read } = listOf(pages);

    const listed = await list.all();

    expect(listed).toMatchObject({ ended: false, error: { code: 'VENDOR_BAD_RESPONSE', source: 'tiny' } });
    expect(ids(listed.rows)).toEqual(rows);
    expect(new Set(read).size).toBe(read.length);
  });
});

test('a list may have as many pages as the limit says, and not one more', async () => {
  const fits = listOf(three, 3);
  const over = listOf(three, 2);

  expect(await fits.list.all()).toMatchObject({ ended: true, pages: 3 });
  expect(await over.list.all()).toMatchObject({ ended: false, pages: 2, error: { code: 'VENDOR_BAD_RESPONSE' } });
  expect(over.read).toEqual(['1', '2']);
});

test.each(['1', '2', '3'])('an error on page %s keeps the rows before it, and is not asked again', async (page) => {
  const error = new VendorError('VENDOR_UNAVAILABLE', whom, 503);
  const { list, read } = listOf({ ...three, [page]: error });

  const listed = await list.all();
  const again = await list.until(() => false);

  expect(listed).toMatchObject({ ended: false, error, pages: Number(page) - 1 });
  expect(ids(listed.rows)).toEqual(['a', 'b', 'c'].slice(0, { 1: 0, 2: 2, 3: 3 }[page]));
  expect(listed.readAt === null).toBe(page === '1');
  expect(again).toEqual(listed);
  expect(read.at(-1)).toBe(page);
});

test('a list that cannot be asked for has failed without a call', async () => {
  const error = new VendorError('VENDOR_BAD_RESPONSE', whom);
  const list = new PagedList<Ref>(error, () => expect.unreachable(), whom, 500);

  expect(await list.all()).toMatchObject({ rows: [], ended: false, error, pages: 0, readAt: null });
});

describe('as much as it takes', () => {
  const atLeast = (count: number) => (rows: readonly Ref[]) => rows.length >= count;

  test('is read and no more, and who wants more goes on from there', async () => {
    const { list, read } = listOf(three);

    expect(await list.until(atLeast(1))).toMatchObject({ ended: false, error: null, pages: 1 });
    expect(await list.until(atLeast(2))).toMatchObject({ pages: 1 });
    expect(read).toEqual(['1']);
    expect(ids((await list.until(atLeast(3))).rows)).toEqual(['a', 'b', 'c']);
    expect(read).toEqual(['1', '2']);
    expect(await list.all()).toMatchObject({ ended: true, pages: 3 });
    expect(read).toEqual(['1', '2', '3']);
  });

  test('is the first page even for one who wants nothing', async () => {
    const { list } = listOf(three);

    expect(await list.until(() => true)).toMatchObject({ pages: 1 });
  });

  test('is read once for several who want different parts at the same time', async () => {
    const { list, read } = listOf(three);

    const [some, all, few] = await Promise.all([list.until(atLeast(3)), list.all(), list.until(atLeast(1))]);

    expect([some.pages, all.pages, few.pages]).toEqual([2, 3, 3]);
    expect(read).toEqual(['1', '2', '3']);
  });
});
