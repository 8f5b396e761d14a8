import { afterEach, expect, it } from 'vitest';
import { Admission } from '../../src/server/admission/admission.js';
import { KnownCallers } from '../../src/server/admission/callers.js';
import type { IncomingMessage } from 'node:http';
import { until } from '../support/until.js';

const load = { utilization: 1, stallMs: 0, isMemoryShort: false };
let admission: Admission;
let log: string[] = [];

function open(limit: number): void {
  log = [];
  admission = new Admission(limit, { start() {}, stop() {}, look: () => load });
}

afterEach(() => admission?.rest());

function come(caller: string, name: string): () => void {
  const told = log;
  return admission.admit({
    caller,
    kind: 'operation',
    start: () => void told.push(`${name} begins`),
    refuse: () => void told.push(`${name} is turned away`),
  });
}

it('those who wait begin in turn, one of each caller, whoever came first', async () => {
  open(256);
  for (const nth of [1, 2, 3, 4]) come('a', `a${nth}`);
  for (const nth of [1, 2]) come('b', `b${nth}`);

  await until(() => log.length === 6);

  expect(log).toEqual(['a1', 'b1', 'a2', 'b2', 'a3', 'a4'].map((name) => `${name} begins`));
});

it('when it is full, one who has less than his part gets in, in the place of the last of whoever has most', async () => {
  open(100);
  for (let nth = 1; nth <= 100; nth += 1) come('a', `a${nth}`);

  come('b', 'b1');
  come('a', 'a101');

  expect(log).toEqual(['a100 is turned away', 'a101 is turned away']);
  await until(() => log.includes('b1 begins'));
});

it('and where nobody waits whose place he could have, he gets in beside those who run, up to twice the limit', async () => {
  open(64);
  for (let nth = 1; nth <= 64; nth += 1) come('a', `a${nth}`);
  await until(() => log.length === 64);

  for (let nth = 1; nth <= 64; nth += 1) come(`other ${nth}`, `o${nth}`);
  come('yet another', 'last');

  expect(log.filter((line) => line.endsWith('turned away'))).toHaveLength(1);
  expect(admission.counts.inFlight).toBe(128);
});

it('a caller among several has two running while the event loop is busy, and the next begins when one ends', async () => {
  open(256);
  come('b', 'b1');
  const first = Array.from({ length: 20 }, (_, nth) => come('a', `a${nth}`));
  await until(() => log.length === 21);
  // Half of 20, half of that, and so on, as it is looked at ten times a second.
  await new Promise((resolve) => setTimeout(resolve, 800));

  for (const end of first.splice(0, 17)) end();
  come('a', 'next');
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(log).not.toContain('next begins');

  for (const end of first) end();
  await until(() => log.includes('next begins'));
});

it('whose turn it is is known by the credential that a caller came in with before, never kept as it was sent', () => {
  const callers = new KnownCallers(false);
  const sent = (authorization?: string) => ({ headers: { authorization } }) as IncomingMessage;
  callers.learn(sent('Bearer one'), 'ana');
  callers.learn(sent('Bearer two'), 'ana');

  expect(callers.callerOf(sent('Bearer one'))).toBe('ana');
  expect(callers.callerOf(sent('Bearer two'))).toBe('ana');
  expect(callers.callerOf(sent('Bearer guess'))).toBe(callers.callerOf(sent()));
  expect(callers.callerOf(sent('Bearer guess'))).not.toBe('ana');
  expect(new KnownCallers(true).callerOf(sent('Bearer one'))).toBe(new KnownCallers(true).callerOf(sent()));
});
