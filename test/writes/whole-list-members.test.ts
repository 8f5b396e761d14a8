import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { crews, idsOf, wholeListCrews } from './crews.js';
import { ids, isWrite, openHouse, selectionOf, type House } from './house.js';

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

const edit = (does: 'add' | 'remove', group: string, members: readonly string[]) =>
  house.write(`${does}GroupMembers`, { group, members });
const methods = (source: string) => house.asked(source).map((line) => line.split(' ')[0]);

describe.each(wholeListCrews)('where the list of members can only be replaced, at $source,', (crew) => {
  const { source, group, members, others } = crew;
  const replaces = source === 'testrail' ? 'POST' : 'PUT';

  it('an add reads it and writes it back with the new ones, everybody else in his place', async () => {
    const answer = await edit('add', group, [others[2], others[0], others[2]]);

    expect(methods(source)).toEqual(['GET', replaces]);
    expect(crew.now(house)).toEqual([...members, others[2], others[0]]);
    expect(idsOf(answer.added)).toEqual([others[2], others[0]]);
    expect(answer).toMatchObject({ userErrors: [], removed: [], unchanged: [], confirmedBy: 'VENDOR_RESPONSE' });
  });

  it('who is as wanted already is unchanged, and the others are edited', async () => {
    const added = await edit('add', group, [members[1], others[0]]);
    const removed = await edit('remove', group, [others[1], members[2]]);

    expect(added).toMatchObject({ added: [{ id: others[0] }], unchanged: [{ id: members[1] }] });
    expect(removed).toMatchObject({ removed: [{ id: members[2] }], unchanged: [{ id: others[1] }] });
    expect(crew.now(house)).toEqual([members[0], members[1], others[0]]);
  });

  it('nothing is written where everybody is as wanted: the read is all that was sent', async () => {
    const answers = [await edit('add', group, members), await edit('remove', group, others)];

    expect(house.writes(source)).toEqual([]);
    for (const answer of answers) {
      expect(answer).toMatchObject({ userErrors: [], added: [], removed: [], confirmedBy: null });
      expect(answer.calls).toMatchObject([{ method: 'GET', status: 200 }]);
    }
    expect(answers.map(({ unchanged }) => idsOf(unchanged))).toEqual([members, others]);
  });

  it('the list is the one that the vendor has at that moment, and not what was read before', async () => {
    const request = house.newRequest();
    await house.ask('query ($id: ID!) { group(id: $id) { memberCount } }', { id: group }, request);
    crew.become(house, [others[1]]);

    await house.ask(
      'mutation ($input: GroupMembersInput!) { addGroupMembers(input: $input) { confirmedBy } }',
      { input: { group, members: [others[0]] } },
      request,
    );

    expect(crew.now(house)).toEqual([others[1], others[0]]);
  });

  it('the group of the payload is what the vendor answered to the write: no read follows', async () => {
    const selection = `${selectionOf('addGroupMembers')} group { id memberCount members { nodes { id } } }`;

    const answer = await house.write('addGroupMembers', { group, members: [others[0]] }, selection);

    expect(answer.group).toMatchObject({ id: group, memberCount: 4 });
    expect(new Set(idsOf(answer.group.members.nodes))).toEqual(new Set([...members, others[0]]));
    expect(methods(source)).toEqual(['GET', replaces]);
  });

  it('a group that the vendor does not know is NOT_FOUND, and is not made by the write', async () => {
    const unknown = group.replace(/.$/, 'f').replace(/TestRailGroup\/f$/, 'TestRailGroup/4711');

    const answer = await edit('add', unknown, [others[0]]);

    expect(house.writes(source)).toEqual([]);
    expect(answer).toMatchObject({
      userErrors: [{ code: 'NOT_FOUND', field: ['group'], target: unknown, source }],
      confirmedBy: null,
    });
  });
});

it('TestRail is sent the name beside the list, since nobody says what becomes of a name that is left out', async () => {
  await edit('add', crews.testrail.group, [crews.testrail.others[0]]);

  expect(house.writes('testrail')[0]).toMatchObject({
    target: '/index.php?/api/v2/update_group/1',
    json: { name: 'QA circle 1', user_ids: [1, 4, 7, 2] },
  });
});

it('Tiledesk is sent the members alone, since what is left out stays as it is', async () => {
  await edit('remove', crews.tiledesk.group, [crews.tiledesk.members[0]]);

  const members = [3, 4].map((id) => `5ab0f3fa57066e001400000${id}`);
  expect(house.writes('tiledesk')).toMatchObject([{ method: 'PUT', json: { members } }]);
  expect(house.server('tiledesk').box.state.groups[0]).toMatchObject({ name: 'Tier 1', attributes: { shift: 'day' } });
});

it('somebody whom the vendor lists twice counts once, and is written back once', async () => {
  await edit('remove', ids.testrailGroup(5), ['gid://testrail/User/1012']);

  expect(house.writes('testrail').map(({ json }) => json)).toEqual([{ name: 'Left behind', user_ids: [1] }]);
});

it.each(wholeListCrews)(
  'an edit at $source that was turned away leaves its key free, whoever was as wanted',
  async (crew) => {
    const { source, group, members, others } = crew;
    const input = { group, members: [members[0], others[0]], idempotencyKey: 'k' };
    house.server(source).fault({ mode: 'status', status: 429, match: isWrite, times: 1 });
    const away = await house.write('addGroupMembers', input);

    const answer = await house.write('addGroupMembers', input);

    expect(away.userErrors).toMatchObject([{ code: 'VENDOR_RATE_LIMITED', target: others[0] }]);
    expect(answer).toMatchObject({ userErrors: [], added: [{ id: others[0] }] });
  },
);
