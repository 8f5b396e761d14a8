import { expect, it } from 'vitest';
import { populationOf } from '../../src/sandbox/population.js';
import { oktaAsaBox, type AsaState } from '../../src/vendors/okta-asa/sandbox.js';
import { testrailBox, type TestRailState } from '../../src/vendors/testrail/sandbox.js';
import { tiledeskBox, type TiledeskState } from '../../src/vendors/tiledesk/sandbox.js';

/** Memberships at the vendors that list their groups, each person counted once a group. */
function countOf(memberships: number): number {
  const population = { ...populationOf(memberships), awkward: false };
  const testrail = testrailBox.open(population).state as TestRailState;
  const tiledesk = tiledeskBox.open(population).state as TiledeskState;
  const asa = oktaAsaBox.open(population).state as AsaState;
  const lists: readonly (readonly unknown[])[] = [
    ...testrail.groups.map((group) => group.user_ids),
    ...tiledesk.groups.map((group) => group.members),
    ...asa.members.values(),
  ];
  return lists.reduce((sum, list) => sum + new Set(list).size, 0);
}

it.each([1_000, 10_000, 100_000, 1_000_000])('has exactly %d memberships', (memberships) => {
  expect(countOf(memberships)).toBe(memberships);
});

it.each([1, 777, 54_321])('has at least %d memberships, and few more', (memberships) => {
  expect(countOf(memberships)).toBeGreaterThanOrEqual(memberships);
  expect(countOf(memberships)).toBeLessThan(memberships + 500);
});
