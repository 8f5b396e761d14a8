import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ids, openHouse, type House } from './house.js';
import { everyCrew, type Crew } from './crews.js';

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

const set = (group: string, members: readonly string[], expectedCount: number | null = null) =>
  house.write('setGroupMembers', { group, members, expectedCount });

/** So many users of a crew's vendor, the members first. */
const people = ({ members, others }: Crew, count: number) => [...members, ...others].slice(0, count);

/** How many members there are, how many there are to be, and how many the caller believes in, if he says. */
type Guarded = readonly [now: number, wanted: number, expectedCount: number | null];

const written: readonly Guarded[] = [
  [1, 2, null],
  [3, 1, null],
  [2, 1, null],
  [4, 2, null],
  [5, 3, null],
  [6, 3, null],
  [0, 1, null],
  [3, 4, 3],
  [4, 1, 4],
  [5, 2, 5],
  [1, 0, 1],
  [6, 0, 6],
];
const missing: readonly (readonly [now: number, wanted: number])[] = [
  [1, 0],
  [3, 0],
  [6, 0],
  [4, 1],
  [5, 2],
  [6, 2],
];
const different: readonly Guarded[] = [
  [3, 4, 2],
  [3, 3, 4],
  [4, 1, 5],
  [5, 2, 0],
  [2, 0, 1],
  [0, 0, 1],
  [0, 2, 2],
];

describe.each(everyCrew)('a group at $source', (crew) => {
  const { source, group } = crew;

  it.each(written)('of %i members becomes one of %i, with expectedCount %s', async (now, wanted, expectedCount) => {
    crew.become(house, people(crew, now));

    const answer = await set(group, people(crew, wanted), expectedCount);

    expect(answer.userErrors).toEqual([]);
    expect(crew.now(house)).toEqual(people(crew, wanted));
  });

  it.each(missing)('of %i members does not become one of %i without expectedCount', async (now, wanted) => {
    crew.become(house, people(crew, now));

    const answer = await set(group, people(crew, wanted));

    expect(answer).toMatchObject({ userErrors: [{ code: 'BAD_USER_INPUT', field: ['expectedCount'] }] });
    expect(answer.userErrors[0]?.message).toContain(`expectedCount: ${now}`);
    expectNothingWritten(crew, now, answer);
  });

  it.each(different)(
    'of %i members does not become one of %i for expectedCount %i',
    async (now, wanted, expectedCount) => {
      crew.become(house, people(crew, now));

      const answer = await set(group, people(crew, wanted), expectedCount);

      expect(answer).toMatchObject({ userErrors: [{ code: 'CONCURRENT_CHANGE', field: ['expectedCount'] }] });
      expect(answer.userErrors[0]?.message).toContain(`has ${now} members now`);
      expectNothingWritten(crew, now, answer);
    },
  );

  it('is guarded by those whom a set names, each counted once', async () => {
    crew.become(house, people(crew, 4));
    const [one] = crew.members;

    const answer = await set(group, [one, one, one]);

    expect(answer.userErrors).toMatchObject([
      { code: 'BAD_USER_INPUT', field: ['expectedCount'], target: group, source },
    ]);
  });

  it('has no fewer than 0 members: a negative count is refused before any call', async () => {
    const answer = await set(group, crew.members, -1);

    expect(house.asked(source)).toEqual([]);
    expect(answer).toMatchObject({ userErrors: [{ code: 'BAD_USER_INPUT', field: ['expectedCount'] }], calls: [] });
  });
});

it.each(everyCrew)('expectedCount at $source counts what the edits before it in its turn have left', async (crew) => {
  const { group, members, others } = crew;
  const add = (member: string) => house.write('addGroupMembers', { group, members: [member] });

  const answers = await Promise.all([add(others[0]), add(others[1]), set(group, members, 5)]);

  expect(answers.map(({ userErrors }) => userErrors)).toEqual([[], [], []]);
  expect(new Set(crew.now(house))).toEqual(new Set(members));
});

it.each([
  ['TestRail', ids.testrailGroup(5), [ids.testrailUser(1)], 2],
  ['Tiledesk', ids.tiledeskGroup(8), [ids.tiledeskUser(1)], 4],
] as const)('whom %s lists twice is one member to expectedCount', async (_title, group, members, count) => {
  const answer = await set(group, members, count);

  expect(answer.userErrors).toEqual([]);
  expect(answer.removed).toHaveLength(count - 1);
});

function expectNothingWritten(crew: Crew, count: number, answer: Awaited<ReturnType<typeof set>>): void {
  expect(house.writes(crew.source)).toEqual([]);
  expect(crew.now(house)).toEqual(people(crew, count));
  expect(answer).toMatchObject({ added: [], removed: [], unchanged: [], confirmedBy: null });
}

it('left out is the same as null', async () => {
  const { group } = everyCrew[0]!;

  const answer = await house.write('setGroupMembers', { group, members: [] });

  expect(answer.userErrors).toMatchObject([{ code: 'BAD_USER_INPUT', field: ['expectedCount'] }]);
});
