import { afterEach, expect, it } from 'vitest';
import { openEntrance, type Entrance } from '../support/door.js';
import { until } from '../support/until.js';

let entrance: Entrance;
afterEach(() => entrance.close());

it('the door tells, as an answer ends, when the oldest came of those who still wait; and when nobody does', async () => {
  const told: (number | null)[] = [];
  entrance = await openEntrance({ onEnded: (oldest) => void told.push(oldest) });
  const ask = () => fetch(`${entrance.url}/graphql`, { method: 'POST' });
  const from = Date.now();
  const first = ask();
  await until(() => entrance.inside.length === 1);
  const second = ask();
  await until(() => entrance.inside.length === 2);
  const to = Date.now();
  const [one, other] = entrance.inside;

  other!.end('well');
  await second;
  await until(() => told.length === 1);
  one!.end('well');
  await first;
  await until(() => told.length === 2);

  expect(told[0]).toBeGreaterThanOrEqual(from);
  expect(told[0]).toBeLessThanOrEqual(to);
  expect(told[1]).toBe(null);
});
