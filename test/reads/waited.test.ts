/** Where nothing is kept for later requests, what is read serves those who came before it was begun, and had to wait for their turn. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Transport } from '../../src/http/transport.js';
import type { Listed } from '../../src/reads/paged-list.js';
import { freshnessOf } from '../../src/reads/shared/freshness.js';
import { SharedReads } from '../../src/reads/shared/shared-reads.js';
import { groupTouched } from '../../src/reads/shared/touched.js';
import { openSandboxServer, type SandboxServer } from '../../src/sandbox/server.js';
import type { Ref } from '../../src/vendors/vendor.js';
import { lookUp, openShop, shopReads, shopTransport, type Shop } from './shop.js';

let server: SandboxServer<Shop>;
let transport: Transport;
let shared: SharedReads;

beforeEach(async () => {
  server = await openSandboxServer(openShop({ a: ['u1', 'u2'], b: ['u1'] }, 10));
  transport = shopTransport(server.origin);
  shared = new SharedReads(0);
});
afterEach(async () => {
  transport.close();
  await server.close();
});

/** A request that came at this time, or now, and is carried out now. */
const request = (came?: number, cacheControl?: string) =>
  shopReads(transport, { one: true, pages: true }, { shared, freshness: freshnessOf(cacheControl, came) });
const calls = () => server.journal.length;

/** Somebody comes, and the next moment begins: what he says is when he came. */
async function somebodyComes(): Promise<number> {
  const came = Date.now();
  while (Date.now() === came) await new Promise((pass) => setImmediate(pass));
  return came;
}

describe('a request that came before another had read, and is carried out after', () => {
  test('is told lists without a call, as what was read for others', async () => {
    const came = await somebodyComes();
    const first = await request().all('users');
    const waited = request(came);

    const told = await waited.all('users');

    expect(told).toEqual(first);
    expect(told.known).toHaveLength(3);
    expect(calls()).toBe(2);
    expect(waited.of.session.upstream).toMatchObject({ calls: 0, cacheHits: 0, shared: 2 });
  });

  test('is told rows by their ids, and that there is none', async () => {
    const came = await somebodyComes();
    const ids = [
      ['a', 'u1'],
      ['b', 'u9'],
    ];
    const first = await lookUp(request(), ids);

    expect([await lookUp(request(came), ids), first]).toEqual([
      ['u1', null],
      ['u1', null],
    ]);
    expect(calls()).toBe(2);
  });

  test('is told nothing that was read for others where it wants none of it', async () => {
    const came = await somebodyComes();
    await request().all('users');

    await request(came, 'no-cache').all('users');

    expect(calls()).toBe(4);
  });

  test('is told what is left of a list once a write has touched a row of it', async () => {
    const came = await somebodyComes();
    await request().all('users');
    const touch = () => shared.touch({ row: (_noun, { path }) => path[1] === 'u1', list: () => true });
    await touch();

    await lookUp(request(came), [['a', 'u2']]);
    expect(calls()).toBe(2);
    await lookUp(request(came), [['a', 'u1']]);
    await lookUp(request(came), [['a', 'u1']]);
    expect(calls()).toBe(3);
    // That row is kept by itself now.
    await touch();
    await lookUp(request(came), [['a', 'u1']]);
    expect(calls()).toBe(4);
  });

  test('is not told what was asked for before a write', async () => {
    server.setLatency(40);
    const came = await somebodyComes();
    const reading = request().all('users');
    await new Promise((pass) => setTimeout(pass, 10));
    await shared.touch(groupTouched({ type: 'UserGroup', path: ['g'] } as unknown as Ref, []));
    await reading;

    await request(came).all('users');

    expect(calls()).toBe(4);
  });
});

describe('what was read for who came before it was begun', () => {
  test('is let go of once nobody is left of them', async () => {
    const came = await somebodyComes();
    await request().all('users');

    shared.onlyFor(came);
    await request(came).all('users');
    expect([calls(), shared.bytes > 0]).toEqual([2, true]);

    shared.onlyFor(Date.now());
    expect(shared.bytes).toBe(0);
    await request(came).all('users');
    expect(calls()).toBe(4);

    shared.onlyFor(null);
    expect(shared.bytes).toBe(0);
  });

  test('stays where answers are kept for later requests', async () => {
    shared = new SharedReads(30_000);
    await request().all('users');

    shared.onlyFor(null);

    await request().all('users');
    expect(calls()).toBe(2);
  });
});

describe('a request that came after a read was begun', () => {
  test('reads anew, and sees what somebody changed at the vendor meanwhile', async () => {
    await request().all('users');
    server.box.state.users['b']!.push('u7');
    const came = await somebodyComes();

    const { known } = await request(came).all('users');

    expect(known.map(({ row }) => row.vendorId)).toContain('u7');
    expect(calls()).toBe(4);
  });

  test('waits for it while it is under way, unless it wants nothing that was read for others', async () => {
    server.setLatency(50);
    const begun = request().all('users');
    await new Promise((pass) => setTimeout(pass, 10));

    await Promise.all([begun, request().all('users')]);
    expect(calls()).toBe(2);
    // Nor do two such wait for each other, though they come in the same moment.
    await Promise.all([request(undefined, 'no-cache').all('users'), request(undefined, 'no-cache').all('users')]);
    expect(calls()).toBe(6);
  });
});

const listed = (began: number): Listed<Ref> => ({
  rows: [{ type: 'User', path: ['a', 'u1'] }],
  ended: true,
  error: null,
  readAt: new Date(began),
  pages: 1,
  unknown: [],
  stale: null,
});

describe('a list', () => {
  const keep = (into: SharedReads, began: number) => into.keepList('all users', { noun: 'users' }, listed(began), 0);

  test.each([
    ['before', 'it was begun', 999, Infinity, true],
    ['in the same millisecond as', 'it was begun', 1_000, Infinity, false],
    ['after', 'it was begun', 1_001, Infinity, false],
    ['before', 'it was begun, and takes nothing older than 5 s', 999, 5_000, true],
    ['before', 'it was begun, and takes nothing of others', 999, 0, false],
  ])('of who came %s %s', (_when, _what, now, maxAgeMs, isTold) => {
    keep(shared, 1_000);

    expect(shared.list('all users', { now, maxAgeMs }) !== undefined).toBe(isTold);
  });

  test('is told to nobody where other processes may write unheard', () => {
    const unheard = new SharedReads(0, 'shop', 'unheard');
    keep(unheard, 1_000);

    expect(unheard.list('all users', unheard.accepted({ now: 999, maxAgeMs: Infinity }))).toBeUndefined();
  });

  test('is let go of after five seconds, and so is the next one', () => {
    vi.useFakeTimers();
    try {
      for (const began of [1_000, 9_000]) {
        keep(shared, began);
        const before = { now: began - 1, maxAgeMs: Infinity };
        vi.advanceTimersByTime(4_999);
        expect([shared.bytes > 0, shared.list('all users', before) !== undefined]).toEqual([true, true]);
        vi.advanceTimersByTime(1);
        expect([shared.bytes, shared.list('all users', before)]).toEqual([0, undefined]);
        expect(vi.getTimerCount()).toBe(0);
      }
    } finally {
      vi.useRealTimers();
    }
  });

  test('that is kept for later requests is not let go of by then', () => {
    vi.useFakeTimers();
    try {
      const keeping = new SharedReads(30_000);
      keep(keeping, 1_000);
      vi.advanceTimersByTime(6_000);

      expect(keeping.bytes).toBeGreaterThan(0);
    } finally {
      vi.useRealTimers();
    }
  });
});
