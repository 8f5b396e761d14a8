import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Fault } from '../../src/sandbox/fault-rules.js';
import { openSandboxServer, type SandboxServer } from '../../src/sandbox/server.js';
import { tinyBox, type TinyState } from '../support/tiny-box.js';
import { until } from '../support/until.js';
import { ask, post } from './wire.js';

let server: SandboxServer<TinyState>;

beforeEach(async () => {
  server = await openSandboxServer(tinyBox());
});

afterEach(async () => {
  await until(() => server.live.requests === 0);
  expect(server.failures).toEqual([]);
  await server.close();
  expect(server.live).toEqual({ sockets: 0, requests: 0 });
});

const OUTAGE: Fault = { mode: 'status', status: 503 };
const statuses = async (paths: readonly string[]): Promise<(number | undefined)[]> => {
  const heard: (number | undefined)[] = [];
  for (const path of paths) heard.push((await ask(server.origin, { path })).status);
  return heard;
};

test('all of them until the faults are cleared', async () => {
  server.fault(OUTAGE);

  expect(await statuses(['/notes', '/motto'])).toEqual([503, 503]);
  server.clearFaults();
  expect(await statuses(['/notes'])).toEqual([200]);
});

test('so many times', async () => {
  server.fault({ ...OUTAGE, times: 2 });

  expect(await statuses(['/notes', '/notes', '/notes'])).toEqual([503, 503, 200]);
});

test('those whose `METHOD target` matches, also with a global pattern', async () => {
  server.fault({ ...OUTAGE, match: /^GET \/notes\?page=2$/g });

  expect(await statuses(['/notes', '/notes?page=2', '/notes?page=2'])).toEqual([200, 503, 503]);
});

test('those that a function picks', async () => {
  server.fault({ ...OUTAGE, match: ({ headers }) => headers['x-author'] === 'Ana' });

  expect((await post(server.origin, 'a', { headers: { 'x-author': 'Ana' } })).status).toBe(503);
  expect((await post(server.origin, 'b', { headers: { 'x-author': 'Benjy' } })).status).toBe(201);
});

test('one rule after the other, the oldest first', async () => {
  server.fault({ ...OUTAGE, times: 1 });
  server.fault({ mode: 'status', status: 500, times: 1 });

  expect(await statuses(['/notes', '/notes', '/notes'])).toEqual([503, 500, 200]);
});
