import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { RetryBudget } from '../../src/http/retries.js';
import { alone } from '../../src/http/sender.js';
import type { Transport } from '../../src/http/transport.js';
import type { FaultRule } from '../../src/sandbox/fault-rules.js';
import { openSandboxServer, type SandboxServer } from '../../src/sandbox/server.js';
import { calls } from '../support/journal.js';
import { nobodysOrigin } from '../support/raw-server.js';
import { tinyBox } from '../support/tiny-box.js';
import { ended, readNotes, transportTo, writeNote } from './transport-under-test.js';

let server: SandboxServer;
let transport: Transport;
const roomy = { readTimeoutMs: 3_000, writeTimeoutMs: 3_000 };

beforeEach(async () => {
  server = await openSandboxServer(tinyBox());
  transport = transportTo(server.origin, roomy);
});
afterEach(async () => {
  transport.close();
  await server.close();
});

/** A read of Velt's kind: its method says nothing. */
const postedRead = { ...readNotes, method: 'POST', body: {} } as const;

describe('a connection that fails before any answer', () => {
  test.each([{ mode: 'reset' }, { mode: 'fin' }] as const)(
    '($mode) is tried once more by a read, after 20 to 80 ms',
    async ({ mode }) => {
      server.fault({ mode, times: 1 });

      const { value, receipt, ms } = await ended(transport);

      expect(value).toEqual({ notes: ['first'] });
      expect(receipt).toMatchObject({ attempts: 2, retried: true, earlier: [null], status: 200 });
      expect(ms).toBeGreaterThan(19);
      expect(calls(server)).toEqual(['GET /notes', 'GET /notes']);
      expect(transport.state).toMatchObject({ retries: 1, breaker: 'closed', inFlight: 0 });
    },
  );

  test('is tried once more and no third time', async () => {
    server.fault({ mode: 'reset' });

    expect(await ended(transport)).toMatchObject({ code: 'VENDOR_UNAVAILABLE', receipt: { attempts: 2 } });
    expect(server.journal).toHaveLength(2);
  });

  test('is tried again where nobody listens, too', async () => {
    const nobody = transportTo(await nobodysOrigin(), roomy);

    expect(await ended(nobody)).toMatchObject({ code: 'VENDOR_UNAVAILABLE', receipt: { attempts: 2, sent: false } });
  });

  test('is tried again by what reads, whatever its method is, and never by what writes', async () => {
    server.fault({ mode: 'reset', times: 1 });
    await ended(transport, postedRead);
    expect(calls(server)).toEqual(['POST /notes', 'POST /notes']);

    server.fault({ mode: 'reset', times: 1 });
    const get = { ...writeNote, method: 'GET', body: undefined } as const;
    expect(await ended(transport, get)).toMatchObject({ code: 'OUTCOME_UNKNOWN', receipt: { attempts: 1 } });
    expect(server.journal).toHaveLength(3);
  });

  test('is not tried again by one who may send no further call, nor by one who has left', async () => {
    server.fault({ mode: 'reset' });
    const spent = { ...alone(), take: () => false };
    expect(await ended(transport, readNotes, undefined, spent)).toMatchObject({ receipt: { attempts: 1 } });

    const leaving = new AbortController();
    const left = ended(transport, readNotes, leaving.signal);
    server.clearFaults();
    server.fault({ mode: 'reset', match: () => (leaving.abort(), true) });
    expect(await left).toMatchObject({ receipt: { attempts: 1 } });
    expect(server.journal).toHaveLength(2);
  });

  test('and its second try have one deadline together', { retry: 3 }, async () => {
    const brief = transportTo(server.origin);
    server.fault({ mode: 'reset', times: 1 });
    server.fault({ mode: 'hang' });

    const { code, receipt, ms } = await ended(brief);
    brief.close();

    expect({ code, attempts: receipt.attempts }).toEqual({ code: 'VENDOR_TIMEOUT', attempts: 2 });
    expect(ms).toBeLessThan(250);
  });
});

const answered: readonly FaultRule[] = [
  { mode: 'half' },
  { mode: 'truncated-json' },
  { mode: 'garbage' },
  { mode: 'html' },
  { mode: 'wrongshape' },
  { mode: 'redirect', location: '/elsewhere' },
  { mode: 'status', status: 429, headers: { 'retry-after': '0' } },
  { mode: 'status', status: 500 },
  { mode: 'status', status: 503 },
  { mode: 'status', status: 404 },
];

test.each(answered)('what was answered ($mode $status) is not asked again', async (fault) => {
  server.fault(fault);

  expect((await ended(transport)).receipt.attempts).toBe(1);
  expect(server.journal).toHaveLength(1);
});

describe('an answer of which a part has come', () => {
  let partial: Server;
  let seen = 0;

  beforeEach(async () => {
    seen = 0;
    partial = createServer((socket) => {
      socket
        .on('error', () => {})
        .once('data', () => {
          seen += 1;
          socket.write('HTTP/1.1 200 O', () => setTimeout(() => socket.destroy(), 20));
        });
    });
    await new Promise<void>((listening) => partial.listen(0, '127.0.0.1', listening));
  });
  afterEach(() => new Promise((closed) => partial.close(closed)));

  test('is not asked for again, even where its head was not whole', async () => {
    const cut = transportTo(`http://127.0.0.1:${(partial.address() as AddressInfo).port}`, roomy);

    expect((await ended(cut)).receipt.attempts).toBe(1);
    cut.close();
    expect(seen).toBe(1);
  });
});

test('no more than a fifth of the calls of the last ten seconds are sent again, but three in any case', () => {
  let now = 50_000;
  const budget = new RetryBudget(() => now);
  const takeAll = () => {
    let taken = 0;
    while (budget.take()) taken += 1;
    return taken;
  };

  expect(takeAll()).toBe(3);
  for (let nr = 0; nr < 100; nr++) budget.call();
  expect(takeAll()).toBe(17);
  now += 9_000;
  expect(takeAll()).toBe(0);
  now += 1_000;
  expect(takeAll()).toBe(3);
  now += 3_600_000;
  for (let nr = 0; nr < 10; nr++) budget.call();
  expect([takeAll(), budget.total]).toEqual([3, 26]);
});

test('a source that refuses every connection is asked at most a fifth more for it', async () => {
  const many = transportTo(await nobodysOrigin(), { ...roomy, concurrency: 64 });

  const ends = await Promise.all(Array.from({ length: 60 }, () => ended(many)));

  const sent = ends.reduce((sum, { receipt }) => sum + receipt.attempts, 0);
  expect(ends.filter(({ receipt }) => receipt.retried).length).toBeLessThanOrEqual(Math.max(3, 0.2 * sent));
});
