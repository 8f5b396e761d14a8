import { expect, test } from 'vitest';
import { planFor } from '../../src/reads/plan.js';
import { Times } from '../../src/reads/times.js';

type Row = readonly [keys: number, one: boolean, maxKeys: number, pages: boolean, seen: number | null];

test.each<readonly [...Row, string]>([
  // By id or by list: one key by id, several by a list that is taken to be one page long.
  [1, true, 0, true, null, 'one'],
  [2, true, 0, true, null, 'list'],
  [2, true, 0, true, 1, 'list'],
  [1, true, 0, true, 1, 'one'],
  // A list known to be long is read as soon as it costs no more than the keys.
  [2, true, 0, true, 3, 'one'],
  [3, true, 0, true, 3, 'list'],
  [4, true, 0, true, 3, 'list'],
  // Many ids at a time cost what they cost, and lose only to a list known to be shorter.
  [1, false, 30, true, null, 'many'],
  [90, false, 30, true, null, 'many'],
  [90, false, 30, true, 3, 'many'],
  [90, false, 30, true, 2, 'list'],
  [91, false, 30, true, 3, 'list'],
  [1, true, 30, true, 1, 'many'],
  [90, false, 30, false, null, 'many'],
  // What a vendor does not document is not planned.
  [5, true, 0, false, null, 'one'],
  [5, false, 0, true, 7, 'list'],
  [1, false, 0, true, null, 'list'],
  [5, false, 0, false, null, 'none'],
])('%i keys, by id %s, %i at a time, a list %s of %s pages: %s', (keys, one, maxKeys, pages, seen, plan) => {
  const ways = { one, maxKeys, pages, pagesSeen: seen, listMs: null, oneMs: null };
  expect(planFor(keys, ways)).toBe(plan);
});

test.each([
  [3, 90, 30, 'one'],
  [3, 30, 30, 'list'],
  [3, 30, 90, 'list'],
  [3, null, 30, 'list'],
  [3, 90, null, 'list'],
  // Calls come first.
  [4, 90, 1, 'list'],
  [2, 1, 90, 'one'],
] as const)('%i keys of three pages, the list in %s ms and a row in %s ms: %s', (keys, listMs, oneMs, plan) => {
  const ways = { one: true, maxKeys: 0, pages: true, pagesSeen: 3, listMs, oneMs };
  expect(planFor(keys, ways)).toBe(plan);
});

test('what is expected follows what was seen, the last most', () => {
  const times = new Times();
  expect(times.expected('groups', 'one')).toBeNull();

  for (const ms of [100, 100, 20]) times.note('groups', 'one', ms);
  times.note('groups', 'list', 7);

  expect(times.expected('groups', 'one')).toBeCloseTo(84);
  expect(times.expected('groups', 'list')).toBe(7);
  expect(times.expected('users', 'one')).toBeNull();
});
