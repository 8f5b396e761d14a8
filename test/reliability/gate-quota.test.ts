import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Allowance } from '../../src/http/allowance.js';
import { newReceipt } from '../../src/http/receipt.js';
import { Session } from '../../src/http/session.js';
import type { Transport } from '../../src/http/transport.js';
import { openSandboxServer, type SandboxServer } from '../../src/sandbox/server.js';
import { tinyBox } from '../support/tiny-box.js';
import { ask, end, gateOf, operation, trusted } from './gate-under-test.js';
import { outcomeOf, readNotes, transportTo, writeNote } from './transport-under-test.js';

let server: SandboxServer;
let transport: Transport;

beforeEach(async () => {
  server = await openSandboxServer(tinyBox());
});
afterEach(async () => {
  transport?.close();
  await server.close();
});

test('a quota that is used up for longer than one may wait is said at once; nothing is sent, no write is unknown', async () => {
  transport = transportTo(server.origin, { requestsPerMinute: 2, readTimeoutMs: 5_000, writeTimeoutMs: 5_000 });
  const session = new Session(transport, { allowance: new Allowance({ deadlineMs: 10_000 }) });
  const write = newReceipt();
  await session.write(writeNote, newReceipt());
  await session.read(readNotes);
  const began = performance.now();

  for (const asked of [session.read(readNotes), session.write(writeNote, write)]) {
    const { code, error } = await outcomeOf(asked);
    expect(code).toBe('VENDOR_RATE_LIMITED');
    expect(error?.retryAfterSeconds).toBeGreaterThanOrEqual(58);
    expect(error?.retryAfterSeconds).toBeLessThanOrEqual(60);
  }

  expect(performance.now() - began).toBeLessThan(2_000);
  expect(write).toMatchObject({ attempts: 0, sent: false });
  expect(server.journal).toHaveLength(2);
  expect(transport.state).toMatchObject({ quotaLeft: 0, minuteLeft: 0 });
});

test('one that is free again within the time that is left is waited for', async () => {
  const { gate, clock } = gateOf(8, 2);
  for (let nr = 0; nr < 2; nr++) end(gate, await inside(gate));
  await clock.pass(55_000);
  const [brief, long] = [ask(gate, operation(), { patience: 4_000 }), ask(gate, operation(), { patience: 6_000 })];
  await clock.pass(4_900);
  expect([brief.refused, long.pass]).toEqual([['VENDOR_RATE_LIMITED', 5], null]);

  await clock.pass(120);

  expect(long.pass).not.toBeNull();
});

test('who has all the time there is gets everything in the end: never more than the quota in any minute, round by round', async () => {
  const { gate, clock } = gateOf(8, 10);
  const dataset = operation();
  const sent: number[] = [];
  const calls = Array.from({ length: 35 }, async () => {
    const ticket = { operation: dataset, patienceMs: () => Infinity, timeoutMs: 5_000, signal };
    const pass = await gate.enter(ticket);
    sent.push(clock.now());
    gate.note(pass, 'good');
    gate.leave(pass, 'answered');
  });
  await turn();
  for (let minute = 0; minute < 4; minute++) await clock.pass(60_050);
  await Promise.all(calls);

  const ofMinute = (from: number) => sent.filter((at) => at >= from && at < from + 60_000).length;
  expect(Math.max(...sent.map(ofMinute))).toBe(10);
  expect(sent.at(-1)! - sent[0]!).toBeLessThan(3 * 60_000 + 200);
});
const { signal } = new AbortController();

test('of many calls of one operation those are refused at once that would come too late, and no others', async () => {
  const { gate, clock } = gateOf(8, 10);
  for (let nr = 0; nr < 10; nr++) end(gate, await inside(gate));
  await clock.pass(55_000);
  const one = operation();
  const calls = Array.from({ length: 40 }, () => ask(gate, one, { patience: 10_000 }));
  await turn();

  expect(calls.filter(({ refused }) => refused).map(({ refused }) => refused)).toEqual(
    Array(30).fill(['VENDOR_RATE_LIMITED', 65]),
  );
  await clock.pass(4_950);
  trusted({ gate, clock });
  await clock.pass(100);
  expect(calls.filter(({ pass }) => pass)).toHaveLength(8);
});

test('one is not waited for by one who has left, and his part goes to another', async () => {
  const { gate, clock } = gateOf(1, 1);
  end(gate, await inside(gate));
  const client = new AbortController();
  const left = ask(gate, operation(), { signal: client.signal });
  const other = ask(gate);
  await turn();

  client.abort('left');
  await clock.pass(60_000);

  expect([left.refused, other.refused]).toEqual(['left', null]);
  expect(other.pass).not.toBeNull();
});

async function inside(gate: ReturnType<typeof gateOf>['gate']) {
  const asked = ask(gate);
  await turn();
  return asked;
}
