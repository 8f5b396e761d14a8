import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { ask, end, gateOf, operation, type GateUnderTest } from './gate-under-test.js';

/** Lets calls end so, one after the other; tells how many went in. */
async function ends(
  { gate }: GateUnderTest,
  hows: readonly ('good' | 'bad' | 'silent' | 'dropped')[],
): Promise<number> {
  let sent = 0;
  for (const how of hows) {
    const call = ask(gate);
    await turn();
    if (!call.pass) break;
    sent += 1;
    end(gate, call, how);
  }
  return sent;
}

const fill = <T>(count: number, value: T): T[] => Array(count).fill(value);

describe('the breaker opens', () => {
  test.each(['bad', 'silent'] as const)(
    'after five failures in a row (%s), and lets nobody in then',
    async (failure) => {
      const one = gateOf(8);

      expect(await ends(one, fill(20, failure))).toBe(5);

      expect(one.gate.state).toMatchObject({ breaker: 'open', retryAfterSeconds: 2, inFlight: 0 });
      const refused = ask(one.gate);
      await turn();
      expect(refused.refused).toEqual(['VENDOR_UNAVAILABLE', 2]);
    },
  );

  test('not where something good comes between, or where those who asked have gone', async () => {
    const one = gateOf(8);

    await ends(one, [
      ...fill(4, 'bad' as const),
      'good',
      ...fill(4, 'bad' as const),
      'good',
      ...fill(30, 'good' as const),
    ]);
    await ends(one, fill(30, 'dropped'));

    expect(one.gate.state.breaker).toBe('closed');
  });

  test('when half of the last twenty failed, at the twentieth and not before', async () => {
    const one = gateOf(8);
    const half = Array.from({ length: 40 }, (_, nr) => (nr % 2 ? ('good' as const) : ('bad' as const)));

    // The nineteenth call is the tenth failure; only the twentieth call makes it half of twenty, and the next failure opens.
    expect(await ends(one, half)).toBe(21);
    expect(one.gate.state.breaker).toBe('open');
  });

  test('and sends all away who wait for a place', async () => {
    const one = gateOf(5);
    const inside = Array.from({ length: 5 }, () => ask(one.gate));
    await turn();
    const waiting = Array.from({ length: 10 }, () => ask(one.gate));
    await turn();

    for (const call of inside) one.gate.note(call.pass, 'bad');
    await turn();

    expect(waiting.map(({ refused }) => refused)).toEqual(fill(10, ['VENDOR_UNAVAILABLE', 2]));
    expect(one.clock.timers).toBe(0);
  });
});

describe('an open breaker', () => {
  test('opens for 2 s, then each time for twice as long, up to a minute', async () => {
    const one = gateOf(8);
    await ends(one, fill(5, 'bad'));

    const seconds: number[] = [];
    for (let nr = 0; nr < 8; nr++) {
      seconds.push(one.gate.state.retryAfterSeconds!);
      await one.clock.pass(one.gate.state.retryAfterSeconds! * 1000);
      expect(await ends(one, ['bad', 'bad'])).toBe(1);
    }

    expect(seconds).toEqual([2, 4, 8, 16, 32, 60, 60, 60]);
  });

  test('is opened for up to a fifth less, as chance will have it, so that sources are not asked again all at once', async () => {
    const one = gateOf(8, null, () => 0.999);
    await ends(one, fill(5, 'bad'));
    await one.clock.pass(1_605);

    expect(one.gate.state.breaker).toBe('half-open');
  });

  test('lets one in when its time is over, and refuses the others until that one has ended', async () => {
    const one = gateOf(8);
    await ends(one, fill(5, 'bad'));
    await one.clock.pass(1_990);
    expect(await ends(one, ['good'])).toBe(0);
    await one.clock.pass(10);

    const asked = Array.from({ length: 20 }, () => ask(one.gate));
    await turn();

    const probes = asked.filter(({ pass }) => pass);
    expect(probes).toHaveLength(1);
    expect(asked.filter(({ refused }) => refused).map(({ refused }) => refused)).toEqual(
      fill(19, ['VENDOR_UNAVAILABLE', 1]),
    );
    expect(one.gate.state.breaker).toBe('half-open');
    end(one.gate, probes[0]!);
    expect(one.gate.state.breaker).toBe('closed');
    expect(await ends(one, fill(4, 'bad'))).toBe(4);
    expect(one.gate.state.breaker).toBe('closed');
  });

  test('lets another one try when the first was given up by those who asked', async () => {
    const one = gateOf(8);
    await ends(one, fill(5, 'bad'));
    await one.clock.pass(2_000);

    expect(await ends(one, ['dropped', 'dropped', 'good'])).toBe(3);

    expect(one.gate.state.breaker).toBe('closed');
  });

  test('is opened again by a token that the one who tries does not get', async () => {
    const one = gateOf(8);
    await ends(one, fill(5, 'bad'));
    await one.clock.pass(2_000);
    const probe = ask(one.gate);
    await turn();

    one.gate.note(null, 'bad');
    one.gate.leave(probe.pass!, 'answered');

    expect(one.gate.state).toMatchObject({ breaker: 'open', retryAfterSeconds: 4 });
  });

  test('hears nothing of calls that were sent before it opened', async () => {
    const one = gateOf(8);
    const before = [ask(one.gate), ask(one.gate)];
    await ends(one, fill(5, 'bad'));

    end(one.gate, before[0]!, 'good');
    expect(one.gate.state.breaker).toBe('open');
    await one.clock.pass(2_000);
    expect(await ends(one, ['good'])).toBe(1);
    end(one.gate, before[1]!, 'bad');

    expect(one.gate.state).toMatchObject({ breaker: 'closed', inFlight: 0 });
  });

  test('lets a source that is well again be asked more and more, and not by all who wait at once', async () => {
    const one = gateOf(8);
    await ends(one, fill(5, 'bad'));
    await one.clock.pass(2_000);
    await ends(one, ['good']);

    const asked = Array.from({ length: 8 }, () => ask(one.gate, operation()));
    await turn();

    expect(asked.filter(({ pass }) => pass)).toHaveLength(1);
  });
});
