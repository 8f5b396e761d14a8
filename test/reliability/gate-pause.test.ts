import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { Wish } from '../../src/http/gate/pause.js';
import { wishOf } from '../../src/http/wish.js';
import { ask, end, gateOf, operation, trusted, type Asked } from './gate-under-test.js';

const wish = (ms: number): Wish => ({ ms, code: 'VENDOR_RATE_LIMITED', refused: true });

const isIn = ({ pass }: Asked) => pass !== null;

test('a source that asks to be left alone is left alone for so long; then one goes first, and after it twice as many each time', async () => {
  const { gate, clock } = gateOf(8);
  const first = ask(gate);
  await turn();
  gate.pause(first.pass, wish(2_000));
  end(gate, first);
  const waiting = Array.from({ length: 40 }, () => ask(gate));
  await clock.pass(1_990);
  expect(waiting.filter(isIn)).toEqual([]);

  const waves: number[] = [];
  for (await clock.pass(30); ;) {
    const inside = waiting.filter((one) => isIn(one) && !done.has(one));
    if (inside.length === 0) break;
    waves.push(inside.length);
    for (const one of inside) {
      done.add(one);
      end(gate, one);
    }
    await turn();
  }

  expect(waves).toEqual([1, 2, 4, 8, 8, 8, 8, 1]);
});
const done = new Set<Asked>();

test('one that asks again right after the pause is left alone for twice as long, up to a minute; a good answer ends that', async () => {
  const { gate, clock } = gateOf(8);
  const pauses: number[] = [];
  const refuse = async (ms: number) => {
    const call = ask(gate);
    await turn();
    gate.pause(call.pass, wish(ms));
    // A 429 is an answer; it says nothing good of how much the source can take.
    end(gate, call);
    pauses.push(gate.state.retryAfterSeconds!);
    await clock.pass(gate.state.retryAfterSeconds! * 1000);
  };

  for (let nr = 0; nr < 8; nr++) await refuse(1_000);
  const good = ask(gate);
  await turn();
  end(gate, good);
  await refuse(1_000);
  await refuse(90_000);

  expect(pauses).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 1, 60]);
});

test('what other calls are told that were under way at the time makes the pause longer, never twice as long', async () => {
  const { gate } = trusted(gateOf(8));
  const calls = Array.from({ length: 8 }, () => ask(gate));
  await turn();

  for (const [nr, call] of calls.entries()) gate.pause(call.pass, wish(nr === 5 ? 3_000 : 1_000));

  expect(gate.state.retryAfterSeconds).toBe(3);
});

test('who cannot wait for so long is told so at once, with the seconds; the others wait', async () => {
  const { gate, clock } = gateOf(2);
  const inside = [ask(gate), ask(gate)];
  await turn();
  const [brief, long] = [ask(gate, operation(), { patience: 1_000 }), ask(gate, operation(), { patience: 9_000 })];
  await turn();
  gate.pause(inside[0]!.pass, wish(4_000));
  await turn();
  const late = ask(gate, operation(), { patience: 1_000 });
  await turn();

  expect([brief.refused, late.refused, long.refused]).toEqual([
    ['VENDOR_RATE_LIMITED', 4],
    ['VENDOR_RATE_LIMITED', 4],
    null,
  ]);
  for (const call of inside) end(gate, call);
  await clock.pass(4_020);
  expect(isIn(long)).toBe(true);
});

test('a pause is no silence: who waits through it keeps his whole deadline', async () => {
  const { gate, clock } = gateOf(2);
  const call = ask(gate);
  await turn();
  gate.pause(call.pass, wish(4_000));
  end(gate, call);
  const waiting = ask(gate, operation(), { timeoutMs: 1_000 });
  await clock.pass(4_020);

  expect(waiting.pass?.timeoutMs).toBe(1_000);
});

describe('who waits for a source that wants to be left alone', () => {
  /** A gate of two places, whose source has just asked for so much time. */
  async function pausedFor(ms: number, perMinute: number | null = null) {
    const under = gateOf(2, perMinute);
    const refused = ask(under.gate);
    await turn();
    under.gate.pause(refused.pass, wish(ms));
    end(under.gate, refused);
    return under;
  }

  test.each([
    ['as long as for a silent one', 5_000, 60_000, 5_000],
    ['no longer than his own time', 9_000, 3_000, 3_000],
  ])('waits %s, and is told at once where that is too short', async (_what, timeoutMs, patience, mostMs) => {
    for (const [ms, refusal] of [
      [mostMs, null],
      [mostMs + 1, ['VENDOR_RATE_LIMITED', Math.ceil((mostMs + 1) / 1000)]],
    ] as const) {
      const { gate, clock } = await pausedFor(ms);
      const asked = ask(gate, operation(), { timeoutMs, patience });
      await turn();
      expect([ms, asked.refused]).toEqual([ms, refusal]);
      await clock.pass(ms + 20);
      expect([ms, isIn(asked)]).toEqual([ms, refusal === null]);
    }
  });

  test('and waits already when it asks for too long goes then, and a dataset waits on', async () => {
    const { gate, clock } = gateOf(1);
    const inside = ask(gate);
    await turn();
    const query = ask(gate, operation(), { timeoutMs: 5_000, patience: 60_000 });
    const dataset = ask(gate, operation(), { timeoutMs: 5_000, patience: Infinity });
    await turn();
    gate.pause(inside.pass, wish(20_000));
    end(gate, inside);
    const late = ask(gate, operation(), { timeoutMs: 5_000, patience: Infinity });
    await turn();

    expect([query.refused, dataset.refused, late.refused]).toEqual([['VENDOR_RATE_LIMITED', 20], null, null]);
    await clock.pass(20_020);
    expect(isIn(dataset)).toBe(true);
    end(gate, dataset);
    await turn();
    expect(isIn(late)).toBe(true);
  });

  test('counts one pause after the other: in all no longer than for a silent one', async () => {
    const { gate, clock } = await pausedFor(3_000);
    const [first, second] = [
      ask(gate, operation(), { patience: 60_000 }),
      ask(gate, operation(), { patience: 60_000 }),
    ];
    await clock.pass(3_020);
    expect([isIn(first), isIn(second)]).toEqual([true, false]);

    // Twice as long: 3 s have been waited of 5.
    gate.pause(first.pass, wish(3_000));
    await turn();

    expect(second.refused).toEqual(['VENDOR_RATE_LIMITED', 6]);
  });

  test('is told as unavailable of one that said so by a 503', async () => {
    const { gate } = gateOf(2);
    const inside = ask(gate);
    await turn();
    gate.pause(inside.pass, { ms: 8_000, code: 'VENDOR_UNAVAILABLE', refused: true });
    const asked = ask(gate, operation(), { timeoutMs: 5_000, patience: 60_000 });
    await turn();

    expect(asked.refused).toEqual(['VENDOR_UNAVAILABLE', 8]);
  });

  test('is another than who waits for our own requestsPerMinute: that is waited for as long as the operation has time', async () => {
    const { gate, clock } = gateOf(2, 1);
    const first = ask(gate);
    await turn();
    end(gate, first);
    const patient = ask(gate, operation(), { timeoutMs: 5_000, patience: 61_000 });
    const brief = ask(gate, operation(), { timeoutMs: 5_000, patience: 10_000 });
    await turn();

    expect([patient.refused, brief.refused]).toEqual([null, ['VENDOR_RATE_LIMITED', 120]]);
    await clock.pass(60_020);
    expect(isIn(patient)).toBe(true);
  });
});

const now = Date.UTC(2026, 10, 21);
const inSeconds = (seconds: number) => String(now / 1000 + seconds);
const limited = { code: 'VENDOR_RATE_LIMITED', refused: true };

test.each([
  ['seconds', 429, { 'retry-after': '7' }, { ms: 7_000, ...limited }],
  ['none at all', 429, { 'retry-after': '0' }, { ms: 0, ...limited }],
  ['a date', 429, { 'retry-after': new Date(now + 9_000).toUTCString() }, { ms: 9_000, ...limited }],
  ['a date that has passed', 429, { 'retry-after': new Date(now - 9_000).toUTCString() }, { ms: 0, ...limited }],
  ['nothing', 429, {}, { ms: 1_000, ...limited }],
  ['what is no time', 429, { 'retry-after': 'soon' }, { ms: 1_000, ...limited }],
  ['a number below none', 429, { 'retry-after': '-3' }, { ms: 1_000, ...limited }],
  ['ASA’s own header', 429, { 'x-ratelimit-retry-at': inSeconds(5) }, { ms: 5_000, ...limited }],
  ['a 503 with a time', 503, { 'retry-after': '3' }, { ms: 3_000, code: 'VENDOR_UNAVAILABLE', refused: true }],
  ['a 503 with what is no time', 503, { 'retry-after': '?' }, { ms: 1_000, code: 'VENDOR_UNAVAILABLE', refused: true }],
  ['a 503 without', 503, {}, null],
  ['a 500 with a time', 500, { 'retry-after': '3' }, null],
  [
    'a quota used up',
    200,
    { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': inSeconds(30) },
    { ms: 30_125, code: 'VENDOR_RATE_LIMITED', refused: false },
  ],
  ['a quota used up, until who knows when', 200, { 'x-ratelimit-remaining': '0' }, null],
  ['a quota that is full again', 200, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': inSeconds(-1) }, null],
  ['a quota with a part left', 200, { 'x-ratelimit-remaining': '1', 'x-ratelimit-reset': inSeconds(30) }, null],
] as const)('%s: a %i with %j asks for %j', (_what, status, headers, asked) => {
  const answer = { get: (name: string) => (headers as Record<string, string>)[name] ?? null };

  expect(wishOf(status, answer, now, () => 0.5)).toEqual(asked);
});
