/** What one request reads serves the others: reads under way, lists and rows that are kept, and what a write takes away. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Transport } from '../../src/http/transport.js';
import { freshnessOf } from '../../src/reads/shared/freshness.js';
import { SharedReads } from '../../src/reads/shared/shared-reads.js';
import { groupsTouched } from '../../src/reads/shared/touched.js';
import { openSandboxServer, type SandboxServer } from '../../src/sandbox/server.js';
import { lookUp, openShop, shopReads, shopTransport, type ShopOptions } from './shop.js';
import { until } from '../support/until.js';

let server: SandboxServer<any>;
let transport: Transport;
let shared: SharedReads;

beforeEach(async () => {
  server = await openSandboxServer(openShop({ a: ['u1', 'u2', 'u3'], b: ['u1'] }, 10));
  transport = shopTransport(server.origin);
  shared = new SharedReads(30_000);
});
afterEach(async () => {
  transport.close();
  await server.close();
});

const byIdOrList = { one: true, pages: true } as const;
const a = (...keys: string[]): [string, string][] => keys.map((key) => ['a', key]);
const request = (options: ShopOptions = {}) => shopReads(transport, byIdOrList, { shared, ...options });
const asked = (cacheControl?: string, laterMs = 0) => freshnessOf(cacheControl, Date.now() + laterMs);
const calls = () => server.journal.length;

describe('reads under way', () => {
  test('are made once, however many requests ask', async () => {
    server.setLatency(50);
    shared = new SharedReads(0);

    const all = await Promise.all(Array.from({ length: 20 }, () => request().all('users')));

    expect(all.map(({ known }) => known.length)).toEqual(Array(20).fill(4));
    expect(calls()).toBe(2);
  });

  test('go on for the others when whoever asked first has left', async () => {
    server.setLatency(100);
    const first = request();
    const left = first.all('users').catch(() => 'left');
    const second = request().all('users');
    await new Promise((pass) => setTimeout(pass, 30));

    first.of.session.leave();

    expect((await left) === 'left' || (await first.all('users')).failures.length > 0).toBe(true);
    expect((await second).failures).toEqual([]);
    expect(calls()).toBe(2);
  });

  test('end when everybody has left', async () => {
    server.setLatency(2_000);
    const both = [request(), request()];
    const left = both.map((one) => one.all('users').catch(() => null));
    await until(() => server.live.requests >= 2, 1_500);
    expect(server.live.requests).toBe(2);

    for (const one of both) one.of.session.leave();
    await Promise.all(left);
    // Long before they would have been answered.
    await until(() => server.live.requests === 0, 1_000);
    expect(server.live.requests).toBe(0);
  });

  test('are joined by nobody once everybody has left', async () => {
    server.setLatency(20);
    const failed: number[] = [];
    // How many turns of promises lie between: the read ends in some of them.
    for (let turns = 0; turns < 40; turns += 1) {
      shared = new SharedReads(0);
      const first = request();
      const left = first.all('users');
      await new Promise((pass) => setTimeout(pass, 5));
      first.of.session.leave();
      for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
      const { failures } = await request().all('users');
      if (failures.length > 0) failed.push(turns);
      await left;
    }

    expect(failed).toEqual([]);
  });

  test('are joined by nobody who comes after a write has begun', async () => {
    server.setLatency(50);
    const before = request().all('users');
    await new Promise((pass) => setTimeout(pass, 10));
    shared.begin();

    await Promise.all([before, request().all('users')]);

    expect(calls()).toBe(4);
  });

  test('are joined by nobody who wants what is read from now on', async () => {
    server.setLatency(50);
    const before = request().all('users');
    await new Promise((pass) => setTimeout(pass, 10));

    await Promise.all([before, request({ freshness: asked('no-cache') }).all('users')]);

    expect(calls()).toBe(4);
  });

  test('that fail are told to all who waited, and to nobody later', async () => {
    server.fault({ mode: 'status', status: 403, times: 2 });
    server.setLatency(30);

    const all = await Promise.all(Array.from({ length: 5 }, () => request().all('users')));
    const later = await request().all('users');

    expect(all.map(({ failures }) => failures.map(({ code }) => code))).toEqual(
      Array(5).fill(['VENDOR_AUTH', 'VENDOR_AUTH']),
    );
    expect(later.known).toHaveLength(4);
  });
});

describe('what is kept', () => {
  test('is told without a call, with the time when it was read', async () => {
    const first = await request().all('users');
    const again = request();
    const second = await again.all('users');

    expect(second).toEqual(first);
    expect([calls(), again.of.session.upstream.calls, again.of.session.upstream.cacheHits]).toEqual([2, 0, 2]);
  });

  test('a list tells its rows one by one, those that are not there, too', async () => {
    await request().all('users');

    expect(await lookUp(request(), a('u2', 'u9'))).toEqual(['u2', null]);
    expect(request().atHand.row('users', ['a', 'u2'])?.row.vendorId).toBe('u2');
    expect(request().atHand.row('users', ['a', 'u9'])).toBeNull();
    expect(calls()).toBe(2);
  });

  test('a row by its id, and for a short time that there is none', async () => {
    await lookUp(request(), a('u1'));
    await lookUp(request(), a('u9'));

    expect([await lookUp(request(), a('u1')), await lookUp(request(), a('u9'))]).toEqual([['u1'], [null]]);
    expect(calls()).toBe(2);
    await lookUp(request({ freshness: asked(undefined, 6_000) }), a('u1'));
    expect(calls()).toBe(2);
    await lookUp(request({ freshness: asked(undefined, 6_000) }), a('u9'));
    expect(calls()).toBe(3);
  });

  test.each([
    ['after its lifetime', () => asked(undefined, 30_100)],
    ['by who wants no cache', () => asked('no-cache', 1)],
    ['by who wants it younger', () => asked('max-age=1', 1_500)],
  ])('is not taken %s', async (_, freshness) => {
    await request().all('users');
    await request({ freshness: freshness() }).all('users');

    expect(calls()).toBe(4);
  });

  test('is taken by who accepts it so old', async () => {
    await request().all('users');
    await request({ freshness: asked('max-age=10', 9_000) }).all('users');

    expect(calls()).toBe(2);
  });

  test('nothing, where it has no lifetime', async () => {
    shared = new SharedReads(0);
    await request().all('users');
    await request().all('users');

    expect(calls()).toBe(4);
  });

  test('nothing that was asked for before a write', async () => {
    server.setLatency(40);
    const reading = request().all('users');
    await new Promise((pass) => setTimeout(pass, 10));
    await shared.touch(groupsTouched(null));
    await reading;
    await request().all('users');

    expect(calls()).toBe(4);
  });

  test('is bounded in bytes', async () => {
    Object.assign(server.box.state, { users: { a: Array.from({ length: 5_000 }, (_, at) => `u${at}`), b: [] } });
    await request().all('users');

    expect(shared.bytes).toBeGreaterThan(500_000);
    expect(shared.bytes).toBeLessThan(32 * 2 ** 20);
  });
});

describe('in an outage', () => {
  const later = () => asked(undefined, 60_000);

  test('what is older than usual is told, and that it is', async () => {
    const before = await request().all('users');
    server.fault({ mode: 'status', status: 503 });
    const noted: string[] = [];

    const told = await request({ freshness: later(), onStale: ({ code }) => noted.push(code) }).all('users');

    expect(told.known).toEqual(before.known);
    expect([told.failures, told.stale?.code, told.readAt]).toEqual([[], 'VENDOR_UNAVAILABLE', before.readAt]);
    expect(noted).toEqual(['VENDOR_UNAVAILABLE', 'VENDOR_UNAVAILABLE']);
  });

  test.each([
    ['to who wants no cache', asked('no-cache', 60_000)],
    ['to who wants it younger', asked('max-age=30', 60_000)],
    ['after an hour', asked(undefined, 3_700_000)],
  ])('it is not told %s', async (_, freshness) => {
    await request().all('users');
    server.fault({ mode: 'status', status: 503 });

    const told = await request({ freshness }).all('users');

    expect([told.known, told.gaveNothing]).toEqual([[], true]);
  });

  test('a refusal is no outage', async () => {
    await request().all('users');
    server.fault({ mode: 'status', status: 403 });

    expect((await request({ freshness: later() }).all('users')).gaveNothing).toBe(true);
  });

  test('a row by its id is told, too', async () => {
    await lookUp(request(), a('u1'));
    server.fault({ mode: 'status', status: 503 });

    expect(await lookUp(request({ freshness: later() }), a('u1'))).toEqual(['u1']);
  });
});
