import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { fetch } from 'cross-fetch';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Signal } from '../../src/http/ending.js';
import type { VendorError } from '../../src/http/errors.js';
import type { RestCall } from '../../src/http/rest-call.js';
import { Session } from '../../src/http/session.js';
import { newReceipt, type Receipt } from '../../src/http/receipt.js';
import { Transport, type Bounds } from '../../src/http/transport.js';
import { openSandboxServer, type SandboxServer } from '../../src/sandbox/server.js';
import { calls } from '../support/journal.js';
import { tinyBox, type TinyState } from '../support/tiny-box.js';
import { until } from '../support/until.js';
import { graceMs, outcomeOf, readNotes, timeoutMs, transportTo, writeNote } from './transport-under-test.js';

let server: SandboxServer<TinyState>;
let transport: Transport;
let troubles: VendorError[];

beforeEach(async () => {
  server = await openSandboxServer(tinyBox());
  troubles = [];
});

afterEach(async () => {
  transport?.close();
  await server.close();
});

/** One request's session of a source with these bounds. */
function session(changed: Partial<Bounds> = {}, Kind?: typeof Transport): Session {
  transport = transportTo(server.origin, changed, {}, Kind);
  return sessionOf(transport);
}

function sessionOf(of: Transport): Session {
  return new Session(of, {
    onCall:
      () =>
      ({ error, abandoned }) =>
        void (error && !abandoned && troubles.push(error)),
  });
}

const many = (count: number, ask: () => Promise<unknown>) => Array.from({ length: count }, () => outcomeOf(ask()));

describe('a client that leaves', () => {
  test('ends 150 reads under way within 250 ms, and those that wait for a place', async () => {
    const { read, leave } = bound(session({ concurrency: 150, readTimeoutMs: 5000 }));
    server.fault({ mode: 'hang' });
    const asked = many(200, read);
    await until(() => server.live.requests === 150);

    leave();

    await until(() => server.live.requests === 0 && server.live.sockets === 0, 250);
    expect(new Set((await Promise.all(asked)).map(({ code }) => code))).toEqual(new Set(['VENDOR_UNAVAILABLE']));
    expect(server.journal).toHaveLength(150);
    expect(transport.seen).toBeNull();
  });

  test('ends a read in the middle of its body too', async () => {
    const { read, leave } = bound(session({ readTimeoutMs: 5000 }));
    server.fault({ mode: 'drip', ms: 20 });
    const asked = outcomeOf(read());
    await until(() => server.journal[0]?.status === 200);

    leave();

    expect(await asked).toMatchObject({ code: 'VENDOR_UNAVAILABLE' });
    await until(() => server.live.sockets === 0, 250);
  });

  test('asks for nothing afterwards', async () => {
    const { read, leave } = bound(session());
    leave();

    expect(await outcomeOf(read())).toMatchObject({ code: 'VENDOR_UNAVAILABLE' });
    expect(server.journal).toEqual([]);
  });

  test('ends no write: it is carried out, and its answer heard', async () => {
    const one = session({ writeTimeoutMs: 1000 });
    server.setLatency(100);
    const written = one.write(writeNote, newReceipt());
    await until(() => server.journal.length === 1);

    one.leave();

    expect(await written).toEqual({ count: 2 });
    expect(await one.write(writeNote, newReceipt())).toEqual({ count: 3 });
    expect(server.box.state.notes).toEqual(['first', 'once', 'once']);
  });

  test('leaves the reads of other clients alone', async () => {
    const [one, other] = [session(), sessionOf(transport)];
    server.setLatency(50);
    const asked = [outcomeOf(one.read(readNotes)), outcomeOf(other.read(readNotes))];
    await until(() => server.journal.length === 2);

    one.leave();

    expect(await Promise.all(asked)).toMatchObject([{ code: 'VENDOR_UNAVAILABLE' }, { value: { notes: ['first'] } }]);
  });

  test('control: without a signal, every read that was begun stays', async () => {
    server.fault({ mode: 'hang' });
    for (let nr = 0; nr < 150; nr++) fetch(`${server.origin}/notes`).catch(() => {});
    await until(() => server.live.requests === 150);

    await pause(250);

    expect(server.live.requests).toBe(150);
  });
});

describe('a source that does not answer', () => {
  test('costs its timeout once, however many calls were planned', { retry: 2 }, async () => {
    const { read } = bound(session());
    server.fault({ mode: 'hang' });
    const began = performance.now();

    const outcomes = await Promise.all(many(100, read));
    const last = await outcomeOf(read());
    const ms = performance.now() - began;

    expect(new Set([...outcomes, last].map(({ code }) => code))).toEqual(new Set(['VENDOR_TIMEOUT']));
    expect(ms).toBeLessThan(timeoutMs + graceMs);
    expect(server.journal).toHaveLength(8);
    await until(() => server.live.sockets === 0, 250);
  });

  test('costs it once too when one page of many does not come', { retry: 2 }, async () => {
    const { read } = bound(session());
    server.fault({ mode: 'hang', match: /slow/ });
    server.setLatency(5);
    const began = performance.now();

    const outcomes = await Promise.all([...many(1, () => read('/notes?slow')), ...many(60, read)]);

    expect(performance.now() - began).toBeLessThan(timeoutMs + graceMs);
    expect(outcomes[0]).toMatchObject({ code: 'VENDOR_TIMEOUT' });
    expect(outcomes[1]).toMatchObject({ value: { notes: ['first'] } });
  });

  test('does not keep a write of the same request from being sent', async () => {
    const one = session();
    server.fault({ mode: 'hang', times: 1 });
    await outcomeOf(one.read(readNotes));

    expect(await one.write(writeNote, newReceipt())).toEqual({ count: 2 });
    expect(calls(server)).toEqual(['GET /notes', 'POST /notes']);
  });

  test('is asked again by the next request', async () => {
    server.fault({ mode: 'hang', times: 1 });
    await outcomeOf(session().read(readNotes));

    expect(await sessionOf(transport).read(readNotes)).toEqual({ notes: ['first'] });
  });
});

test('after a thousand calls, good and bad, nothing listens to the session any more', async () => {
  const listening = new Map<Signal, Set<() => void>>();
  class Watched extends Transport {
    override send<T>(call: RestCall<T>, waiting: Signal, receipt: Receipt): Promise<T> {
      if (!listening.has(waiting)) watch(waiting);
      return super.send(call, waiting, receipt);
    }
  }
  function watch(signal: Signal): void {
    const listeners = new Set<() => void>();
    const [add, remove] = [signal.addEventListener.bind(signal), signal.removeEventListener.bind(signal)];
    listening.set(signal, listeners);
    signal.addEventListener = (type, listener) => (listeners.add(listener), add(type, listener));
    signal.removeEventListener = (type, listener) => (listeners.delete(listener), remove(type, listener));
  }
  let most = 0;
  const count = () => [...listening.values()].map(({ size }) => size);
  const looking = setInterval(() => (most = Math.max(most, ...count())), 1);
  const { read } = bound(session({ readTimeoutMs: 5000 }, Watched));
  for (const mode of ['half', 'garbage', 'reset', 'fin'] as const) server.fault({ mode, match: new RegExp(mode) });
  const paths = [
    '/notes',
    '/notes?half',
    '/notes?garbage',
    '/notes?reset',
    '/notes?fin',
    '/unknown',
    '/broken',
    '/../',
  ];

  await Promise.all(Array.from({ length: 1000 }, (_, nr) => outcomeOf(read(paths[nr % paths.length]))));

  clearInterval(looking);
  expect([most > 0, count()]).toEqual([true, [0]]);
  await until(() => server.live.requests === 0);
  expect(server.live.sockets).toBeLessThanOrEqual(8);
});

function bound(one: Session) {
  const read = (path = '/notes') => one.read<unknown>({ ...readNotes, path });
  return { read: (path?: string) => read(path), leave: () => one.leave() };
}
