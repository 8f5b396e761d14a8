import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { crews, meanwhile } from './crews.js';
import { ids, isWrite, openHouse, selectionOf, type House } from './house.js';

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

const update = (input: object, more = '') => house.write('updateGroup', input, `${selectionOf('updateGroup')} ${more}`);

describe('a TestRail group', () => {
  const { group, members, others } = crews.testrail;

  it('is renamed with the list of members that was read just before', async () => {
    const request = house.newRequest();
    await house.ask('query ($id: ID!) { group(id: $id) { memberCount } }', { id: group }, request);
    crews.testrail.become(house, [others[0], members[1]]);

    await house.ask(
      'mutation ($input: UpdateGroupInput!) { updateGroup(input: $input) { confirmedBy } }',
      { input: { group, name: ' New circle ' } },
      request,
    );

    expect(house.asked('testrail').slice(-2)).toEqual([
      'GET /index.php?/api/v2/get_group/1',
      'POST /index.php?/api/v2/update_group/1',
    ]);
    expect(house.writes('testrail').map(({ json }) => json)).toEqual([{ name: ' New circle ', user_ids: [2, 4] }]);
  });

  it('is shown as TestRail answered it, and no read follows', async () => {
    const answer = await update({ group, name: 'New circle' }, 'all: group { name memberCount }');

    expect(answer).toMatchObject({
      userErrors: [],
      confirmedBy: 'VENDOR_RESPONSE',
      group: { id: group, origin: 'VENDOR' },
    });
    expect(answer).toMatchObject({ all: { name: 'New circle', memberCount: 3 } });
    expect(answer.calls.map(({ method, status }) => [method, status])).toEqual([
      ['GET', 200],
      ['POST', 200],
    ]);
    expect(house.asked('testrail')).toHaveLength(2);
  });

  it('may be called in other case and without outer blanks by its answer', async () => {
    answerWith('testrail', { id: 1, name: 'new Circle', user_ids: [1, 4, 7] });

    const answer = await update({ group, name: ' New circle ' });

    expect(answer).toMatchObject({ userErrors: [], confirmedBy: 'VENDOR_RESPONSE', group: { name: 'new Circle' } });
  });
});

describe('a Tiledesk group', () => {
  const { group } = crews.tiledesk;
  const row = () => house.server('tiledesk').box.state.groups[0];

  it.each([
    ['its name', { name: 'Night' }, { name: 'Night', attributes: { shift: 'day' } }],
    ['its attributes, all of them', { attributes: { zone: 1 } }, { name: 'Tier 1', attributes: { zone: 1 } }],
    ['both', { name: 'Night', attributes: {} }, { name: 'Night', attributes: {} }],
  ])('is read and then sent %s alone: what is left out stays', async (_what, changes, after) => {
    const before = row().members;

    const answer = await update({ group, ...changes }, 'mine: group { ... on TiledeskGroup { name attributes } }');

    expect(house.asked('tiledesk').map((line) => line.split(' ')[0])).toEqual(['GET', 'PUT']);
    expect(house.writes('tiledesk').map(({ json }) => json)).toEqual([changes]);
    expect(row()).toMatchObject({ ...after, members: before });
    expect(answer).toMatchObject({ userErrors: [], confirmedBy: 'VENDOR_RESPONSE', mine: after });
  });
});

describe('an ASA group', () => {
  const { group } = crews.asa;
  const path = '/v1/teams/acme/groups/Bastion%20crew%201';

  it('is sent all its roles, each once, and read back since ASA answers nothing', async () => {
    const roles = ['REPORTING_USER', 'ACCESS_ADMIN', 'REPORTING_USER'];

    const answer = await update({ group, roles }, 'mine: group { id ... on AsaGroup { roles } }');

    expect(house.asked('asa')).toEqual([`PUT ${path}`, `GET ${path}`]);
    expect(house.writes('asa').map(({ json }) => json)).toEqual([{ roles: ['reporting_user', 'access_admin'] }]);
    expect(answer).toMatchObject({ userErrors: [], confirmedBy: 'READ_BACK', calls: [{ method: 'PUT', status: 204 }] });
    expect(answer).toMatchObject({ mine: { id: group, roles: ['REPORTING_USER', 'ACCESS_ADMIN'] } });
  });

  it('may be left without roles', async () => {
    const answer = await update({ group, roles: [] });

    expect(answer).toMatchObject({ userErrors: [], confirmedBy: 'READ_BACK' });
    expect(house.server('asa').box.state.groups[0].roles).toEqual([]);
  });

  it('stands by its 204 where it cannot be read back', async () => {
    house.server('asa').fault({ mode: 'status', status: 503, match: /^GET /, times: 1 });

    const answer = await update({ group, roles: ['ACCESS_ADMIN'] });

    expect(answer).toMatchObject({ userErrors: [], confirmedBy: 'VENDOR_RESPONSE', group: { id: group } });
  });

  it('whose roles somebody else changes before they are read back is CONCURRENT_CHANGE', async () => {
    const row = house.server('asa').box.state.groups[0];
    meanwhile(
      house,
      'asa',
      ({ method, target }) => method === 'GET' && target === path,
      () => (row.roles = ['server_admin']),
    );

    const answer = await update({ group, roles: ['ACCESS_ADMIN'] });

    expect(answer).toMatchObject({ userErrors: [{ code: 'CONCURRENT_CHANGE', source: 'asa' }], confirmedBy: null });
    expect(house.writes('asa')).toHaveLength(1);
  });
});

describe.each([
  ['testrail', { name: 'Renamed' }, { id: 1, name: 'Somebody else was here', user_ids: [1, 4, 7] }],
  ['tiledesk', { name: 'Renamed' }, tiledeskAnswer({ name: 'Somebody else was here' })],
  ['tiledesk', { attributes: { a: [1] } }, tiledeskAnswer({ attributes: { a: [2] } })],
] as const)('a change at %s of %j', (source, changes, body) => {
  it('that the answer does not show is CONCURRENT_CHANGE, and is not sent again', async () => {
    answerWith(source, body);

    const { group } = crews[source];
    const answer = await update({ group, ...changes });

    expect(house.writes(source)).toHaveLength(1);
    expect(answer).toMatchObject({
      userErrors: [{ code: 'CONCURRENT_CHANGE', target: group, source }],
      confirmedBy: null,
    });
  });
});

describe('a group that is not there', () => {
  it.each([
    ['a TestRail group', ids.testrailGroup(99), { name: 'n' }],
    ['a Tiledesk group', ids.tiledeskGroup(0), { name: 'n' }],
    ['a Tiledesk group of another project', ids.tiledeskGroup(4), { name: 'n' }],
    ['a Tiledesk group in the trash', `${ids.tiledeskGroup(0).slice(0, -1)}c`, { attributes: {} }],
    ['an ASA group', ids.asaGroup('nobody'), { roles: [] }],
  ])('is NOT_FOUND: %s', async (_what, group, changes) => {
    const [, , source] = group.split('/') as [string, string, string];

    const answer = await update({ group, ...changes });

    expect(answer).toMatchObject({
      userErrors: [{ code: 'NOT_FOUND', target: group, source }],
      group: null,
      confirmedBy: null,
    });
    expect(house.writes(source)).toHaveLength(source === 'asa' ? 1 : 0);
  });
});

/** Lets the vendor do it, and answer this instead. */
function answerWith(source: string, body: object): void {
  house.server(source).fault({ mode: 'status', status: 200, body, applied: true, match: isWrite });
}

function tiledeskAnswer(different: object): object {
  const [project, id] = ids.tiledeskGroup(1).split('/').slice(-2);
  return { _id: id, id_project: project, name: 'Renamed', members: [], attributes: {}, trashed: false, ...different };
}
