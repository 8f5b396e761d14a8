import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { MintedToken } from '../../src/http/connection.js';
import type { RestCall } from '../../src/http/rest-call.js';
import type { Transport } from '../../src/http/transport.js';
import type { FaultRule } from '../../src/sandbox/fault-rules.js';
import { openSandboxServer, type SandboxServer } from '../../src/sandbox/server.js';
import { tinyBox } from '../support/tiny-box.js';
import { until } from '../support/until.js';
import { ended, graceMs, readNotes, timeoutMs, transportTo, writeNote, type Ended } from './transport-under-test.js';

let server: SandboxServer;
let transport: Transport;

beforeEach(async () => {
  server = await openSandboxServer(tinyBox());
  transport = transportTo(server.origin);
});

afterEach(async () => {
  transport.close();
  await server.close();
});

const late = { code: 'VENDOR_TIMEOUT', ms: expect.any(Number) };

function expectInTime({ ms }: Ended): void {
  expect(ms).toBeGreaterThan(timeoutMs - 5);
  expect(ms).toBeLessThan(timeoutMs + graceMs);
}

const slownesses: readonly FaultRule[] = [
  { mode: 'hang' },
  { mode: 'slow', ms: 1000 },
  { mode: 'slowheaders', ms: 15 },
  { mode: 'drip', ms: 25 },
  { mode: 'late', ms: 1000 },
  { mode: 'status', status: 200, headers: { 'content-length': '1000', 'content-type': 'application/json' }, body: '[' },
];

// A busy machine may be late three times out of four; what is promised is promised of ours, not of its scheduler.
describe.each(slownesses)('$mode', { retry: 3 }, (slowness) => {
  test('a read ends at its deadline, and its socket with it', async () => {
    server.fault(slowness);

    const end = await ended(transport);

    expect(end).toMatchObject(late);
    expectInTime(end);
    await until(() => server.live.requests === 0 && server.live.sockets === 0, 200);
  });

  test('a write ends at its deadline with an unknown outcome, and is sent once', async () => {
    server.fault(slowness);

    const end = await ended(transport, writeNote);

    expect(end).toMatchObject({ code: 'OUTCOME_UNKNOWN', receipt: { attempts: 1, sent: true } });
    expectInTime(end);
    await pause(50);
    expect(server.journal).toHaveLength(1);
  });
});

test('a write has a deadline of its own', async () => {
  transport.close();
  transport = transportTo(server.origin, { readTimeoutMs: 50, writeTimeoutMs: 400 });
  server.fault({ mode: 'slow', ms: 150 });

  expect(await ended(transport, readNotes)).toMatchObject({ code: 'VENDOR_TIMEOUT' });
  expect(await ended(transport, writeNote)).toMatchObject({ value: { count: 2 } });
});

describe('token and call together', { retry: 3 }, () => {
  const mint: RestCall<MintedToken> = {
    does: 'read',
    method: 'GET',
    path: '/notes?token',
    parse: () => ({ token: 't', expiresAt: new Date(Date.now() + 3_600_000) }),
  };
  beforeEach(() => {
    transport.close();
    transport = transportTo(server.origin, {}, { minted: { call: mint, headers: () => ({}) } });
  });

  test('have one deadline', async () => {
    server.fault({ mode: 'slow', ms: 120, match: /token/ });
    server.fault({ mode: 'slow', ms: 120 });

    const end = await ended(transport);

    expect(end).toMatchObject({ ...late, receipt: { attempts: 1 } });
    expectInTime(end);
  });

  test('have one deadline over a renewed token too', async () => {
    server.fault({ mode: 'slow', ms: 40, match: /token/ });
    server.fault({ mode: 'status', status: 401, times: 1 });
    server.fault({ mode: 'slow', ms: 150 });

    const end = await ended(transport);

    expect(end).toMatchObject({ ...late, receipt: { attempts: 2 } });
    expectInTime(end);
  });

  test('end when the token does not come; nothing has been sent then', async () => {
    server.fault({ mode: 'hang', match: /token/ });

    const [read, write] = await Promise.all([ended(transport), ended(transport, writeNote)]);

    expect([read, write]).toMatchObject([late, { ...late, receipt: { sent: false, attempts: 0 } }]);
    expectInTime(read);
    expectInTime(write);
  });
});

describe('a server that takes the connection and says nothing', () => {
  const sockets = new Set<Socket>();
  let silent: Server;

  beforeEach(async () => {
    silent = createServer((socket) => sockets.add(socket.on('error', () => {})));
    await new Promise<void>((listening) => silent.listen(0, '127.0.0.1', listening));
    transport.close();
    transport = transportTo(`https://127.0.0.1:${(silent.address() as AddressInfo).port}`);
  });

  afterEach(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((closed) => silent.close(closed));
  });

  test('costs the deadline, and not even a write has left before the handshake', { retry: 3 }, async () => {
    const [read, write] = await Promise.all([ended(transport), ended(transport, writeNote)]);

    expect([read, write]).toMatchObject([late, { ...late, receipt: { sent: false } }]);
    expectInTime(read);
    expectInTime(write);
  });
});
