import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ids, openHouse, selectionOf, type House } from './house.js';

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

const add = (group: string, members: readonly string[], more = '') =>
  house.write('addGroupMembers', { group, members }, selectionOf('addGroupMembers') + more);
const bodies = (source: string) => house.writes(source).map(({ json }) => json as any);
const idsOf = (members: readonly { id: string }[] = []) => members.map(({ id }) => id);

describe('members of a Velt group', () => {
  const [one, two, stranger] = [ids.veltUser(8), ids.veltUser(9), 'gid://velt/User/org-a/stranger'];

  it('are added with one call, repetitions once, in the order of the input', async () => {
    const answer = await add(ids.veltGroup(), [two, one, two]);

    expect(bodies('velt')).toEqual([
      { data: { organizationId: 'org-a', organizationUserGroupId: 'qa', userIds: ['u-9', 'u-8'] } },
    ]);
    expect(idsOf(answer.added)).toEqual([two, one]);
    expect(answer).toMatchObject({ userErrors: [], removed: [], unchanged: [], confirmedBy: 'VENDOR_RESPONSE' });
  });

  it.each([200, 500] as const)('whom Velt refuses within a %i are told one by one', async (status) => {
    house.server('velt').box.state.partialFailure = status;

    const answer = await add(ids.veltGroup(), [one, one, stranger, two]);

    expect(answer).toMatchObject({
      userErrors: [{ code: 'VENDOR_REJECTED', field: ['members', '2'], target: stranger, source: 'velt' }],
      calls: [{ status }],
      confirmedBy: 'VENDOR_RESPONSE',
    });
    expect(idsOf(answer.added)).toEqual([one, two]);
    const remembered = await house.ledger.groupsOf('velt', { type: 'User', path: ['org-a', 'stranger'] });
    expect(remembered).toEqual([]);
  });

  it('who were added through here before are unchanged, and sent all the same', async () => {
    await add(ids.veltGroup(), [one]);

    const answer = await add(ids.veltGroup(), [two, one]);

    expect(bodies('velt')[1].data.userIds).toEqual(['u-9', 'u-8']);
    expect([idsOf(answer.added), idsOf(answer.unchanged)]).toEqual([[two], [one]]);
  });

  it('may be added to a group that the ledger does not know: it is null, and the membership is remembered', async () => {
    house
      .server('velt')
      .box.state.organizations[0].groups.push({ clientGroupId: 'new', groupName: 'New', members: [] });

    const answer = await add(ids.veltGroup('new'), [one], 'group { id }');

    expect(answer).toMatchObject({ userErrors: [], group: null, added: [{ id: one }] });
    const user = { type: 'User', path: ['org-a', 'u-8'] } as const;
    expect(await house.ledger.groupsOf('velt', user)).toMatchObject([{ path: ['org-a', 'new'] }]);
  });

  it('whom one call refuses together are refused each, with his target', async () => {
    house.server('velt').fault({ mode: 'status', status: 400, body: { error: { status: 'INVALID_ARGUMENT' } } });

    const answer = await add(ids.veltGroup(), [one, two]);

    const [error] = answer.userErrors;
    expect(answer).toMatchObject({
      userErrors: [
        { code: 'VENDOR_REJECTED', field: ['members', '0'], target: one, source: 'velt' },
        { code: 'VENDOR_REJECTED', field: ['members', '1'], target: two, message: error!.message },
      ],
      added: [],
    });
  });

  it.each([
    [401, 'VENDOR_AUTH'],
    [404, 'NOT_FOUND'],
    [429, 'VENDOR_RATE_LIMITED'],
  ])('what is no fault of theirs is told once: %i', async (status, code) => {
    house.server('velt').fault({ mode: 'status', status });

    const answer = await add(ids.veltGroup(), [one, two]);

    expect(answer).toMatchObject({ userErrors: [{ code, field: null, target: null }], added: [] });
    expect(answer.userErrors).toHaveLength(1);
  });
});

describe('members of a permission group', () => {
  const [one, two] = [ids.updraftUser(1), ids.updraftUser(2)];

  it('are added with one call each, in the order of the input', async () => {
    const answer = await add(ids.permissionGroup(), [two, one]);

    expect(bodies('updraft')).toEqual([
      { user: 2, groups: [31] },
      { user: 1, groups: [31] },
    ]);
    expect(idsOf(answer.added)).toEqual([two, one]);
    expect(answer.confirmedBy).toBe('VENDOR_RESPONSE');
  });

  it('have an outcome of their own each', async () => {
    const nobody = ids.updraftUser(4711);

    const answer = await add(ids.permissionGroup(), [one, nobody, two]);

    expect(answer.calls.map(({ status }) => status)).toEqual([201, 400, 201]);
    expect(answer.userErrors).toMatchObject([
      { code: 'VENDOR_REJECTED', field: ['members', '1'], target: nobody, source: 'updraft' },
    ]);
    expect(idsOf(answer.added)).toEqual([one, two]);
  });

  it('are remembered one by one, before the next is sent', async () => {
    house.server('updraft').fault({ mode: 'slow', ms: 150, match: ({ body }) => body.includes('"user":2') });

    const writing = add(ids.permissionGroup(), [one, two]);
    while (house.writes('updraft').length < 2) await new Promise((resolve) => setTimeout(resolve, 5));

    expect(await house.ledger.groupsOf('updraft', { type: 'User', path: ['1'] })).toHaveLength(1);
    expect(await house.ledger.groupsOf('updraft', { type: 'User', path: ['2'] })).toEqual([]);
    await writing;
    expect(await house.ledger.groupsOf('updraft', { type: 'User', path: ['2'] })).toHaveLength(1);
  });

  it('show in the group that the ledger knows, read after the write', async () => {
    const { group } = await house.write('createUpdraftPermissionGroup', {
      organization: ids.updraftOrganization,
      title: 'Leads',
    });

    const answer = await add(group.id, [one], 'group { id name memberCount members { nodes { id } } }');

    expect(answer.group).toEqual({ id: group.id, name: 'Leads', memberCount: 1, members: { nodes: [{ id: one }] } });
  });
});

describe('several edits in one document', () => {
  it('are made in their order, and each knows what the one before has written', async () => {
    const [one, two] = [ids.veltUser(8), ids.veltUser(9)];
    const document = `mutation ($first: GroupMembersInput!, $second: GroupMembersInput!) {
      first: addGroupMembers(input: $first) { added { id } unchanged { id } }
      second: addGroupMembers(input: $second) { added { id } unchanged { id } }
    }`;

    const { data } = await house.ask(document, {
      first: { group: ids.veltGroup(), members: [one] },
      second: { group: ids.veltGroup(), members: [one, two] },
    });

    expect(data.first).toEqual({ added: [{ id: one }], unchanged: [] });
    expect(data.second).toEqual({ added: [{ id: two }], unchanged: [{ id: one }] });
  });

  it('go on to their end when the client has left', async () => {
    const request = house.newRequest();
    house.server('updraft').setLatency(30);
    const members = [1, 2, 3].map(ids.updraftUser);
    const document = `mutation ($input: GroupMembersInput!) { addGroupMembers(input: $input) { added { id } } }`;

    const writing = house.ask(document, { input: { group: ids.permissionGroup(), members } }, request);
    request.leave();
    const { data } = await writing;

    expect(idsOf(data.addGroupMembers.added)).toEqual(members);
  });
});
