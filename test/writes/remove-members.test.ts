import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { VeltState } from '../../src/vendors/velt/sandbox.js';
import { crews, everyCrew, idsOf } from './crews.js';
import { documentOf, ids, openHouse, type House } from './house.js';

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

const remove = (group: string, members: readonly string[]) => house.write('removeGroupMembers', { group, members });

describe.each(everyCrew)('members of a group at $source', (crew) => {
  const { source, group, members } = crew;
  const [one, two, three] = members;

  it('are taken out, repetitions once, and the others stay', async () => {
    const answer = await remove(group, [three, one, three]);

    expect(idsOf(answer.removed)).toEqual([three, one]);
    expect(answer).toMatchObject({ userErrors: [], added: [], unchanged: [] });
    expect(answer.confirmedBy).toBe(source === 'asa' ? 'READ_BACK' : 'VENDOR_RESPONSE');
    expect(crew.now(house)).toEqual([two]);
  });

  it('may all be taken out: naming them is enough, no count is asked for', async () => {
    const answer = await remove(group, members);

    expect(answer).toMatchObject({ userErrors: [], removed: members.map((id) => ({ id })) });
    expect(crew.now(house)).toEqual([]);
  });
});

describe('members of a Velt group', () => {
  const { group, members } = crews.velt;
  const [one, two] = members;
  const stranger = 'gid://velt/User/org-a/stranger';
  const state = () => house.server<VeltState>('velt').box.state;

  it('are taken out with one call, in the order of the input', async () => {
    await remove(group, [two, one]);

    expect(house.asked('velt')).toEqual(['POST /v2/organizations/usergroups/users/delete']);
    expect(house.writes('velt')[0]!.json).toEqual({
      data: { organizationId: 'org-a', organizationUserGroupId: 'design', userIds: ['u-7', 'u-6'] },
    });
  });

  it.each([200, 500] as const)('whom Velt refuses within a %i are told one by one', async (status) => {
    state().partialFailure = status;

    const answer = await remove(group, [one, stranger, two]);

    expect(answer).toMatchObject({
      userErrors: [{ code: 'VENDOR_REJECTED', field: ['members', '1'], target: stranger, source: 'velt' }],
      calls: [{ status }],
      confirmedBy: 'VENDOR_RESPONSE',
    });
    expect(idsOf(answer.removed)).toEqual([one, two]);
  });

  it('who are not in it are refused or counted as removed, as Velt has it: no read is made to see', async () => {
    const [other] = crews.velt.others;

    const accepted = await remove(group, [other]);
    state().nonMembers = 'refused';
    const refused = await remove(group, [other]);

    expect(accepted).toMatchObject({ userErrors: [], removed: [{ id: other }] });
    expect(refused).toMatchObject({ userErrors: [{ code: 'VENDOR_REJECTED', target: other }], removed: [] });
    expect(house.asked('velt').filter((line) => line.endsWith('/get'))).toEqual([]);
  });

  it('are forgotten by the ledger, which is asked for the groups of a person', async () => {
    const member = { type: 'User', path: ['org-a', 'u-9'] } as const;
    await house.write('addGroupMembers', { group, members: [ids.veltUser(9)] });
    const before = await house.ledger.groupsOf('velt', member);

    await remove(group, [ids.veltUser(9)]);

    expect(before).toMatchObject([{ path: ['org-a', 'design'] }]);
    expect(await house.ledger.groupsOf('velt', member)).toEqual([]);
  });

  it('are not forgotten when Velt refuses to take them out', async () => {
    const member = { type: 'User', path: ['org-a', 'u-9'] } as const;
    await house.write('addGroupMembers', { group, members: [ids.veltUser(9)] });
    house.server('velt').fault({ mode: 'status', status: 400, match: /users\/delete$/ });

    await remove(group, [ids.veltUser(9)]);

    expect(await house.ledger.groupsOf('velt', member)).toMatchObject([{ path: ['org-a', 'design'] }]);
  });
});

it('members of a Velt group that the ledger does not know are taken out, and the group is null', async () => {
  const { organizations } = house.server<VeltState>('velt').box.state;
  organizations[0]!.groups.push({ clientGroupId: 'new', groupName: 'New', members: ['u-1', 'u-2'] });

  const { data, errors } = await house.ask(documentOf('removeGroupMembers', 'group { id } removed { id }'), {
    input: { group: ids.veltGroup('new'), members: [ids.veltUser(1)] },
  });

  expect(errors).toEqual([]);
  expect(data.removeGroupMembers).toEqual({ group: null, removed: [{ id: ids.veltUser(1) }] });
  expect(organizations[0]!.groups.at(-1)!.members).toEqual(['u-2']);
});

describe('members of an ASA group', () => {
  const { group, members } = crews.asa;
  const path = '/v1/teams/acme/groups/Bastion%20crew%201/users';
  const names = ['ana.lin', 'hana.omalley', 'emeka.schroder'];

  it('are taken out with one call each, and confirmed by one read of the whole list', async () => {
    house.server('asa').box.state.pageSize = 1;

    await remove(group, members.slice(0, 2));

    const [one, two] = names;
    expect(house.asked('asa')).toEqual([`DELETE ${path}/${one}`, `DELETE ${path}/${two}`, `GET ${path}`]);
  });

  it('whom the read still shows are CONCURRENT_CHANGE', async () => {
    house.server('asa').fault({ mode: 'status', status: 204, match: /^DELETE / });

    const answer = await remove(group, [members[1]]);

    expect(answer).toMatchObject({
      userErrors: [{ code: 'CONCURRENT_CHANGE', field: ['members', '0'], target: members[1] }],
      removed: [],
      confirmedBy: null,
    });
  });

  it('have an outcome of their own each', async () => {
    house.server('asa').fault({ mode: 'status', status: 422, match: ({ target }) => target.endsWith(names[1]!) });

    const answer = await remove(group, members);

    expect(answer).toMatchObject({
      userErrors: [{ code: 'VENDOR_REJECTED', field: ['members', '1'], target: members[1], source: 'asa' }],
      confirmedBy: 'READ_BACK',
    });
    expect(idsOf(answer.removed)).toEqual([members[0], members[2]]);
    expect(crews.asa.now(house)).toEqual([members[1]]);
  });
});
