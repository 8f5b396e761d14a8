import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { crews, everyCrew, idsOf } from './crews.js';
import { openHouse, selectionOf, type House } from './house.js';

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

const set = (group: string, members: readonly string[], more: object = {}) =>
  house.write('setGroupMembers', { group, members, ...more });

describe.each(everyCrew)('the members of a group at $source', (crew) => {
  const { source, group, members, others } = crew;
  const [one, two, three] = members;
  const proof = source === 'asa' ? 'READ_BACK' : 'VENDOR_RESPONSE';

  it('become those who are named, repetitions once, and each is told what became of him', async () => {
    const answer = await set(group, [others[0], three, others[1], three]);

    expect(new Set(crew.now(house))).toEqual(new Set([three, others[0], others[1]]));
    expect(crew.now(house)).toHaveLength(3);
    expect(idsOf(answer.added)).toEqual([others[0], others[1]]);
    expect(idsOf(answer.removed)).toEqual([one, two]);
    expect(idsOf(answer.unchanged)).toEqual([three]);
    expect(answer).toMatchObject({ userErrors: [], confirmedBy: proof });
  });

  it('may all be other people: as many as before need no count', async () => {
    const answer = await set(group, others);

    expect(answer).toMatchObject({ userErrors: [], unchanged: [], confirmedBy: proof });
    expect(new Set(crew.now(house))).toEqual(new Set(others));
  });

  it('may be nobody, when the caller says how many that throws out', async () => {
    const answer = await set(group, [], { expectedCount: 3 });

    expect(answer).toMatchObject({ userErrors: [], added: [], unchanged: [], confirmedBy: proof });
    expect(new Set(idsOf(answer.removed))).toEqual(new Set(members));
    expect(crew.now(house)).toEqual([]);
  });

  it('who are as they were to be are read, and nothing is written', async () => {
    const answer = await set(group, [three, one, two]);

    expect(house.writes(source)).toEqual([]);
    expect(answer).toMatchObject({ userErrors: [], added: [], removed: [], confirmedBy: null });
    expect(new Set(idsOf(answer.unchanged))).toEqual(new Set(members));
    expect(answer.calls).toMatchObject([{ status: 200 }]);
  });

  it('of an empty group may be nobody: there is nothing to do and nothing to fear', async () => {
    crew.become(house, []);

    const answer = await set(group, []);

    expect(house.writes(source)).toEqual([]);
    expect(answer).toMatchObject({ userErrors: [], added: [], removed: [], unchanged: [], confirmedBy: null });
  });

  it('are read right before they are written, whatever the request has read before', async () => {
    const request = house.newRequest();
    await house.ask('query ($id: ID!) { group(id: $id) { members { nodes { id } } } }', { id: group }, request);
    crew.become(house, [others[0], others[1]]);

    const { data } = await house.ask(
      `mutation ($input: SetGroupMembersInput!) { it: setGroupMembers(input: $input) { ${selectionOf('setGroupMembers')} } }`,
      { input: { group, members: [others[0], one] } },
      request,
    );

    expect([data.it.added, data.it.removed, data.it.unchanged].map(idsOf)).toEqual([[one], [others[1]], [others[0]]]);
    expect(new Set(crew.now(house))).toEqual(new Set([others[0], one]));
  });
});

describe('a set is sent', () => {
  it('at Velt as a read, one add and one removal', async () => {
    const { group, members, others } = crews.velt;

    const answer = await set(group, [others[0], members[1], others[1]]);

    expect(house.asked('velt')).toEqual([
      'POST /v2/users/get',
      'POST /v2/organizations/usergroups/users/add',
      'POST /v2/organizations/usergroups/users/delete',
    ]);
    expect(house.writes('velt').map(({ json }) => (json as any).data.userIds)).toEqual([
      ['u-1', 'u-2'],
      ['u-6', 'u-8'],
    ]);
    expect(answer.calls.map(({ status }) => status)).toEqual([200, 200, 200]);
  });

  it('at ASA as a read, the adds, the removals and one read back', async () => {
    const { group, members, others } = crews.asa;
    const path = '/v1/teams/acme/groups/Bastion%20crew%201/users';

    const answer = await set(group, [members[0], others[2]]);

    expect(house.asked('asa')).toEqual([
      `GET ${path}`,
      `POST ${path}`,
      `DELETE ${path}/hana.omalley`,
      `DELETE ${path}/emeka.schroder`,
      `GET ${path}`,
    ]);
    expect(answer.calls.map(({ method }) => method)).toEqual(['GET', 'POST', 'DELETE', 'DELETE']);
  });

  it.each([
    ['testrail', 'POST /index.php?/api/v2/update_group/1'],
    ['tiledesk', 'PUT /v3/5b55e806c93dde0014000001/groups/5c34b5149f22a70016000001'],
  ] as const)('at %s as a read and one list', async (source, write) => {
    const { group, others } = crews[source];

    await set(group, others);

    expect(house.asked(source).slice(1)).toEqual([write]);
    expect(house.asked(source)[0]).toMatch(/^GET /);
  });
});

it('whom Velt refuses in a set is told with his target, also when the input does not name him', async () => {
  const { group, members, others } = crews.velt;
  house.server('velt').box.state.partialFailure = 500;
  const gone = 'gid://velt/User/org-a/gone';
  const { organizations } = house.server('velt').box.state;
  organizations[0].users.push({ userId: 'gone' });
  crews.velt.become(house, [...members, gone]);
  house.server('velt').fault({
    mode: 'status',
    status: 200,
    match: /users\/delete$/,
    body: {
      result: {
        status: 'success',
        data: { 'u-7': { success: true }, 'u-8': { success: true }, gone: { success: false } },
      },
    },
  });

  const answer = await set(group, [members[0], others[0]]);

  expect(answer.userErrors).toMatchObject([{ code: 'VENDOR_REJECTED', field: ['members'], target: gone }]);
  expect(idsOf(answer.removed)).toEqual([members[1], members[2]]);
});
