import { afterEach, beforeEach, expect, it } from 'vitest';
import { crews } from './crews.js';
import { openHouse, type House } from './house.js';

let house: House;

beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

const strangers = {
  velt: ['x-1', 'x-2', 'x-3'].map((id) => `gid://velt/User/org-a/${id}`),
  asa: ['x.one', 'x.two', 'x.three'].map((name) => `gid://asa/User/acme/${name}`),
};

it.each(['velt', 'asa'] as const)(
  'a set at %s whose adds are refused takes out no more than was said',
  async (name) => {
    const crew = crews[name];
    const four = [...crew.members, crew.others[0]];
    crew.become(house, four);

    const { userErrors, removed, confirmedBy } = await house.write('setGroupMembers', {
      group: crew.group,
      members: [crew.members[0], ...strangers[name]],
    });

    expect(crew.now(house)).toEqual(four);
    expect([removed, confirmedBy]).toEqual([[], null]);
    expect(userErrors.map(({ target }) => target)).toEqual([...strangers[name], crew.group]);
    expect(userErrors.at(-1)).toMatchObject({ code: 'BAD_USER_INPUT', field: ['expectedCount'] });
    expect(userErrors.at(-1)?.message).toContain('1 of the 4 members');
  },
);

it.each(['velt', 'asa'] as const)(
  'with the count that was said, it is carried out at %s all the same',
  async (name) => {
    const crew = crews[name];
    crew.become(house, [...crew.members, crew.others[0]]);

    const { removed } = await house.write('setGroupMembers', {
      group: crew.group,
      members: [crew.members[0], ...strangers[name]],
      expectedCount: 4,
    });

    expect(removed).toHaveLength(3);
    expect(crew.now(house)).toEqual([crew.members[0]]);
  },
);

it('what a set at Velt has just read is newer than what the ledger remembers', async () => {
  const { group, members, others } = crews.velt;
  await house.write('addGroupMembers', { group, members: [others[0]] });
  crews.velt.become(house, members);

  const { added, unchanged } = await house.write('setGroupMembers', { group, members: [...members, others[0]] });

  expect(added).toEqual([{ id: others[0] }]);
  expect(unchanged?.map(({ id }) => id)).toEqual(members);
});
