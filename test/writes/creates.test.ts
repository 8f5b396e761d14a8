import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ids, openHouse, selectionOf, type House } from './house.js';

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

describe('Velt groups', () => {
  const add = (groups: object[], more: object = {}) =>
    house.write('addVeltUserGroups', { organization: ids.veltOrganization, groups, ...more });

  it('are created with one call, and remembered; a group without name is called by its id', async () => {
    const answer = await add([{ groupId: 'ops', groupName: 'Ops' }, { groupId: 'süd/1' }]);

    expect(bodies('velt')).toEqual([
      {
        data: {
          organizationId: 'org-a',
          organizationUserGroups: [{ groupId: 'ops', groupName: 'Ops' }, { groupId: 'süd/1' }],
        },
      },
    ]);
    expect(answer.groups).toMatchObject([
      { id: ids.veltGroup('ops'), name: 'Ops', origin: 'LEDGER' },
      { id: 'gid://velt/VeltUserGroup/org-a/s%C3%BCd%2F1', name: 'süd/1', origin: 'LEDGER' },
    ]);
  });

  it('say createOrganization only when it is true', async () => {
    await add([{ groupId: 'a' }], { createOrganization: false });
    await add([{ groupId: 'b' }], { createOrganization: null });
    await house.write('addVeltUserGroups', {
      organization: 'gid://velt/Organization/org-new',
      groups: [{ groupId: 'c' }],
      createOrganization: true,
    });

    const told = bodies('velt').map((body: any) => body.data.createOrganization);
    expect(told).toEqual([undefined, undefined, true]);
  });

  it.each([200, 500] as const)(
    'that Velt refuses within a %i are VENDOR_REJECTED with their target',
    async (status) => {
      const { state } = house.server('velt').box;
      Object.assign(state, { existingGroups: 'refused', partialFailure: status });

      const answer = await add([
        { groupId: 'ops', groupName: 'Ops' },
        { groupId: 'qa', groupName: 'New' },
      ]);

      expect(answer).toMatchObject({
        userErrors: [{ code: 'VENDOR_REJECTED', field: ['groups', '1', 'groupId'], target: ids.veltGroup('qa') }],
        calls: [{ status }],
        confirmedBy: 'VENDOR_RESPONSE',
        groups: [{ id: ids.veltGroup('ops') }],
      });
      expect(answer.userErrors[0]?.message).toContain(`(status ${status})`);
      expect((await house.ledger.groups('velt')).map(({ row }) => row.vendorId)).toEqual(['ops']);
    },
  );

  it('that Velt refuses all of: nothing is written or remembered', async () => {
    const { state } = house.server('velt').box;
    Object.assign(state, { existingGroups: 'refused' });

    const answer = await add([{ groupId: 'qa', groupName: 'New' }]);

    expect(answer).toMatchObject({ userErrors: [{ code: 'VENDOR_REJECTED' }], confirmedBy: null, groups: [] });
    expect(await house.ledger.groups('velt')).toEqual([]);
  });

  it('that exist are remembered with their new name when Velt answers success', async () => {
    const answer = await add([{ groupId: 'qa', groupName: 'Quality' }]);

    expect(answer).toMatchObject({ userErrors: [], groups: [{ name: 'Quality', origin: 'LEDGER' }] });
  });

  it('of an organization that Velt does not know are NOT_FOUND', async () => {
    const answer = await house.write('addVeltUserGroups', {
      organization: 'gid://velt/Organization/nobody',
      groups: [{ groupId: 'a' }],
    });

    expect(answer.userErrors).toMatchObject([{ code: 'NOT_FOUND', field: null, target: null }]);
  });
});

describe('a group at a vendor that can be read', () => {
  it('is sent to TestRail with user_ids, each once', async () => {
    const users = [3, 1, 3].map(ids.testrailUser);

    const answer = await house.write(
      'addTestRailGroup',
      { organization: ids.testrail, name: 'Smoke', users },
      `${selectionOf('addTestRailGroup')} all: group { memberCount members { nodes { id name } } }`,
    );

    expect(bodies('testrail')).toEqual([{ name: 'Smoke', user_ids: [3, 1] }]);
    expect(answer).toMatchObject({ group: { name: 'Smoke', origin: 'VENDOR' }, all: { memberCount: 2 } });
    expect(await house.ledger.groups('testrail')).toEqual([]);
  });

  it('may be without members, also where they are null', async () => {
    await house.write('addTestRailGroup', { organization: ids.testrail, name: 'Empty' });
    await house.write('addTestRailGroup', { organization: ids.testrail, name: 'Empty', users: null });
    await house.write('createTiledeskGroup', { project: ids.tiledeskProject, name: 'Empty', members: [] });
    await house.write('createAsaGroup', { organization: ids.asa, name: 'Empty', roles: null });

    expect(bodies('testrail')).toEqual([
      { name: 'Empty', user_ids: [] },
      { name: 'Empty', user_ids: [] },
    ]);
    expect(bodies('tiledesk')).toEqual([{ name: 'Empty', members: [] }]);
    expect(bodies('asa')).toEqual([{ name: 'Empty', roles: [] }]);
  });

  it('is sent to Tiledesk in its project', async () => {
    const answer = await house.write('createTiledeskGroup', {
      project: ids.tiledeskProject,
      name: 'Night',
      members: [ids.tiledeskUser(1)],
    });

    expect(house.writes('tiledesk')).toMatchObject([
      { target: '/v3/5b55e806c93dde0014000001/groups', json: { name: 'Night', members: ['5ab0f3fa57066e0014000001'] } },
    ]);
    expect(answer.group).toMatchObject({ __typename: 'TiledeskGroup', name: 'Night', origin: 'VENDOR' });
  });

  it('is sent to ASA with its roles, and shown with the uuid in its id', async () => {
    const answer = await house.write('createAsaGroup', {
      organization: ids.asa,
      name: 'release crew',
      roles: ['ACCESS_USER', 'REPORTING_USER'],
    });

    expect(bodies('asa')).toEqual([{ name: 'release crew', roles: ['access_user', 'reporting_user'] }]);
    const { id, vendorId } = answer.group;
    expect(id).toBe(ids.asaGroup('release crew', vendorId));
  });
});

describe('whoever writes', () => {
  it('is named in the ledger', async () => {
    const remembered: string[] = [];
    const ledger = Object.create(house.ledger, {
      remember: { value: (_source: string, caller: string) => (remembered.push(caller), Promise.resolve()) },
    });
    const other = await openHouse({ ledger });

    await other.ask(
      `mutation { createUpdraftPermissionGroup(input: { organization: "${ids.updraftOrganization}", title: "Leads" }) { confirmedBy } }`,
      {},
      other.newRequest('erika'),
    );
    await other.close();

    expect(remembered).toEqual(['erika']);
  });
});
