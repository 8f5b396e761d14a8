/** What a vendor hears of a crowd when it begins to refuse everybody: real sockets, answers after 20 ms as in life. */
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { FaultRule } from '../../src/sandbox/fault-rules.js';
import { type Sandbox } from '../../src/sandbox/sandbox.js';
import { openSandboxServer } from '../../src/sandbox/server.js';
import { boxes } from '../../src/vendors/all.js';
import { tinyBox } from '../support/tiny-box.js';
import { openRollcall } from '../support/rollcall.js';
import { ended, hasty, transportTo } from './transport-under-test.js';

const latencyMs = 20;
const stormMs = 5_000;
const refuses: FaultRule = { mode: 'status', status: 429, headers: { 'retry-after': '1' } };
const fails: FaultRule = { mode: 'status', status: 500 };

/** Acts 250 times in 5 s, so many times at once. */
async function crowd(atOnce: number, act: () => Promise<unknown>): Promise<void> {
  const began = performance.now();
  const all: Promise<unknown>[] = [];
  while (all.length < 250) {
    const due = began + (stormMs * all.length) / 250;
    await pause(Math.max(0, due - performance.now()));
    for (let nr = 0; nr < atOnce; nr += 1) all.push(act());
  }
  await Promise.all(all);
}

/** How many requests a source with so many places hears of 250 calls in 5 s, `restMs` after it answered well. */
async function heardOf(fault: FaultRule, { places, atOnce, restMs }: Record<'places' | 'atOnce' | 'restMs', number>) {
  const server = await openSandboxServer(tinyBox(), { latencyMs });
  const transport = transportTo(server.origin, { concurrency: places, readTimeoutMs: 1_000 });
  const call = () => ended(transport, undefined, undefined, hasty(1_500));
  await Promise.all(Array.from({ length: 3 }, call));
  await pause(restMs);
  const before = server.journal.length;
  server.fault(fault);
  await crowd(atOnce, call);
  transport.close();
  await server.close();
  const heard = server.journal.slice(before);
  return heard.filter(({ at }) => at < heard[0]!.at + stormMs).length;
}

describe.concurrent('of 250 calls in 5 s', { timeout: 30_000 }, () => {
  test.each([8, 32, 64])(
    'by crowds of 25 a source of %i places that answers 429 hears of six at most',
    async (places) => {
      expect(await heardOf(refuses, { places, atOnce: 25, restMs: 1_100 })).toBeLessThanOrEqual(6);
    },
  );

  test('one after the other a source that answered well until then hears of six at most', async () => {
    expect(await heardOf(refuses, { places: 32, atOnce: 1, restMs: 0 })).toBeLessThanOrEqual(6);
  });

  test.each([8, 32, 64])(
    'by crowds of 25 a source of %i places that answers 500 hears of ten at most',
    async (places) => {
      expect(await heardOf(fails, { places, atOnce: 25, restMs: 1_100 })).toBeLessThanOrEqual(10);
    },
  );

  test('one after the other a source that fails after it answered well hears of ten at most', async () => {
    expect(await heardOf(fails, { places: 32, atOnce: 1, restMs: 0 })).toBeLessThanOrEqual(10);
  });

  // What is on the wire when the first refusal comes cannot be called back.
  test('control: a crowd right after a good answer reaches it with all who have places', async () => {
    expect(await heardOf(refuses, { places: 32, atOnce: 25, restMs: 0 })).toBeGreaterThanOrEqual(25);
  });
});

describe('of 250 operations in 5 s that want every member of every group', { timeout: 60_000 }, () => {
  const query = '{ groups { nodes { id members { nodes { id } } } } }';

  /** How much each vendor hears. */
  async function mostHeard(fault: FaultRule): Promise<Record<string, number>> {
    const sources = Object.fromEntries(boxes.map(({ sourceName }) => [sourceName, { cacheSeconds: 0 }]));
    const rollcall = await openRollcall({ remember: true, latencyMs, sources });
    try {
      await rollcall.ask(query);
      await pause(1_100);
      const { sandbox } = rollcall;
      // Updraft lets nobody read groups.
      const names = Object.keys(sandbox.sources).filter((name) => name !== 'updraft');
      const before = new Map(names.map((name) => [name, sandbox.server(name).journal.length]));
      for (const name of names) sandbox.server(name).fault(fault);
      // Each for himself, so that what is shared hides nothing.
      await crowd(25, () => rollcall.ask(query, {}, { 'cache-control': 'no-cache' }));
      return Object.fromEntries(names.map((name) => [name, heardSince(sandbox, name, before.get(name)!)]));
    } finally {
      await rollcall.close();
    }
  }

  test.each([
    [429, refuses, 6],
    [500, fails, 10],
  ] as const)('vendors that answer %i hear of so few each', async (_status, fault, atMost) => {
    const heard = await mostHeard(fault);

    expect(Object.keys(heard)).toHaveLength(boxes.length - 1);
    const isKept = (count: number) => count > 1 && count <= atMost;
    expect(Object.entries(heard).filter(([, count]) => !isKept(count))).toEqual([]);
  });
});

function heardSince(sandbox: Sandbox, name: string, before: number): number {
  const heard = sandbox.server(name).journal.slice(before);
  return heard.filter(({ at }) => at < heard[0]!.at + stormMs).length;
}
