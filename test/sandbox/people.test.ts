import { expect, test } from 'vitest';
import { people } from '../../src/sandbox/people.js';

const MANY = people(5000);

test('begin with those whom the seeds know', () => {
  expect(MANY.slice(0, 2)).toEqual([
    { index: 0, firstName: 'Ana', lastName: 'Lin', email: 'ana.lin@example.com' },
    { index: 1, firstName: 'Benjy', lastName: 'Compson', email: 'benjy.compson@example.com' },
  ]);
});

test('are always the same at the same index, however many are asked for', () => {
  expect(people(320)).toEqual(MANY.slice(0, 320));
  expect(MANY[319]).toEqual(people(320).at(-1));
  expect(people(0)).toEqual([]);
});

test('have addresses of their own, whatever their case, in ASCII', () => {
  expect(new Set(MANY.map(({ email }) => email.toLowerCase())).size).toBe(MANY.length);
  for (const { email } of MANY) expect(email).toMatch(/^[A-Za-z]+\.[A-Za-z]+\d*@example\.com$/);
});

test('show among the usual 320 what names and addresses are like', () => {
  const usual = MANY.slice(0, 320);
  const names = usual.map(({ firstName, lastName }) => `${firstName} ${lastName}`);
  const capitals = usual.filter(({ email }) => /[A-Z]/.test(email));

  expect(names.filter((name) => /[^ -~]/.test(name)).length).toBeGreaterThan(20);
  expect(names.filter((name) => name.includes("'")).length).toBeGreaterThan(3);
  expect(capitals.length).toBeGreaterThan(2);
  expect(capitals.length).toBeLessThan(20);
});
