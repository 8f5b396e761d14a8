import { expect, test } from 'vitest';
import { TokenKeeper } from '../../src/http/token.js';

test.each([
  ['two minutes before its end', 3600, 3480],
  ['when a fifth of its life is left, if that is less', 60, 48],
  ['only after a 401, when its end cannot be told', NaN, Infinity],
  ['only after a 401, when its end has passed already by our clock', -5, Infinity],
])('a token is renewed %s', async (_when, lifeSeconds, renewedAfterSeconds) => {
  let now = 1_000_000;
  let minted = 0;
  const keeper = new TokenKeeper(
    async () => ({ token: `t${++minted}`, expiresAt: new Date(now + lifeSeconds * 1000) }),
    () => now,
  );
  const end = Math.min(renewedAfterSeconds, 1e9) * 1000;

  expect(await keeper.get()).toBe('t1');
  now += end - 1;
  expect(await keeper.get()).toBe('t1');
  now += 1;
  expect(await keeper.get()).toBe(renewedAfterSeconds === Infinity ? 't1' : 't2');
});

test('a token is renewed for a refused one only as long as nobody has renewed it', async () => {
  let minted = 0;
  const keeper = new TokenKeeper(async () => ({ token: `t${++minted}`, expiresAt: new Date(NaN) }));
  const first = await keeper.get();

  expect(await Promise.all([keeper.replace(first), keeper.replace(first)])).toEqual(['t2', 't2']);
  expect(await keeper.replace(first)).toBe('t2');
  expect(minted).toBe(2);
});
