import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ids, openHouse, selectionOf, type House } from './house.js';

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

const crew = ids.asaGroup('Bastion crew 1');
const path = '/v1/teams/acme/groups/Bastion%20crew%201';
const [ana, benjy, jun] = [ids.asaUser('ana.lin'), ids.asaUser('benjy.compson'), ids.asaUser('jun.anand')];

const add = (group: string, members: readonly string[], more = '') =>
  house.write('addGroupMembers', { group, members }, selectionOf('addGroupMembers') + more);

describe('members of an ASA group', () => {
  it('are added with one call each, by user name, and confirmed by one read of the list', async () => {
    const answer = await add(crew, [jun, benjy], 'people: added { id vendorId name }');

    expect(house.asked('asa')).toEqual([`POST ${path}/users`, `POST ${path}/users`, `GET ${path}/users`]);
    expect(house.writes('asa').map(({ json }) => json)).toEqual([{ name: 'jun.anand' }, { name: 'benjy.compson' }]);
    expect(answer).toMatchObject({ userErrors: [], confirmedBy: 'READ_BACK', unchanged: [] });
    expect(answer.calls.map(({ method }) => method)).toEqual(['POST', 'POST']);
    // Whom the list shows is whole: nothing more is read.
    expect((answer as any).people).toMatchObject([
      { id: jun, vendorId: '0b8e1f7e-0000-4001-8000-000000000005', name: 'Jun Anand' },
      { id: benjy, name: 'Benjy Compson' },
    ]);
  });

  it('whom the read does not show are CONCURRENT_CHANGE, be the answer as good as it may', async () => {
    house.server('asa').fault({ mode: 'status', status: 200, body: { list: [] }, match: /^GET .*\/users$/ });

    const answer = await add(crew, [jun]);

    expect(answer).toMatchObject({
      userErrors: [{ code: 'CONCURRENT_CHANGE', field: ['members', '0'], target: jun, source: 'asa' }],
      confirmedBy: null,
      added: [],
    });
    expect(house.writes('asa')).toHaveLength(1);
  });

  it('stand by the answer where the list cannot be read', async () => {
    house.server('asa').fault({ mode: 'status', status: 503, match: /^GET / });

    const answer = await add(crew, [jun]);

    expect(answer).toMatchObject({ userErrors: [], confirmedBy: 'VENDOR_RESPONSE', added: [{ id: jun }] });
  });

  it('are looked for on later pages too', async () => {
    house.server('asa').box.state.pageSize = 1;

    const answer = await add(crew, [ana, jun]);

    expect(answer.confirmedBy).toBe('READ_BACK');
  });

  it('are not read back when nothing was written', async () => {
    const stranger = ids.asaUser('stranger');

    const answer = await add(crew, [stranger]);

    expect(house.asked('asa')).toEqual([`POST ${path}/users`]);
    expect(answer).toMatchObject({
      userErrors: [{ code: 'NOT_FOUND', field: ['members', '0'], target: stranger }],
      confirmedBy: null,
      added: [],
    });
  });

  it('whose answer is lost are looked for before the next is sent', async () => {
    house.server('asa').fault({ mode: 'lost', match: ({ body }) => body.includes('jun') });

    const answer = await add(crew, [jun, benjy]);

    const [post, get] = [`POST ${path}/users`, `GET ${path}/users`];
    expect(house.asked('asa')).toEqual([post, get, post, get]);
    expect(answer).toMatchObject({ userErrors: [], confirmedBy: 'READ_BACK' });
    expect(answer.added).toEqual([{ id: jun }, { id: benjy }]);
  });

  it('are unknown altogether when one outcome is', async () => {
    house.server('asa').fault({ mode: 'reset', match: ({ body }) => body.includes('jun') });

    const answer = await add(crew, [benjy, jun]);

    expect(house.writes('asa')).toHaveLength(2);
    expect(answer).toMatchObject({
      userErrors: [{ code: 'OUTCOME_UNKNOWN', field: ['members', '1'], target: jun }],
      confirmedBy: 'UNKNOWN',
      added: [{ id: benjy }],
    });
  });

  it('show in the group as it is read after the write', async () => {
    const { data } = await house.ask(
      `mutation ($input: GroupMembersInput!) {
        addGroupMembers(input: $input) { group { id name memberCount members(first: 20) { nodes { id } } } }
      }`,
      { input: { group: crew, members: [jun] } },
    );

    const { group } = data.addGroupMembers;
    expect(group).toMatchObject({ id: crew, name: 'Bastion crew 1', memberCount: 4 });
    expect(group.members.nodes).toContainEqual({ id: jun });
  });
});

describe('the group of the payload', () => {
  it('that cannot be read after the write is null with one entry in errors, and the write stands', async () => {
    house.server('asa').fault({ mode: 'status', status: 503, match: /^GET .*crew%201$/ });

    const { data, errors } = await house.ask(
      `mutation ($input: GroupMembersInput!) {
        addGroupMembers(input: $input) { group { id } added { id } confirmedBy }
      }`,
      { input: { group: crew, members: [jun] } },
    );

    expect(data.addGroupMembers).toEqual({ group: null, added: [{ id: jun }], confirmedBy: 'READ_BACK' });
    expect(errors).toMatchObject([{ path: ['addGroupMembers'], extensions: { code: 'VENDOR_UNAVAILABLE' } }]);
  });

  it('is not read when it is not asked for', async () => {
    await add(crew, [jun]);

    expect(house.asked('asa').filter((line) => line.endsWith('crew%201'))).toEqual([]);
  });

  it('shows what the write has changed, though it was read before in the same request', async () => {
    const request = house.newRequest();
    await house.ask('query ($id: ID!) { group(id: $id) { memberCount } }', { id: crew }, request);

    const { data } = await house.ask(
      `mutation ($input: GroupMembersInput!) { addGroupMembers(input: $input) { group { memberCount } } }`,
      { input: { group: crew, members: [jun] } },
      request,
    );

    expect(data.addGroupMembers.group.memberCount).toBe(4);
  });
});
