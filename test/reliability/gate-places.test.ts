import { setImmediate as turn } from 'node:timers/promises';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Transport } from '../../src/http/transport.js';
import { openSandboxServer, type SandboxServer } from '../../src/sandbox/server.js';
import { tinyBox } from '../support/tiny-box.js';
import { until } from '../support/until.js';
import { ask, end, gateOf, operation, trusted, type Asked } from './gate-under-test.js';
import { ended, readNotes, transportTo } from './transport-under-test.js';

describe('places', () => {
  let server: SandboxServer;
  let transport: Transport | undefined;

  beforeEach(async () => {
    server = await openSandboxServer(tinyBox());
  });
  afterEach(async () => {
    transport?.close();
    await server.close();
  });

  test('are never more than the source has, and all of them are used', async () => {
    transport = transportTo(server.origin, { concurrency: 4, readTimeoutMs: 2000 });
    let most = 0;
    server.fault({ mode: 'slow', ms: 5, match: () => ((most = Math.max(most, server.live.requests)), true) });

    const ends = await Promise.all(Array.from({ length: 60 }, () => ended(transport!)));

    expect(ends.filter(({ code }) => code)).toEqual([]);
    expect(most).toBe(4);
  });

  test(
    'of a source that answers are waited for longer than its timeout, and the wait is told',
    { retry: 2 },
    async () => {
      transport = transportTo(server.origin, { concurrency: 1 });
      server.setLatency(60);

      const ends = await Promise.all(Array.from({ length: 5 }, () => ended(transport!)));

      expect(ends.map(({ code }) => code)).toEqual(Array(5).fill(undefined));
      expect(ends[0]!.receipt.waitedMs).toBeLessThan(30);
      expect(ends[4]!.receipt.waitedMs).toBeGreaterThan(230);
    },
  );

  test('are not waited for by one who has left: he goes at once, and the next comes up', async () => {
    transport = transportTo(server.origin, { concurrency: 1 });
    server.fault({ mode: 'slow', ms: 80, times: 1 });
    const leaving = new AbortController();
    const first = ended(transport);
    const second = ended(transport, { ...readNotes, path: '/notes?second' }, leaving.signal);
    const third = ended(transport);
    await until(() => server.live.requests === 1);

    leaving.abort();
    const { ms, receipt } = await second;

    expect(ms).toBeLessThan(60);
    expect(receipt.attempts).toBe(0);
    expect(await Promise.all([first, third])).toMatchObject([{ value: {} }, { value: {} }]);
    expect(server.journal.map(({ target }) => target)).toEqual(['/notes', '/notes']);
  });
});

test('places are none lost and none made, whoever comes, leaves or gives up when', async () => {
  const step = fc.oneof(
    { weight: 3, arbitrary: fc.constant({ act: 'enter' as const, at: 0 }) },
    fc.record({ act: fc.constantFrom('leave' as const, 'give up' as const), at: fc.nat(20) }),
  );
  const check = async (places: number, steps: readonly { act: 'enter' | 'leave' | 'give up'; at: number }[]) => {
    const { gate } = trusted(gateOf(places));
    const operations = [operation(), operation(), operation()];
    let asked: { readonly one: Asked; readonly client: AbortController }[] = [];
    for (const [nr, { act, at }] of steps.entries()) {
      const inside = asked.filter(({ one }) => one.pass);
      const waiting = asked.filter(({ one }) => !one.pass);
      if (act === 'enter') {
        const client = new AbortController();
        asked.push({ one: ask(gate, operations[nr % 3], { signal: client.signal }), client });
      }
      const leaver = inside[at % (inside.length || 1)];
      if (act === 'leave' && leaver) end(gate, leaver.one);
      const quitter = waiting[at % (waiting.length || 1)];
      if (act === 'give up') quitter?.client.abort();
      await turn();
      asked = asked.filter((entry) => !entry.one.refused && !(act === 'leave' && entry === leaver));

      const [ins, outs] = [asked.filter(({ one }) => one.pass), asked.filter(({ one }) => !one.pass)];
      expect([gate.state.inFlight, gate.state.waiting]).toEqual([ins.length, outs.length]);
      expect(ins.length).toBe(Math.min(places, asked.length));
    }
  };
  await fc.assert(fc.asyncProperty(fc.integer({ min: 1, max: 4 }), fc.array(step, { maxLength: 60 }), check));
});

describe('turns', () => {
  /** Lets one in after the other, and tells of whom they were. */
  async function served(gate: ReturnType<typeof gateOf>['gate'], asked: Map<Asked, string>): Promise<string[]> {
    const order: string[] = [];
    for (const left = new Map(asked); left.size > 0; await turn()) {
      const inside = [...left].filter(([one]) => one.pass);
      for (const [one, name] of inside) {
        order.push(name);
        left.delete(one);
        end(gate, one);
      }
    }
    return order;
  }

  test('are given to operations one after the other, not to the calls of the one who planned most', async () => {
    const { gate } = gateOf(1);
    const asked = new Map<Asked, string>();
    const first = ask(gate);
    await turn();
    const [many, few, one] = [operation(), operation(), operation()];
    for (let nr = 0; nr < 128; nr++) asked.set(ask(gate, many), 'many');
    for (let nr = 0; nr < 3; nr++) asked.set(ask(gate, few), 'few');
    asked.set(ask(gate, one), 'one');
    await turn();

    end(gate, first);
    await turn();
    const order = await served(gate, asked);

    expect(order.slice(0, 7)).toEqual(['many', 'few', 'one', 'many', 'few', 'many', 'few']);
    expect(order.slice(7)).toEqual(Array(125).fill('many'));
  });

  test('control: in order of arrival, the one call would come after 128 others', async () => {
    const { gate } = gateOf(1);
    const asked = new Map<Asked, string>();
    const first = ask(gate);
    await turn();
    const everybody = operation();
    for (let nr = 0; nr < 128; nr++) asked.set(ask(gate, everybody), 'many');
    asked.set(ask(gate, everybody), 'one');
    await turn();

    end(gate, first);
    await turn();

    expect((await served(gate, asked)).indexOf('one')).toBe(128);
  });
});

describe('no place in time', () => {
  test('is VENDOR_BUSY at once where 64 operations wait already; one operation never fills the queue by itself', async () => {
    const { gate } = gateOf(2);
    const [inside] = [ask(gate), ask(gate)];
    await turn();
    const one = operation();
    const own = Array.from({ length: 500 }, () => ask(gate, one));
    const others = Array.from({ length: 63 }, () => ask(gate));
    const tooMany = ask(gate);
    const more = ask(gate, one);
    await turn();

    expect(gate.state).toMatchObject({ waiting: 564, waitingOperations: 64 });
    expect(tooMany.refused).toEqual(['VENDOR_BUSY', 1]);
    expect([...own, ...others, more].filter(({ refused }) => refused)).toEqual([]);
    // An operation that has had a place before goes on.
    const begun = ask(gate, inside!.pass!.operation);
    await turn();
    expect(begun.refused).toBeNull();
  });

  test('is VENDOR_BUSY at once for one whose time would end before his turn, as far as the last answers tell', async () => {
    const { gate, clock } = gateOf(1);
    for (let nr = 0; nr < 30; nr++) {
      const call = ask(gate);
      await clock.pass(1_000);
      end(gate, call);
    }
    ask(gate);
    await turn();
    for (let nr = 0; nr < 5; nr++) ask(gate);
    await turn();

    const [hasty, patient] = [ask(gate, operation(), { patience: 4_000 }), ask(gate, operation(), { patience: 9_000 })];
    await turn();

    expect(hasty.refused).toEqual(['VENDOR_BUSY', 5]);
    expect(patient.refused).toBeNull();
  });

  test('is VENDOR_BUSY for one whose time ends while he waits for his first place, VENDOR_TIMEOUT for one who has had one', async () => {
    const { gate } = gateOf(1);
    const reason = new Error('over');
    const [shutOut, begun] = [operation(), operation()];
    const [client, other] = [new AbortController(), new AbortController()];
    ask(gate, begun);
    await turn();
    const asked = [ask(gate, shutOut, { signal: client.signal }), ask(gate, begun, { signal: other.signal })];
    await turn();
    shutOut.isOver = begun.isOver = true;

    client.abort(reason);
    other.abort(reason);
    await turn();

    expect(asked.map(({ refused }) => refused)).toEqual([
      ['VENDOR_BUSY', 1],
      ['VENDOR_TIMEOUT', null],
    ]);
  });

  test('is VENDOR_BUSY for a write that has waited as long as it may', async () => {
    const { gate, clock } = gateOf(1);
    const first = ask(gate);
    await turn();
    const write = ask(gate, operation(), { patience: 300, timeoutMs: 15_000 });
    await clock.pass(250);
    expect(write.refused).toBeNull();
    await clock.pass(100);

    expect(write.refused).toEqual(['VENDOR_BUSY', 1]);
    end(gate, first);
    expect(clock.timers).toBe(0);
  });
});

describe('a source that answers nobody', () => {
  test('is waited for once: what the wait for a place took of it is taken off the call’s own deadline', async () => {
    const { gate, clock } = gateOf(1);
    const first = ask(gate);
    await clock.pass(2_000);
    const second = ask(gate);
    await clock.pass(3_000);
    end(gate, first, 'silent');
    await turn();

    expect(second.pass?.timeoutMs).toBe(2_000);
  });

  test('ends the wait of those who have waited for it as long as for an answer', async () => {
    const { gate, clock } = gateOf(1);
    ask(gate);
    const second = ask(gate, operation(), { timeoutMs: 500 });
    await clock.pass(480);
    expect(second.refused).toBeNull();
    await clock.pass(40);

    expect(second.refused).toEqual(['VENDOR_TIMEOUT', null]);
    expect(clock.timers).toBe(0);
  });

  test('control: one that answers others is waited for as long as it takes', async () => {
    const { gate, clock } = gateOf(1);
    let inside = ask(gate);
    await turn();
    const busy = Array.from({ length: 20 }, () => ask(gate));
    const last = ask(gate, operation(), { timeoutMs: 500 });
    for (const next of busy) {
      await clock.pass(400);
      end(gate, inside);
      inside = next;
    }
    await clock.pass(400);
    end(gate, inside);
    await turn();

    expect(last.pass?.timeoutMs).toBe(500);
  });

  test('gets no further calls in the places of those it let wait, until it answers somebody', async () => {
    const { gate, clock } = gateOf(8);
    const hung = Array.from({ length: 8 }, () => ask(gate));
    await clock.pass(4_000);
    const waiting = Array.from({ length: 20 }, () => ask(gate));
    await clock.pass(1_000);
    for (const call of hung.slice(0, 4)) end(gate, call, 'silent');
    await turn();
    expect(waiting.filter(({ pass }) => pass)).toEqual([]);

    for (const call of hung.slice(4)) end(gate, call);
    await turn();

    // Four places are held back, and four answers give them back.
    expect(waiting.filter(({ pass }) => pass)).toHaveLength(8);
  });
});
