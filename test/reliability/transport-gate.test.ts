import { performance } from 'node:perf_hooks';
import { setImmediate as turn } from 'node:timers/promises';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Gate, QuotaUsedUp } from '../../src/http/gate.js';
import type { Transport } from '../../src/http/transport.js';
import { openSandboxServer, type SandboxServer } from '../../src/sandbox/server.js';
import { tinyBox } from '../support/tiny-box.js';
import { until } from '../support/until.js';
import { ended, readNotes, transportTo, writeNote } from './transport-under-test.js';

let server: SandboxServer;
let transport: Transport | undefined;

beforeEach(async () => {
  server = await openSandboxServer(tinyBox());
});

afterEach(async () => {
  transport?.close();
  await server.close();
});

describe('places', () => {
  test('are never more than the source has, and all of them are used', async () => {
    transport = transportTo(server.origin, { concurrency: 4, readTimeoutMs: 2000 });
    let most = 0;
    server.fault({ mode: 'slow', ms: 5, match: () => ((most = Math.max(most, server.live.requests)), true) });

    const ends = await Promise.all(Array.from({ length: 60 }, () => ended(transport!)));

    expect(ends.filter(({ code }) => code)).toEqual([]);
    expect(most).toBe(4);
  });

  test('time that is spent waiting for one counts as no timeout, and is told', async () => {
    transport = transportTo(server.origin, { concurrency: 1 });
    server.setLatency(60);

    const ends = await Promise.all(Array.from({ length: 5 }, () => ended(transport!)));

    expect(ends.map(({ code }) => code)).toEqual(Array(5).fill(undefined));
    expect(ends[0]!.receipt.waitedMs).toBeLessThan(30);
    expect(ends[4]!.receipt.waitedMs).toBeGreaterThan(230);
  });

  test('are not waited for by one who has left: he goes at once, and the next comes up', async () => {
    transport = transportTo(server.origin, { concurrency: 1 });
    server.fault({ mode: 'slow', ms: 80, times: 1 });
    const leaving = new AbortController();
    const first = ended(transport);
    const second = ended(transport, { ...readNotes, path: '/notes?second' }, leaving.signal);
    const third = ended(transport);
    await until(() => server.live.requests === 1);

    leaving.abort();
    const { ms, receipt } = await second.catch((error: unknown) => ({ ms: 0, receipt: null, error }));

    expect(ms).toBeLessThan(60);
    expect(receipt?.attempts ?? 0).toBe(0);
    expect(await Promise.all([first, third])).toMatchObject([{ value: {} }, { value: {} }]);
    expect(server.journal.map(({ target }) => target)).toEqual(['/notes', '/notes']);
  });

  test('are none lost and none made, whoever comes, leaves or gives up when', async () => {
    const step = fc.oneof(
      { weight: 3, arbitrary: fc.constant({ act: 'enter' as const, at: 0 }) },
      fc.record({ act: fc.constantFrom('leave' as const, 'give up' as const), at: fc.nat(20) }),
    );
    const check = async (places: number, steps: readonly { act: 'enter' | 'leave' | 'give up'; at: number }[]) => {
      const gate = new Gate(places, null);
      const inside: (() => void)[] = [];
      const waiting = new Set<AbortController>();
      for (const { act, at } of steps) {
        if (act === 'enter') {
          const client = new AbortController();
          waiting.add(client);
          gate.enter(0, client.signal).then(
            (leave) => (waiting.delete(client), inside.push(leave)),
            () => waiting.delete(client),
          );
        }
        if (act === 'leave') inside.splice(at % (inside.length || 1), 1).forEach((leave) => (leave(), leave()));
        if (act === 'give up') [...waiting][at % (waiting.size || 1)]?.abort();
        await turn();

        expect(inside.length).toBeLessThanOrEqual(places);
        if (waiting.size > 0) expect(inside.length).toBe(places);
      }
    };
    await fc.assert(fc.asyncProperty(fc.integer({ min: 1, max: 4 }), fc.array(step, { maxLength: 60 }), check));
  });
});

describe('a quota of requests a minute', () => {
  const here = new AbortController().signal;
  let ahead = 0;
  const now = () => performance.now() + ahead;

  beforeEach(() => {
    ahead = 0;
  });

  test('that is used up is said with the time to come back; nothing is sent then, no write is unknown', async () => {
    transport = transportTo(server.origin, { requestsPerMinute: 2 });
    await ended(transport, writeNote);
    await ended(transport);

    for (const call of [readNotes, writeNote]) {
      const { code, error, receipt, ms } = await ended(transport, call);
      expect(code).toBe('VENDOR_RATE_LIMITED');
      expect(error?.retryAfterSeconds).toBeGreaterThanOrEqual(59);
      expect(error?.retryAfterSeconds).toBeLessThanOrEqual(60);
      expect(receipt).toMatchObject({ attempts: 0, sent: false });
      expect(ms).toBeLessThan(60);
    }
    expect(server.journal).toHaveLength(2);
  });

  test('that is free again soon is waited for', async () => {
    const gate = new Gate(8, 2, now);
    await gate.enter(0, here);
    await gate.enter(0, here);
    ahead = 59_950;
    const began = performance.now();

    const leave = await gate.enter(200, here);

    expect(performance.now() - began).toBeGreaterThan(40);
    leave();
  });

  test('lets through no more than it is, of those who wait too', async () => {
    const gate = new Gate(8, 3, now);
    for (let nr = 0; nr < 3; nr++) await gate.enter(0, here);
    ahead = 59_950;

    const entries = await Promise.allSettled(Array.from({ length: 5 }, () => gate.enter(100, here)));

    const refused = entries.flatMap((entry) => (entry.status === 'rejected' ? [entry.reason as unknown] : []));
    expect(entries.length - refused.length).toBe(3);
    expect(refused.every((error) => error instanceof QuotaUsedUp)).toBe(true);
  });

  test('is not waited for by one who has left, and his place is free again', async () => {
    const gate = new Gate(1, 1, now);
    (await gate.enter(0, here))();
    ahead = 50_000;
    const leaving = new AbortController();
    const waiting = gate.enter(60_000, leaving.signal);
    await turn();
    leaving.abort(new Error('left'));

    await expect(waiting).rejects.toThrow('left');
    await expect(gate.enter(0, here)).rejects.toThrow(QuotaUsedUp);
  });
});
