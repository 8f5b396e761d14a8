/** What a query will need is asked for side by side, as soon as it is known how it was read last time: one wave, and no call more. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { people } from '../../src/sandbox/people.js';
import { openRollcall, type Rollcall } from '../support/rollcall.js';

let rollcall: Rollcall;
beforeAll(async () => {
  const population = { people: people(500), groups: 12, membersPerGroup: 20, awkward: false };
  rollcall = await openRollcall({ only: ['testrail', 'tiledesk'], population });
});
afterAll(() => rollcall.close());

const members = 'members(first: 100) { nodes { id name email } }';

/** The requests of each wave: those that came before any of them was answered. */
async function wavesOf(source: string, query: string): Promise<number[]> {
  const server = rollcall.sandbox.server(source);
  server.setLatency(80);
  const before = server.journal.length;
  const { errors } = await rollcall.ask(query);
  server.setLatency(0);
  expect(errors).toBeUndefined();
  const waves: number[] = [];
  let ends = -Infinity;
  for (const { at, answeredAt } of server.journal.slice(before)) {
    if (at >= ends) {
      waves.push(0);
      ends = answeredAt!;
    }
    waves[waves.length - 1]! += 1;
  }
  return waves;
}

const group = (nth: number) => `{ group(id: "gid://testrail/TestRailGroup/${nth}") { id name ${members} } }`;
const all = `{ groups(first: 1000) { nodes { id name ${members} } } }`;

it('a group and its people, in one wave once it is known how long the list of people is', async () => {
  expect(await wavesOf('testrail', group(1))).toEqual([1, 1, 1]);
  expect(await wavesOf('testrail', group(2))).toEqual([3]);
  expect(await wavesOf('testrail', group(3))).toEqual([3]);
});

it('all groups and their people', async () => {
  await rollcall.ask(all);
  expect(await wavesOf('testrail', all)).toEqual([3]);
});

it('nobody is asked for people whom nobody asks for', async () => {
  await rollcall.ask(group(4));
  expect(
    await wavesOf('testrail', '{ group(id: "gid://testrail/TestRailGroup/5") { members { nodes { id } } } }'),
  ).toEqual([1]);
  expect(await wavesOf('testrail', '{ groups(first: 5) { nodes { id name } } }')).toEqual([1]);
});

it('but not the list of people where nothing is asked that only their rows tell', async () => {
  const server = rollcall.sandbox.server('testrail');
  const before = server.journal.length;
  await rollcall.ask(
    '{ group(id: "gid://testrail/TestRailGroup/4") { members(first: 50) { nodes { id ... on User { organization { id } } ... on Tester { email } } } } }',
  );
  const asked = server.journal.slice(before).map(({ target }) => target);
  expect(asked).toEqual([expect.stringContaining('get_group/4')]);
});
