import { afterEach, beforeEach, expect, test } from 'vitest';
import { openSandboxServer, type SandboxServer } from '../../src/sandbox/server.js';
import { tinyBox, type TinyState } from '../support/tiny-box.js';
import { until } from '../support/until.js';
import { post } from './wire.js';

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

function last(): SandboxServer['journal'][number] | undefined {
  return server.journal.at(-1);
}

test('late: carried out after the client gave up', async () => {
  server.fault({ mode: 'late', ms: 150 });

  const heard = await post(server.origin, 'late', { patienceMs: 50 });

  expect(heard).toMatchObject({ status: undefined, ended: 'gave up' });
  expect(last()).toMatchObject({ fault: 'late', applied: false });
  await until(() => last()?.applied === true, 1000);
  expect(server.box.state.notes).toEqual(['first', 'late']);
  expect(last()).toMatchObject({ status: null });
});

test('late: who waits hears nothing either', async () => {
  server.fault({ mode: 'late', ms: 20 });

  expect(await post(server.origin, 'late', { patienceMs: 120 })).toMatchObject({ ended: 'gave up' });
  expect(server.box.state.notes).toEqual(['first', 'late']);
});

test.each([
  [undefined, 'ECONNRESET read ECONNRESET'],
  ['reset', 'ECONNRESET read ECONNRESET'],
  ['hang', 'gave up'],
] as const)('lost (%s): carried out at once, never said', async (by, ended) => {
  server.fault({ mode: 'lost', by });

  const heard = await post(server.origin, 'lost', { patienceMs: 100 });

  expect(heard).toMatchObject({ status: undefined, ended });
  expect(server.box.state.notes).toEqual(['first', 'lost']);
  expect(last()).toMatchObject({ fault: 'lost', applied: true, status: null });
});

test('any mode can be told to let the handler run', async () => {
  server.fault({ mode: 'status', status: 502, applied: true });

  expect(await post(server.origin, 'kept')).toMatchObject({ status: 502 });
  expect(server.box.state.notes).toEqual(['first', 'kept']);
  expect(last()).toMatchObject({ applied: true, status: 502 });
});
