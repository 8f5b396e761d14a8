import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Gate } from '../../src/http/gate/gate.js';
import { ask, end, gateOf, standingClock, trusted, type Asked } from './gate-under-test.js';

const within = (asked: readonly Asked[]) => asked.filter(({ pass }) => pass !== null);
const many = (gate: ReturnType<typeof gateOf>['gate'], count = 128) => Array.from({ length: count }, () => ask(gate));

/** How many go in at once, each time all who are in have been answered well. */
async function waves(under: ReturnType<typeof gateOf>, count = 128): Promise<readonly number[]> {
  const asked = many(under.gate, count);
  const done = new Set<Asked>();
  const sizes: number[] = [];
  for (await turn(); done.size < asked.length; await turn()) {
    const inside = within(asked).filter((one) => !done.has(one));
    sizes.push(inside.length);
    await under.clock.pass(20);
    for (const one of inside) {
      done.add(one);
      end(under.gate, one);
    }
  }
  return sizes;
}

test('a source that nobody has heard gets three calls; once one is answered well, as many as it has places', async () => {
  expect(await waves(gateOf(64))).toEqual([3, 64, 61]);
});

test('control: one that has just answered well gets as many as it has places at once', async () => {
  expect(await waves(trusted(gateOf(64)))).toEqual([64, 64]);
});

test('what was heard a second ago is forgotten', async () => {
  const under = trusted(gateOf(32));
  await under.clock.pass(990);
  expect((await waves(under, 32))[0]).toBe(32);
  await under.clock.pass(1_000);

  expect(await waves(under, 32)).toEqual([3, 29]);
});

test('one that keeps silent is slow, and not one that refuses: after 250 ms it gets the others too', async () => {
  const { gate, clock } = gateOf(32);
  const asked = many(gate, 40);
  await clock.pass(240);
  expect(within(asked)).toHaveLength(3);
  await clock.pass(30);

  expect(within(asked)).toHaveLength(32);
});

test('one that is given less time is slow sooner', async () => {
  const clock = standingClock();
  const gate = new Gate(32, null, clock, 200);
  const asked = many(gate, 40);
  await clock.pass(30);
  expect(within(asked)).toHaveLength(3);
  await clock.pass(40);

  expect(within(asked)).toHaveLength(32);
});

test('one that has failed gets no more beside those it has, until it answers well', async () => {
  const { gate, clock } = trusted(gateOf(8));
  const asked = many(gate, 20);
  await turn();
  end(gate, asked[0]!, 'bad');
  await clock.pass(20);
  expect(within(asked)).toHaveLength(8);

  end(gate, asked[1]!);
  await turn();

  expect(within(asked)).toHaveLength(10);
});

test('one that is out of order is tried by one, though many of its calls still hang', async () => {
  const { gate, clock } = trusted(gateOf(16));
  const asked = many(gate, 16);
  await turn();
  for (const one of asked.slice(0, 5)) end(gate, one, 'bad');
  expect(gate.state.breaker).toBe('open');
  await clock.pass(2_010);

  const [probe, next] = many(gate, 2);
  await turn();

  expect(probe!.pass?.admission.isProbe).toBe(true);
  expect(next!.refused).toEqual(['VENDOR_UNAVAILABLE', 1]);
});
