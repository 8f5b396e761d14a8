import { getEventListeners, setMaxListeners } from 'node:events';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Transport } from '../../src/http/transport.js';
import type { FaultRule } from '../../src/sandbox/fault-rules.js';
import { openSandboxServer, type SandboxServer } from '../../src/sandbox/server.js';
import { nobodysOrigin, openRawServer } from '../support/raw-server.js';
import { tinyBox, type TinyState } from '../support/tiny-box.js';
import { until } from '../support/until.js';
import { ended, hasty, readNotes, transportTo, writeNote } from './transport-under-test.js';

let server: SandboxServer<TinyState>;
let transport: Transport;

beforeEach(async () => {
  server = await openSandboxServer(tinyBox());
  transport = transportTo(server.origin);
});

afterEach(async () => {
  transport.close();
  await server.close();
});

test('twenty calls one after the other, reads and writes and refusals, go over one socket', async () => {
  for (let nr = 0; nr < 20; nr++) {
    const call = [readNotes, writeNote, { ...readNotes, path: '/unknown' }][nr % 3]!;
    await ended(transport, call);
    expect(server.live).toEqual({ sockets: 1, requests: 0 });
  }

  expect(server.journal).toHaveLength(20);
});

test('two hundred calls at once go over as many sockets as there are places', async () => {
  server.setLatency(2);

  await Promise.all(Array.from({ length: 200 }, () => ended(transport)));

  expect(server.live).toEqual({ sockets: 8, requests: 0 });
});

test('sockets are shared with no other source, and end when the source is closed', async () => {
  const other = transportTo(server.origin);
  await Promise.all([ended(transport), ended(other)]);
  expect(server.live.sockets).toBe(2);

  transport.close();
  other.close();

  await until(() => server.live.sockets === 0);
});

const faults: readonly FaultRule[] = [
  { mode: 'hang' },
  { mode: 'slow', ms: 5000 },
  { mode: 'drip', ms: 250 },
  { mode: 'slowheaders', ms: 50 },
  { mode: 'half' },
  { mode: 'truncated-json' },
  { mode: 'reset' },
  { mode: 'fin' },
  { mode: 'status', status: 401, body: 'x'.repeat(100_000) },
  { mode: 'status', status: 429, headers: { 'retry-after': '1' } },
  { mode: 'status', status: 503, body: 'x'.repeat(100_000) },
  { mode: 'html' },
  { mode: 'garbage' },
  { mode: 'deep' },
  { mode: 'bomb', bytes: 64 << 20 },
  { mode: 'gzbomb', bytes: 64 << 20 },
  { mode: 'redirect', location: 'http://127.0.0.1:9/' },
  { mode: 'lost' },
  { mode: 'lost', by: 'hang' },
];

// On a machine with other work to do, eight at a time may not all have left within the deadline.
describe.each(faults)('after $mode', { retry: 2 }, (fault) => {
  test('no request and no listener is left, no write went out twice, and a source that is well is asked again', async () => {
    transport = transportTo(server.origin, { readTimeoutMs: 1_500, writeTimeoutMs: 1_500 });
    // It is well known when it falls ill, so that it is asked by as many as it has places.
    await ended(transport);
    server.fault({ ...fault, times: 16 });
    const signal = new AbortController().signal;
    setMaxListeners(0, signal);

    const ends = await Promise.all(
      Array.from({ length: 16 }, (_, nr) => ended(transport, nr % 2 ? writeNote : readNotes, signal, hasty(100))),
    );

    expect(ends.filter(({ code }) => code === undefined)).toEqual([]);
    await until(() => server.live.requests === 0 && server.live.sockets <= 8, 250);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
    expect(transport.state).toMatchObject({ inFlight: 0, waiting: 0 });
    const sent = ends.reduce((sum, { receipt }) => sum + receipt.attempts, 0);
    expect(server.journal).toHaveLength(1 + sent);
    expect(sent).toBeGreaterThanOrEqual(5);
    expect(ends.filter(({ receipt }, nr) => receipt.attempts > (nr % 2 ? 1 : 2))).toEqual([]);
    const again = transportTo(server.origin, { readTimeoutMs: 5_000 });
    server.clearFaults();
    expect(await ended(again)).toMatchObject({ value: { notes: expect.anything() } });
    again.close();
    transport.close();
    await until(() => server.live.sockets === 0, 250);
  });
});

describe('a write that cannot have left', () => {
  test('is unavailable, and not unknown, where nobody listens', async () => {
    const refused = transportTo(await nobodysOrigin());

    expect(await ended(refused, writeNote)).toMatchObject({ code: 'VENDOR_UNAVAILABLE', receipt: { sent: false } });
  });

  test('is unavailable, and not unknown, where the handshake fails', async () => {
    const plain = transportTo(server.origin.replace('http:', 'https:'));

    expect(await ended(plain, writeNote)).toMatchObject({ code: 'VENDOR_UNAVAILABLE', receipt: { sent: false } });
    plain.close();
  });
});

test('a write on a kept socket that the vendor closes under it is not sent again', async () => {
  let served = 0;
  const closing = createTcpServer((socket) => {
    socket
      .on('error', () => {})
      .on('data', () => {
        served += 1;
        if (served > 1) return socket.destroy();
        socket.write('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 12\r\n\r\n{"notes":[]}');
      });
  });
  await new Promise<void>((listening) => closing.listen(0, '127.0.0.1', listening));
  const kept = transportTo(`http://127.0.0.1:${(closing.address() as AddressInfo).port}`);

  expect(await ended(kept)).toMatchObject({ value: { notes: [] } });
  expect(await ended(kept, writeNote)).toMatchObject({ code: 'OUTCOME_UNKNOWN', receipt: { attempts: 1, sent: true } });
  await pause(50);
  kept.close();
  await new Promise((closed) => closing.close(closed));

  expect(served).toBe(2);
});

test('a vendor that closes idle sockets at every turn loses no write and gets none twice', async () => {
  const impatient = await openRawServer((response) => {
    response.setHeader('content-type', 'application/json');
    response.end('{"count":1}', () => setTimeout(() => response.socket?.destroy(), Math.random() * 4));
  });
  const turns = transportTo(impatient.origin);

  const ends: (string | undefined)[] = [];
  for (let nr = 0; nr < 60; nr++) {
    const { code } = await ended(turns, { ...writeNote, path: `/notes?${nr}` });
    ends.push(code);
    await pause(Math.random() * 4);
  }
  turns.close();
  await impatient.close();

  expect(new Set(impatient.seen).size).toBe(impatient.seen.length);
  for (const [nr, code] of ends.entries()) {
    if (code === undefined) expect(impatient.seen).toContain(`POST /notes?${nr}`);
    else expect(code).toBe('OUTCOME_UNKNOWN');
  }
});
