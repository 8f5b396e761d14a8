import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ids, openHouse, selectionOf, type House } from './house.js';

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

const bodies = (source: string) => house.writes(source).map(({ json }) => json);

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

it('whoever writes is named in the ledger', async () => {
  await house.ask(
    `mutation { createUpdraftPermissionGroup(input: { organization: "${ids.updraftOrganization}", title: "Leads" }) { confirmedBy } }`,
    {},
    house.newRequest('erika'),
  );

  expect(await house.ledger.entries({ limit: 10 })).toMatchObject([
    { caller: 'erika', source: 'updraft', state: 'DONE' },
  ]);
});
