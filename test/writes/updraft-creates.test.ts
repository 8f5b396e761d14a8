import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ids, openHouse, type House } from './house.js';

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

const bodies = (source: string) => house.writes(source).map(({ json }) => json);

describe('a distribution group', () => {
  const input = { project: ids.updraftProject, title: '  Beta ring ' };

  it('is sent with its title as given, and shown as the ledger remembers it', async () => {
    const answer = await house.write('createUpdraftDistributionGroup', input);

    expect(bodies('updraft')).toEqual([{ app: 901, title: '  Beta ring ' }]);
    expect(answer.group).toEqual({
      __typename: 'UpdraftDistributionGroup',
      id: 'gid://updraft/UpdraftDistributionGroup/57',
      vendorId: '57',
      name: '  Beta ring ',
      origin: 'LEDGER',
    });
    expect(await house.ledger.groups('updraft')).toMatchObject([{ row: { path: ['57'], project: ['901'] } }]);
  });

  it('can be read by its id from then on', async () => {
    const { group } = await house.write('createUpdraftDistributionGroup', input);

    const { data } = await house.ask('query ($id: ID!) { group(id: $id) { id name project { id } memberCount } }', {
      id: group.id,
    });

    expect(data.group).toEqual({
      id: group.id,
      name: '  Beta ring ',
      project: { id: ids.updraftProject },
      memberCount: 0,
    });
  });

  it('of a project that Updraft does not know is VENDOR_REJECTED, and is not remembered', async () => {
    const answer = await house.write('createUpdraftDistributionGroup', {
      project: 'gid://updraft/Project/4711',
      title: 'Nowhere',
    });

    expect(answer).toMatchObject({ userErrors: [{ code: 'VENDOR_REJECTED', field: null, target: null }], group: null });
    expect(await house.ledger.groups('updraft')).toEqual([]);
  });
});

describe('a tester', () => {
  it('is put into several groups with one call, and remembered in them', async () => {
    const first = await house.write('createUpdraftDistributionGroup', { project: ids.updraftProject, title: 'One' });
    const groups = [first.group.id, ids.distributionGroup];

    const answer = await house.write('addUpdraftTester', { email: 'tess@example.com', groups });

    expect(bodies('updraft').at(-1)).toEqual({ email: 'tess@example.com', app: null, groups: [57, 56] });
    expect(answer.tester).toEqual({ id: 'gid://updraft/Tester/712', vendorId: '712', email: 'tess@example.com' });
    const { data } = await house.ask('query ($id: ID!) { group(id: $id) { members { nodes { id email } } } }', {
      id: first.group.id,
    });
    expect(data.group.members.nodes).toEqual([{ id: 'gid://updraft/Tester/712', email: 'tess@example.com' }]);
  });

  it('is in those groups that Updraft says back; the others are refused with their target', async () => {
    const { box } = house.server('updraft');
    box.state.distributionGroups.push({ id: 80, title: 'Silent', app: 901, testers: [] });
    house.server('updraft').fault({
      mode: 'status',
      status: 201,
      body: { id: 900, email: 'tess@example.com', app: null, groups: [56] },
    });
    const silent = 'gid://updraft/UpdraftDistributionGroup/80';

    const answer = await house.write('addUpdraftTester', {
      email: 'tess@example.com',
      groups: [silent, ids.distributionGroup],
    });

    expect(answer).toMatchObject({
      userErrors: [{ code: 'VENDOR_REJECTED', field: ['groups', '0'], target: silent, source: 'updraft' }],
      confirmedBy: 'VENDOR_RESPONSE',
      tester: { vendorId: '900' },
    });
    const member = { type: 'Tester', path: ['900'] } as const;
    expect(await house.ledger.groupsOf('updraft', member)).toMatchObject([{ path: ['56'] }]);
  });
});

describe('a permission group', () => {
  it('is created in its organization, and takes a user with one call for several groups', async () => {
    const created = await house.write('createUpdraftPermissionGroup', {
      organization: ids.updraftOrganization,
      title: 'Leads',
    });
    const groups = [ids.permissionGroup(31), created.group.id];

    const answer = await house.write('addUpdraftUserToPermissionGroups', { user: ids.updraftUser(1), groups });

    expect(bodies('updraft')).toEqual([
      { title: 'Leads', organization: 12 },
      { user: 1, groups: [31, 34] },
    ]);
    // The other one was not written through here: only its id is known.
    expect(answer.groups).toMatchObject([{ id: created.group.id, name: 'Leads', origin: 'LEDGER' }]);
    const user = { type: 'User', path: ['1'] } as const;
    expect(await house.ledger.groupsOf('updraft', user)).toHaveLength(2);
  });

  it('with the number of a distribution group is another group', async () => {
    const { state } = house.server('updraft').box;
    state.permissionGroups.push({ id: 56, title: 'Same number', organization: 12, members: [] });
    await house.ledger.remember(
      'updraft',
      'tests',
      [
        {
          kind: 'group',
          row: { type: 'UpdraftDistributionGroup', path: ['56'], vendorId: '56', name: 'Ring', project: ['901'] },
        },
        {
          kind: 'group',
          row: { type: 'UpdraftPermissionGroup', path: ['56'], vendorId: '56', name: 'Leads', project: null },
        },
      ],
      new Date(),
    );

    const answer = await house.write('addUpdraftUserToPermissionGroups', {
      user: ids.updraftUser(1),
      groups: [ids.permissionGroup(56)],
    });

    expect(answer.groups).toMatchObject([{ id: ids.permissionGroup(56), name: 'Leads' }]);
  });
});
