import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { crews } from './crews.js';
import { ids, openHouse, type House } from './house.js';

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

const deleteGroup = (group: string) => house.write('deleteGroup', { group });
const tiledesk = () => house.server('tiledesk').box.state;

describe.each([crews.testrail, crews.tiledesk, crews.asa])('a group at $source', ({ source, group }) => {
  it('is deleted, and its id told for those who keep it', async () => {
    const answer = await deleteGroup(group);

    expect(answer).toMatchObject({ userErrors: [], deletedId: group, confirmedBy: 'VENDOR_RESPONSE' });
    expect(house.writes(source)).toHaveLength(1);
  });

  it('is null at once, in the same request and in the next, and in no list any more', async () => {
    const request = house.newRequest();
    const query = 'query ($id: ID!) { node(id: $id) { id } group(id: $id) { id } groups(filter: {}) { nodes { id } } }';
    const before = await house.ask(query, { id: group }, request);
    const shownId = before.data.group.id;

    await house.ask('mutation ($g: ID!) { deleteGroup(input: { group: $g }) { deletedId } }', { g: group }, request);
    const answers = [await house.ask(query, { id: group }, request), await house.ask(query, { id: group })];

    expect(before.data.node).toEqual({ id: shownId });
    for (const { data } of answers) {
      expect(data).toMatchObject({ node: null, group: null });
      expect(data.groups.nodes).not.toContainEqual({ id: shownId });
    }
  });

  it('that is gone is NOT_FOUND', async () => {
    await deleteGroup(group);

    const answer = await deleteGroup(group);

    expect(answer).toMatchObject({
      userErrors: [{ code: 'NOT_FOUND', target: group, source }],
      deletedId: null,
      confirmedBy: null,
    });
  });

  it('that the vendor refuses to delete is still there, and told as the target', async () => {
    house.server(source).fault({ mode: 'status', status: 422, match: /^DELETE|delete_group/ });

    const answer = await deleteGroup(group);

    expect(answer).toMatchObject({ userErrors: [{ code: 'VENDOR_REJECTED', target: group }], deletedId: null });
  });
});

describe('deleteGroup is sent', () => {
  it.each([
    ['testrail', ['POST /index.php?/api/v2/delete_group/1']],
    [
      'tiledesk',
      [
        'GET /v3/5b55e806c93dde0014000001/groups/5c34b5149f22a70016000001',
        'DELETE /v3/5b55e806c93dde0014000001/groups/5c34b5149f22a70016000001',
      ],
    ],
    ['asa', ['DELETE /v1/teams/acme/groups/Bastion%20crew%201']],
  ] as const)('to %s without a body, after a read only where a delete of anything succeeds', async (source, lines) => {
    const { calls } = await deleteGroup(crews[source].group);

    expect(house.asked(source)).toEqual(lines);
    expect(calls.map(({ method }) => method)).toEqual(lines.map((line) => line.split(' ')[0]));
    expect(calls.at(-1)).toMatchObject({ body: null, status: expect.any(Number) });
  });
});

describe('at Tiledesk, whose DELETE succeeds for anything,', () => {
  it.each([
    ['of another project', ids.tiledeskGroup(4)],
    ['in the trash', `${ids.tiledeskGroup(0).slice(0, -1)}c`],
    ['without a project', `${ids.tiledeskGroup(0).slice(0, -1)}d`],
    ['that never was', ids.tiledeskGroup(0)],
  ])('a group %s is NOT_FOUND, and nothing is sent', async (_what, group) => {
    const before = structuredClone(tiledesk().groups);

    const answer = await deleteGroup(group);

    expect(answer).toMatchObject({ userErrors: [{ code: 'NOT_FOUND', field: ['group'], target: group }] });
    expect(house.writes('tiledesk')).toEqual([]);
    expect(tiledesk().groups).toEqual(before);
  });

  it('a group that a department uses is VENDOR_REJECTED, and stays', async () => {
    const { group } = crews.tiledesk;
    tiledesk().usedGroups.push(group.split('/').at(-1));

    const answer = await deleteGroup(group);

    expect(answer).toMatchObject({
      userErrors: [{ code: 'VENDOR_REJECTED', target: group, source: 'tiledesk' }],
      deletedId: null,
      calls: [{ status: 200 }, { status: 403 }],
    });
    expect(tiledesk().groups[0].trashed).toBe(false);
  });

  it('whoever may not delete at all is told VENDOR_AUTH', async () => {
    const body = { success: false, msg: 'you dont have the required role.' };
    house.server('tiledesk').fault({ mode: 'status', status: 403, body, match: /^DELETE/ });

    const answer = await deleteGroup(crews.tiledesk.group);

    expect(answer).toMatchObject({ userErrors: [{ code: 'VENDOR_AUTH', target: crews.tiledesk.group }] });
  });
});
