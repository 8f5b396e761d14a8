/** A call that is sent again and again is answered anew each time; what is told as before is not taken apart again. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it, vi } from 'vitest';
import { Body } from '../../src/http/body.js';
import { SeenHeaders } from '../../src/http/last-answer.js';
import type { AnswerHeaders, RestCall } from '../../src/http/rest-call.js';
import { PagedList } from '../../src/reads/paged-list.js';
import { RecentCalls } from '../../src/reads/recent-calls.js';
import type { Page, Ref } from '../../src/vendors/vendor.js';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const headersOf = (of: Record<string, string> = {}): AnswerHeaders => ({ get: (name) => of[name] ?? null });
const plain = headersOf({ 'content-type': 'application/json' });

function callOf<T>(parse: RestCall<T>['parse'], path = '/things'): RestCall<T> {
  return { does: 'read', method: 'GET', path, parse };
}

/** As an exchange takes an answer. */
function answer<T>(call: RestCall<T>, text: string, headers = plain): T {
  const bytes = Buffer.from(text);
  const half = bytes.length >> 1;
  const body = new Body([bytes.subarray(0, half), bytes.subarray(half)], bytes.length);
  const before = call.last?.same(body, headers);
  if (before) return before.meant;
  const seen = new SeenHeaders(headers);
  const meant = call.parse(JSON.parse(body.text()), seen);
  call.last?.keep(body, seen, meant);
  return meant;
}

/** A key that has been asked for before. */
function known<T>(calls: RecentCalls, key: string, make: () => RestCall<T>): RestCall<T> {
  calls.call(key, make);
  return calls.call(key, make);
}

describe('a call', () => {
  it('that is sent once is as it was made; from the second time on it is always the same one', () => {
    const calls = new RecentCalls();
    const made = callOf(() => null);
    const make = vi.fn<() => RestCall<null>>(() => made);

    const told = [1, 2, 3, 4].map(() => calls.call('a', make));

    expect(told[0]).toBe(made);
    expect(told[1]).toMatchObject({ does: 'read', method: 'GET', path: '/things' });
    expect([told[2], told[3]]).toEqual([told[1], told[1]]);
    expect(told[3]).toBe(told[1]);
    expect(make).toHaveBeenCalledTimes(2);
  });

  it('of another key is another one', () => {
    const calls = new RecentCalls();
    expect(known(calls, 'a', () => callOf(() => 1))).not.toBe(known(calls, 'b', () => callOf(() => 2)));
  });

  it('that cannot be made stays what it is', () => {
    const calls = new RecentCalls();
    const failure = new Error('no address');
    expect([1, 2, 3].map(() => calls.pages('a', () => failure))).toEqual([failure, failure, failure]);
  });
});

describe('an answer', () => {
  const parse = vi.fn<(body: unknown) => { body: unknown }>((body) => ({ body }));

  it('that is the same to the letter means the same, and is not parsed again', () => {
    const call = known(new RecentCalls(), 'a', () => callOf(parse));
    parse.mockClear();
    const [first, second] = [answer(call, '{"a":1}'), answer(call, '{"a":1}')];
    expect(second).toBe(first);
    expect(parse).toHaveBeenCalledTimes(1);
  });

  it.each(['{"a":2}', '{"a":1} ', '{ "a":1}', ''])('that is another one is parsed: %j', (text) => {
    const call = known(new RecentCalls(), 'a', () => callOf(parse));
    const first = answer(call, '{"a":1}');
    if (text === '') expect(() => answer(call, text)).toThrow(SyntaxError);
    else expect(answer(call, text)).not.toBe(first);
    // What failed is forgotten, what came last is what counts.
    expect(answer(call, '{"a":1}')).toEqual({ body: { a: 1 } });
  });

  it('whose header says otherwise is parsed, where the parser has looked at that header', () => {
    const read = vi.fn<RestCall<string | null>['parse']>((_body, headers) => headers.get('link'));
    const call = known(new RecentCalls(), 'a', () => callOf(read));
    const told = ['b', 'b', 'c', null].map((link) =>
      answer(call, '[]', headersOf({ ...(link && { link }), date: String(Math.random()) })),
    );
    expect(told).toEqual(['b', 'b', 'c', null]);
    expect(read).toHaveBeenCalledTimes(3);
  });

  it('of pages: each of those that follow is known, too', () => {
    const parsePage = vi.fn<(nth: number) => void>();
    const pageAt = (nth: number): RestCall<Page<string>> =>
      callOf((body): Page<string> => {
        parsePage(nth);
        return { rows: body as string[], next: nth < 2 ? pageAt(nth + 1) : null };
      }, `/things?page=${nth}`);
    const calls = new RecentCalls();
    const first = () => calls.pages('things', () => pageAt(0)) as RestCall<Page<string>>;
    first();
    const read = (texts: readonly string[]): Page<string>[] => {
      const pages: Page<string>[] = [];
      for (let call: RestCall<Page<string>> | null = first(); call; call = pages.at(-1)!.next)
        pages.push(answer(call, texts[pages.length]!));
      return pages;
    };

    const once = read(['["a"]', '["b"]', '["c"]']);
    const again = read(['["a"]', '["b"]', '["c"]']);
    const changed = read(['["a"]', '["B"]', '["c"]']);

    expect(again.every((page, at) => page === once[at])).toBe(true);
    expect(changed.map(({ rows }) => rows)).toEqual([['a'], ['B'], ['c']]);
    // The page after the one that changed is asked for by a call of its own.
    expect(parsePage.mock.calls.flat()).toEqual([0, 1, 2, 1, 2]);
  });
});

describe('what is kept is bounded', () => {
  it('by what is told now: of a list whose first page changed nothing is held but its other answers', async () => {
    const calls = new RecentCalls();
    const whom = { source: 'shop', vendor: 'TILEDESK', title: 'Shop' } as const;
    const rowOf = (id: string) => ({ type: 'User', path: [id] }) as const;
    const second: RestCall<Page<Ref>> = callOf(() => ({ rows: [rowOf('z')], next: null }), '/things?page=2');
    const first = () =>
      calls.pages('things', () =>
        callOf((body): Page<Ref> => ({ rows: (body as string[]).map(rowOf), next: second })),
      ) as RestCall<Page<Ref>>;
    const held: WeakRef<readonly unknown[]>[] = [];
    for (let nth = 0; nth < 20; nth += 1) {
      const texts: Record<string, string> = { '/things': JSON.stringify([`a${nth}`]), '/things?page=2': '2' };
      const read = async <T>(call: RestCall<T>) => answer(call, texts[call.path]!);
      const { rows } = await new PagedList(first(), read, whom, 9).all();
      expect(rows).toHaveLength(2);
      held.push(new WeakRef(rows));
    }
    await new Promise((pass) => setImmediate(pass));
    collectGarbage();

    expect(held.filter((rows) => rows.deref()).length).toBeLessThan(3);
  });

  it('of one answer: a long one drives nothing out, and is taken apart each time', () => {
    const calls = new RecentCalls();
    const [short, long] = ['a', 'b'].map((key) => known(calls, key, () => callOf((body) => ({ body }))));
    const text = JSON.stringify('b'.repeat(2 ** 20));
    const [first, before] = [answer(short!, '1'), answer(long!, text)];
    expect(answer(long!, text)).not.toBe(before);
    expect(answer(short!, '1')).toBe(first);
  });

  it('in bytes: the one that was not told for the longest is forgotten', () => {
    const calls = new RecentCalls();
    const text = (of: string) => JSON.stringify(of.repeat(1_000_000));
    const all = 'abcdef'.split('').map((key) => known(calls, key, () => callOf((body) => ({ body }))));
    const told = all.slice(0, 3).map((call, at) => answer(call, text('abc'[at]!)));
    answer(all[0]!, text('a'));

    answer(all[3]!, text('d'));
    answer(all[4]!, text('e'));

    expect(answer(all[0]!, text('a'))).toBe(told[0]);
    expect(answer(all[1]!, text('b'))).not.toBe(told[1]);
  });

  it('in calls', () => {
    const calls = new RecentCalls();
    const first = known(calls, 'first', () => callOf(() => null));
    for (let nth = 0; nth < 10_000; nth += 1) known(calls, `key ${nth}`, () => callOf(() => null));
    expect(calls.call('first', () => callOf(() => null))).not.toBe(first);
  });
});
