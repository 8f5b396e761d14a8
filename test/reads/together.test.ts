import { expect, it } from 'vitest';
import { nothing, togetherOnce, type Gathered } from '../../src/reads/known.js';
import type { Ref } from '../../src/vendors/vendor.js';

const at = new Date(0);
const part = (...paths: readonly (readonly string[])[]): Gathered<Ref> => ({
  ...nothing<Ref>(),
  known: paths.map((path) => ({ row: { type: 'User', path }, at, origin: 'VENDOR' })),
});
const told = (...parts: readonly Gathered<Ref>[]) =>
  togetherOnce(parts, 'VENDOR').known.map(({ row: { path } }) => path.join('/'));

it.each([
  ['a scope of its own each', [part(['a', '1'], ['a', '2']), part(['b', '1'])], ['a/1', 'a/2', 'b/1']],
  ['the same row in two lists', [part(['1'], ['2']), part(['2'], ['3'])], ['1', '2', '3']],
  ['a row of a scope in the list of another', [part(['a', '1']), part(['a', '1'], ['b', '1'])], ['a/1', 'b/1']],
  ['scopes that meet in a third list', [part(['a', '1']), part(['b', '1']), part(['b', '1'])], ['a/1', 'b/1']],
  ['one list', [part(['1'], ['2'])], ['1', '2']],
  ['no list', [], []],
])('several lists are told as one, every row once: %s', (_what, parts, expected) => {
  expect(told(...parts)).toEqual(expected);
});
