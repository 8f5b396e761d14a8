import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MutationName } from '../../src/graph/graph.js';
import type { Fault } from '../../src/sandbox/fault-rules.js';
import { crews, type Crew } from './crews.js';
import { common, openHouse, selectionOf, type House } from './house.js';

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

type Edit = readonly [mutation: MutationName, more: object];
const editsOf = ({ members, others }: Crew): readonly Edit[] => [
  ['addGroupMembers', { members: [others[0]] }],
  ['removeGroupMembers', { members: [members[0]] }],
  ['setGroupMembers', { members: [others[0], members[0]] }],
  ['updateGroup', { name: 'Renamed' }],
];

const answered = (body: unknown): Fault => ({ mode: 'status', status: 200, body });
const brokenOff: readonly (readonly [what: string, fault: Fault])[] = [
  ['HTML', { mode: 'html' }],
  ['no JSON', { mode: 'garbage' }],
  ['half of its JSON', { mode: 'truncated-json' }],
  ['half of its bytes', { mode: 'half' }],
  ['another shape', { mode: 'wrongshape' }],
  ['nothing at all', answered('')],
  ['a list instead of a group', answered([])],
  ['a redirect', { mode: 'redirect', location: '/elsewhere' }],
];

const testrail = { id: 1, name: 'QA circle 1', user_ids: [1, 4, 7] };
const { user_ids: _, ...withoutUsers } = testrail;
const badAtTestRail: readonly (readonly [what: string, fault: Fault])[] = [
  ['no list of users', answered(withoutUsers)],
  ['null for the list', answered({ ...testrail, user_ids: null })],
  ['a text for the list', answered({ ...testrail, user_ids: '1,4,7' })],
  ['an object for the list', answered({ ...testrail, user_ids: { 0: 1, 1: 4 } })],
  ['a text among the users', answered({ ...testrail, user_ids: [1, '4', 7] })],
  ['null among the users', answered({ ...testrail, user_ids: [1, null, 7] })],
  ['users that are rows', answered({ ...testrail, user_ids: [{ id: 1 }] })],
  ['a user that can be none', answered({ ...testrail, user_ids: [1, 0, 7] })],
  ['fewer users than it counts', answered({ ...testrail, user_ids: [1, 4], size: 3 })],
  ['no users where it counts three', answered({ ...testrail, user_ids: [], size: 3 })],
  ['fewer users than it says in a count', answered({ ...testrail, user_count: 4 })],
  ['page 1 of 2', answered({ ...testrail, limit: 3, offset: 0 })],
  ['a link to page 2', answered({ ...testrail, _links: { next: '/api/v2/get_group/1&offset=250' } })],
  ['an error beside the list', answered({ ...testrail, error: 'Field :group_id is not a valid group.' })],
  ['an error in a 200', answered({ error: 'Maintenance' })],
  ['another group', answered({ ...testrail, id: 2 })],
];

const [project, id] = crews.tiledesk.group.split('/').slice(-2);
const three = [1, 3, 4].map((number) => `5ab0f3fa57066e001400000${number}`);
const tiledesk = { _id: id, id_project: project, name: 'Tier 1', members: three, trashed: false };
const { members: __, ...withoutMembers } = tiledesk;
const badAtTiledesk: readonly (readonly [what: string, fault: Fault])[] = [
  ['no list of members', answered(withoutMembers)],
  ['null for the list', answered({ ...tiledesk, members: null })],
  ['a text for the list', answered({ ...tiledesk, members: three.join() })],
  ['a number among the members', answered({ ...tiledesk, members: [three[0], 7] })],
  ['null among the members', answered({ ...tiledesk, members: [three[0], null] })],
  ['members that are rows', answered({ ...tiledesk, members: [{ _id: three[0] }] })],
  ['a member without id', answered({ ...tiledesk, members: [three[0], ''] })],
  ['fewer members than it counts', answered({ ...tiledesk, members: three.slice(1), size: 3 })],
  ['no members where it counts three', answered({ ...tiledesk, members: [], members_count: 3 })],
  ['an error beside the list', answered({ ...tiledesk, error: 'Error getting object.' })],
  ['another group', answered({ ...tiledesk, _id: three[0] })],
];

const table = [
  ...[...brokenOff, ...badAtTestRail].map(([what, fault]) => ({ crew: crews.testrail as Crew, what, fault })),
  ...[...brokenOff, ...badAtTiledesk].map(([what, fault]) => ({ crew: crews.tiledesk as Crew, what, fault })),
].flatMap(({ crew, ...bad }) =>
  editsOf(crew).map(([mutation, more]) => ({ ...bad, crew, source: crew.source, mutation, more })),
);

const selectionWithoutGroup = (mutation: MutationName) => (mutation === 'updateGroup' ? common : selectionOf(mutation));

describe('a bad read never becomes a write:', () => {
  it.each(table)('$mutation at $source, when the group is read as $what', async ({ crew, fault, mutation, more }) => {
    const { source, group } = crew;
    house.server(source).fault({ ...fault, match: /^GET / });

    const answer = await house.write(mutation, { group, ...more }, selectionWithoutGroup(mutation));

    expect(house.writes(source)).toEqual([]);
    expect(answer).toMatchObject({ userErrors: [{ code: 'VENDOR_BAD_RESPONSE', source }], confirmedBy: null });
    expect([...(answer.added ?? []), ...(answer.removed ?? []), ...(answer.unchanged ?? [])]).toEqual([]);
    expect(answer.calls.map(({ method }) => method)).toEqual(['GET']);
    expect(crew.now(house)).toEqual(crew.members);
  });

  it.each([...brokenOff, ...badAtTiledesk])(
    'deleteGroup at tiledesk, when the group is read as %s',
    async (_what, fault) => {
      house.server('tiledesk').fault({ ...fault, match: /^GET / });

      const answer = await house.write('deleteGroup', { group: crews.tiledesk.group });

      expect(house.writes('tiledesk')).toEqual([]);
      expect(answer).toMatchObject({
        userErrors: [{ code: 'VENDOR_BAD_RESPONSE' }],
        deletedId: null,
        confirmedBy: null,
      });
    },
  );

  const lists = [
    ['velt', answered({ result: { status: 'success' } })],
    ['velt', answered({ result: { status: 'success', data: null } })],
    ['velt', answered({ result: { status: 'success', data: [{ name: 'nobody' }] } })],
    ['velt', answered({ result: { status: 'success', data: [], nextPageToken: 'again' } })],
    ['asa', answered({})],
    ['asa', answered({ list: null })],
    ['asa', answered({ list: [{ id: 'u-1' }] })],
    ['asa', { mode: 'truncated-json' }],
    ['asa', { mode: 'html' }],
  ] as const satisfies readonly (readonly [string, Fault])[];

  it.each(lists)('setGroupMembers at %s, when the members are read as %j', async (source, fault) => {
    const { group, others } = crews[source];
    house.server(source).fault({ ...fault, match: /\/users(\/get)?(\?.*)?$/ });

    const answer = await house.write('setGroupMembers', { group, members: others });

    expect(house.writes(source)).toEqual([]);
    expect(answer).toMatchObject({ userErrors: [{ code: 'VENDOR_BAD_RESPONSE', source }], confirmedBy: null });
  });
});

describe('a read that fails otherwise is no write either:', () => {
  const failures = [
    [401, 'VENDOR_AUTH'],
    [403, 'VENDOR_AUTH'],
    [429, 'VENDOR_RATE_LIMITED'],
    [500, 'VENDOR_UNAVAILABLE'],
    [503, 'VENDOR_UNAVAILABLE'],
  ] as const;

  it.each(failures)('a %i is %s, and nobody is left to wonder whether it was written', async (status, code) => {
    for (const source of ['testrail', 'tiledesk'] as const) {
      house.server(source).fault({ mode: 'status', status, match: /^GET / });

      for (const [mutation, more] of editsOf(crews[source])) {
        const input = { group: crews[source].group, ...more };
        const answer = await house.write(mutation, input, selectionWithoutGroup(mutation));

        expect(answer).toMatchObject({ userErrors: [{ code, source }], confirmedBy: null, calls: [{ status }] });
      }
      expect(house.writes(source)).toEqual([]);
    }
  });
});

describe.each([crews.testrail, crews.tiledesk])('after a failed read at $source', ({ source, group, others }) => {
  it.each([
    ['updateGroup', { name: 'Renamed' }, ''],
    ['addGroupMembers', { members: [others[0]] }, 'group { id name }'],
  ] as const)('%s does not ask for the group again to show it: it is null', async (mutation, more, selection) => {
    house.server(source).fault({ mode: 'status', status: 503, match: /^GET / });

    const answer = await house.write(mutation, { group, ...more }, `${selectionOf(mutation)} ${selection}`);

    expect(answer).toMatchObject({ userErrors: [{ code: 'VENDOR_UNAVAILABLE' }], group: null });
    expect(house.asked(source)).toHaveLength(1);
  });
});
