import { Agent } from 'node:http';
import { connect } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openSandboxServer, type SandboxServer } from '../../src/sandbox/server.js';
import { appliedCalls, bodies, calls, entries, mark } from '../support/journal.js';
import { tinyBox, type TinyState } from '../support/tiny-box.js';
import { until } from '../support/until.js';
import { ask, post } from './wire.js';

let server: SandboxServer<TinyState>;

beforeEach(async () => {
  server = await openSandboxServer(tinyBox());
});

afterEach(() => server.close());

test('keeps every request as it came over the wire', async () => {
  const began = Date.now();
  await post(server.origin, 'Zoë', { path: '/notes?a=%2F..%2f&b', headers: { 'X-Author': 'Ana' } });
  await ask(server.origin, { method: 'PUT', path: '/index.php?/api/v2/x', body: 'no json' });

  expect(server.journal).toEqual([
    {
      sequence: 1,
      method: 'POST',
      target: '/notes?a=%2F..%2f&b',
      headers: expect.objectContaining({ 'x-author': 'Ana', 'content-type': 'application/json' }),
      body: '{"note":"Zoë"}',
      json: { note: 'Zoë' },
      origin: server.origin,
      complete: true,
      at: expect.any(Number),
      fault: null,
      applied: true,
      status: 201,
      answeredAt: expect.any(Number),
    },
    expect.objectContaining({ sequence: 2, method: 'PUT', body: 'no json', json: undefined, status: 404 }),
  ]);
  expect(server.journal[0]?.at).toBeGreaterThanOrEqual(began);
  expect(calls(server)).toEqual(['POST /notes?a=%2F..%2f&b', 'PUT /index.php?/api/v2/x']);
  expect(bodies(server)).toEqual([{ note: 'Zoë' }, 'no json']);
});

test('tells what came after a mark, and what was carried out', async () => {
  await ask(server.origin);
  const here = mark(server);
  server.fault({ mode: 'reset', times: 1 });
  await post(server.origin, 'a');
  await post(server.origin, 'b');

  expect(calls(server, here)).toEqual(['POST /notes', 'POST /notes']);
  expect(bodies(server, here)).toEqual([{ note: 'a' }, { note: 'b' }]);
  expect(appliedCalls(server, here)).toEqual(['POST /notes']);
  expect(entries(server, here).map(({ applied }) => applied)).toEqual([false, true]);
});

test('keeps all of many requests at once, numbered without gaps', async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 20 });
  await Promise.all(Array.from({ length: 300 }, (_, nr) => post(server.origin, `${nr}`, { agent })));
  agent.destroy();

  expect(server.journal.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 300 }, (_, nr) => nr + 1));
  expect(new Set(server.journal.map(({ body }) => body)).size).toBe(300);
  expect(server.box.state.notes).toHaveLength(301);
});

test('keeps a request that broke off, and does not handle it', async () => {
  const socket = connect(Number(new URL(server.origin).port), '127.0.0.1');
  socket.write('POST /notes HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"note":');
  await until(() => server.live.requests === 1);
  socket.destroy();
  await until(() => server.journal.length === 1);

  expect(server.journal[0]).toMatchObject({ method: 'POST', body: '{"note":', complete: false, applied: false });
  expect(server.box.state.notes).toEqual(['first']);
});

test('forgets the oldest requests beyond the limit of its journal', async () => {
  const short = await openSandboxServer(tinyBox(), { journalLimit: 2 });
  for (const path of ['/a', '/b', '/c']) await ask(short.origin, { path });

  expect(short.journal.map(({ sequence, target }) => [sequence, target])).toEqual([
    [2, '/b'],
    [3, '/c'],
  ]);
  await short.close();
});
