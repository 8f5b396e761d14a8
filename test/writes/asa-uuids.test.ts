import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MutationName } from '../../src/graph/graph.js';
import { ids, openHouse, selectionOf, type House } from './house.js';

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

const own = '5e41a7d8-4b81-49db-b552-3cb1f3ec936c';
const namesake = '4e88ade1-cfe8-4f84-bcd0-b7295d73f15d';
const [ana, jun] = [ids.asaUser('ana.lin'), ids.asaUser('jun.anand')];

/** Each edit of a group, and the first that is written for it. */
const edits: readonly (readonly [mutation: MutationName, more: object, write: string])[] = [
  ['addGroupMembers', { members: [jun] }, 'POST /v1/teams/acme/groups/compsons/users'],
  ['removeGroupMembers', { members: [ana] }, 'DELETE /v1/teams/acme/groups/compsons/users/ana.lin'],
  ['setGroupMembers', { members: [ana] }, 'DELETE /v1/teams/acme/groups/compsons/users/benjy.compson'],
  ['updateGroup', { roles: ['ACCESS_USER'] }, 'PUT /v1/teams/acme/groups/compsons'],
  ['deleteGroup', {}, 'DELETE /v1/teams/acme/groups/compsons'],
];

describe.each(edits)('%s of an id with a uuid', (mutation, more, write) => {
  const edit = (group: string) => house.write(mutation, { group, ...more });

  it('lets nothing be sent before the group with that uuid has been seen', async () => {
    const answer = await edit(ids.asaGroup('compsons', own));

    const [first, ...others] = house.asked('asa');
    expect(first).toBe('GET /v1/teams/acme/groups/compsons');
    expect(others.find((line) => !line.startsWith('GET'))).toBe(write);
    expect(answer).toMatchObject({ userErrors: [] });
  });

  it('that another group bears now is NOT_FOUND', async () => {
    const group = ids.asaGroup('compsons', '00000000-0000-4000-8000-000000000000');

    const answer = await edit(group);

    expect(house.writes('asa')).toEqual([]);
    expect(answer).toMatchObject({
      userErrors: [{ code: 'NOT_FOUND', field: ['group'], target: group, source: 'asa' }],
      calls: [],
      confirmedBy: null,
    });
  });

  it.each(['compsons', 'jefferson auditors'])('of the federated group %s is UNSUPPORTED_BY_VENDOR', async (name) => {
    const { groups } = house.server('asa').box.state;
    const group = ids.asaGroup(name, groups.find((row: any) => row.name === name && row.federated_from_team).id);

    const answer = await edit(group);

    expect(house.writes('asa')).toEqual([]);
    expect(answer).toMatchObject({
      userErrors: [{ code: 'UNSUPPORTED_BY_VENDOR', field: ['group'], target: group, source: 'asa' }],
      calls: [],
      confirmedBy: null,
    });
    expect(answer.userErrors[0]?.message).toContain('edit it in the team that it is from');
  });

  it('that cannot be checked is not written to', async () => {
    house.server('asa').fault({ mode: 'status', status: 503, match: /^GET / });

    const answer = await edit(ids.asaGroup('compsons', own));

    expect(house.writes('asa')).toEqual([]);
    expect(answer).toMatchObject({ userErrors: [{ code: 'VENDOR_UNAVAILABLE', source: 'asa' }], calls: [] });
  });

  it('that is left out asks by name, and costs no check', async () => {
    await edit(ids.asaGroup('compsons'));

    const lines = house.asked('asa').slice(0, mutation === 'setGroupMembers' ? 2 : 1);
    expect(lines.at(-1)).toBe(write);
  });
});

it.each([
  ['addGroupMembers', { members: ['nonsense'] }, ['members', '0']],
  ['setGroupMembers', { members: [jun, ids.veltUser(1)] }, ['members', '1']],
  ['updateGroup', { roles: ['UNKNOWN'] }, ['roles', '0']],
] as const)('an id with a uuid is looked at only once the rest of %s is found good', async (mutation, more, field) => {
  const answer = await house.write(mutation, { group: ids.asaGroup('compsons', own), ...more });

  expect(house.asked('asa')).toEqual([]);
  expect(answer.userErrors).toMatchObject([{ code: 'BAD_USER_INPUT', field }]);
});

describe('a name that two groups bear', () => {
  it('loses the own one to deleteGroup, and keeps its namesake', async () => {
    const answer = await house.write('deleteGroup', { group: ids.asaGroup('compsons', own) });

    const { groups } = house.server('asa').box.state;
    const left = groups.filter(({ name }: { name: string }) => name === 'compsons');
    expect(answer).toMatchObject({ userErrors: [], deletedId: ids.asaGroup('compsons', own) });
    expect(left).toMatchObject([{ id: namesake }]);
  });

  it('is not deleted again for the namesake: the uuid that is gone is NOT_FOUND', async () => {
    const group = ids.asaGroup('compsons', own);
    await house.write('deleteGroup', { group });

    const answer = await house.write('deleteGroup', { group });

    expect(answer).toMatchObject({ userErrors: [{ code: 'NOT_FOUND', target: group }], deletedId: null });
    expect(house.writes('asa')).toHaveLength(1);
  });

  it('is gone for the uuid that was deleted, though its answer was lost and its namesake answers to the name', async () => {
    house.server('asa').fault({ mode: 'lost', match: /^DELETE / });

    const answer = await house.write('deleteGroup', { group: ids.asaGroup('compsons', own) });

    expect(house.asked('asa').at(-1)).toBe('GET /v1/teams/acme/groups/compsons');
    expect(answer).toMatchObject({
      userErrors: [],
      deletedId: ids.asaGroup('compsons', own),
      confirmedBy: 'READ_BACK',
    });
  });

  it('is shown as the one whose uuid the input names', async () => {
    const group = ids.asaGroup('compsons', own);

    const answer = await house.write(
      'addGroupMembers',
      { group, members: [jun] },
      `${selectionOf('addGroupMembers')} group { id memberCount }`,
    );

    expect(answer).toMatchObject({ confirmedBy: 'READ_BACK', group: { id: group, memberCount: 3 } });
  });
});
