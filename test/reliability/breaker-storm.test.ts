import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Allowance } from '../../src/http/allowance.js';
import { Session } from '../../src/http/session.js';
import type { Transport } from '../../src/http/transport.js';
import type { FaultRule } from '../../src/sandbox/fault-rules.js';
import { openSandboxServer, type SandboxServer } from '../../src/sandbox/server.js';
import { tinyBox } from '../support/tiny-box.js';
import { ask, end, gateOf, operation, type Asked } from './gate-under-test.js';
import { outcomeOf, readNotes, transportTo, type Ended } from './transport-under-test.js';

const deadlineMs = 1_500;
const concurrency = 3;
const stormMs = 5_000;

/** One operation of one call, with a time of its own. */
async function operate(transport: Transport): Promise<Pick<Ended, 'value' | 'code' | 'error'>> {
  const session = new Session(transport, { allowance: new Allowance({ deadlineMs }) });
  const end = setTimeout(() => session.expire(), deadlineMs);
  return outcomeOf(session.read(readNotes)).finally(() => clearTimeout(end));
}

async function opened(): Promise<{ server: SandboxServer; transport: Transport }> {
  const server = await openSandboxServer(tinyBox());
  return { server, transport: transportTo(server.origin, { concurrency, readTimeoutMs: 1_000 }) };
}

/** 250 operations in 5 s at a source that is so: what came of them, when the source heard of them, and how it is well again. */
async function storm(fault: FaultRule) {
  const { server, transport } = await opened();
  await operate(transport);
  server.fault(fault);
  const asked: ReturnType<typeof operate>[] = [];
  for (const began = performance.now(); asked.length < 250; await pause(10)) {
    while (asked.length < 250 && (performance.now() - began) / stormMs > asked.length / 250)
      asked.push(operate(transport));
  }
  const ends = await Promise.all(asked);
  const heard = server.journal.slice(1).map(({ at, answeredAt }) => ({ at, answeredAt }));
  const first = heard[0]?.at ?? 0;

  server.clearFaults();
  const told = transport.state.retryAfterSeconds ?? 0;
  const ended = performance.now();
  while ((await operate(transport)).code !== undefined) await pause(20);
  const wellAfterMs = performance.now() - ended;
  transport.close();
  await server.close();
  const codes = new Set(ends.map(({ code }) => code));
  return { heard: heard.filter(({ at }) => at < first + stormMs), ends, codes, told, wellAfterMs };
}

// A busy machine may let more time pass than was planned; nothing here depends on less.
describe('of 250 operations in 5 s', { timeout: 60_000 }, () => {
  it('a source that answers 429 with Retry-After: 1 hears of six at most, and of none within that second', async () => {
    const { gate, clock } = gateOf(32);
    const asked: Asked[] = [];
    const heard: number[] = [];
    const answered = new Set<Asked>();
    for (let ms = 0; ms < stormMs; ms += 5) {
      if (ms % 20 === 0) asked.push(ask(gate, operation(), { patience: deadlineMs }));
      await clock.pass(5);
      for (const one of asked.filter(({ pass }) => pass)) {
        if (answered.has(one)) continue;
        answered.add(one);
        heard.push(clock.now());
        gate.pause(one.pass, { ms: 1_000, code: 'VENDOR_RATE_LIMITED', refused: true });
        end(gate, one);
      }
    }

    expect(asked).toHaveLength(250);
    expect(heard.length).toBeGreaterThan(1);
    expect(heard.length).toBeLessThanOrEqual(6);
    expect(heard.filter((at, nr) => nr > 0 && at < heard[nr - 1]! + 1_000)).toEqual([]);
    const codes = new Set(asked.flatMap(({ refused }) => (refused ? [(refused as [string, number])[0]] : [])));
    for (const code of codes) expect(['VENDOR_RATE_LIMITED', 'VENDOR_BUSY']).toContain(code);
    expect(codes).toContain('VENDOR_RATE_LIMITED');
  });

  it('a source that answers 500 hears of ten at most, and the others are told so at once, with a time', async () => {
    const { heard, ends, codes, told, wellAfterMs } = await storm({ mode: 'status', status: 500 });

    expect(heard.length).toBeGreaterThanOrEqual(5);
    expect(heard.length).toBeLessThanOrEqual(10);
    expect(codes).toEqual(new Set(['VENDOR_UNAVAILABLE']));
    const refused = ends.filter(({ error }) => error!.status === null);
    expect(refused.length).toBeGreaterThan(200);
    expect(refused.filter(({ error }) => !(error!.retryAfterSeconds! >= 1))).toEqual([]);
    expect(wellAfterMs).toBeLessThan(told * 1_000 + 1_000);
  });

  it('a source that hangs hears of as many as it has places, and of those who try', async () => {
    const { heard, told, wellAfterMs } = await storm({ mode: 'hang' });

    expect(heard.length).toBeGreaterThanOrEqual(concurrency);
    expect(heard.length).toBeLessThanOrEqual(concurrency + 4);
    expect(wellAfterMs).toBeLessThan(told * 1_000 + 2_000);
  });

  it('a source that refuses connections hears of ten at most, second tries included', async () => {
    const { heard, codes } = await storm({ mode: 'reset' });

    expect(heard.length).toBeLessThanOrEqual(10);
    expect(codes).toContain('VENDOR_UNAVAILABLE');
  });

  it('control: a source that answers 403 hears of all of them', async () => {
    const { server, transport } = await opened();
    server.fault({ mode: 'status', status: 403 });

    for (let nr = 0; nr < 50; nr++) await operate(transport);
    transport.close();
    await server.close();

    expect(server.journal).toHaveLength(50);
  });
});
