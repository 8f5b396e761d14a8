import { expect, it } from 'vitest';
import { Passing } from '../../src/memory/passing.js';
import { Slot } from '../../src/memory/slot.js';

it('what passes is found by its key until it is taken out, the last one set as the last', () => {
  const passing = new Passing<string, { readonly nth: number }>();
  for (const [nth, key] of ['a', 'b', 'c'].entries()) passing.set(key, { nth });
  passing.set('a', { nth: 9 });

  expect([...passing.entries()]).toEqual([
    ['b', { nth: 1 }],
    ['c', { nth: 2 }],
    ['a', { nth: 9 }],
  ]);
  expect([passing.get('a'), passing.get('z'), passing.size]).toEqual([{ nth: 9 }, undefined, 3]);
  expect([passing.delete('b'), passing.delete('b'), [...passing.keys()]]).toEqual([true, false, ['c', 'a']]);
  passing.clear();
  expect([passing.size, passing.get('a'), [...passing.entries()]]).toEqual([0, undefined, []]);
});

it('what is known of an object is known of it alone, and seen by nobody who looks at it', () => {
  const [ages, names] = [new Slot<object, number>(), new Slot<object, string>()];
  const ana = { id: 1 };
  ages.set(ana, 40);
  ages.set(ana, 41);
  names.set(ana, 'Ana');

  expect([ages.get(ana), names.get(ana), ages.get({ ...ana })]).toEqual([41, 'Ana', undefined]);
  expect([Object.keys(ana), JSON.stringify(ana)]).toEqual([['id'], '{"id":1}']);
});
