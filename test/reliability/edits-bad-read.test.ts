/** A list that cannot be trusted is never written back, however many edits wait for it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Fault } from '../../src/sandbox/fault-rules.js';
import { makeGroup, manyPeople, wholeListSources, type WholeListSource } from '../support/edited-group.js';
import { sendEdit } from '../support/edits-through.js';
import { openRollcall, type Rollcall } from '../support/rollcall.js';

let rollcall: Rollcall;
beforeAll(async () => {
  rollcall = await openRollcall({ population: manyPeople });
});
afterAll(() => rollcall.close());

/** The group as it ought to be told, with what is wrong with it. */
const rows: Readonly<Record<WholeListSource, (change: object) => (id: string) => object>> = {
  testrail: (change) => (id) => ({ id: Number(id), name: 'Crowded', user_ids: [1, 2, 3], ...change }),
  tiledesk: (change) => (id) => ({
    _id: id,
    name: 'Crowded',
    members: three,
    trashed: false,
    id_project: project,
    ...change,
  }),
};
const three = ['1', '2', '3'].map((digit) => digit.repeat(24));
const project = '5b55e806c93dde0014000001';

const wrong: Readonly<Record<WholeListSource, Readonly<Record<string, object>>>> = {
  testrail: {
    'no list': { user_ids: undefined },
    null: { user_ids: null },
    'a text': { user_ids: '1,2,3' },
    'an object': { user_ids: { 0: 1 } },
    'a list of texts': { user_ids: ['1', '2', '3'] },
    'a list with a hole': { user_ids: [1, null, 3] },
    'a list with half a number': { user_ids: [1, 2.5] },
    'a list with nobody’s id': { user_ids: [0] },
    'an empty list of three': { user_ids: [], size: 3 },
    'a list shorter than it is said to be': { users_count: 4 },
    'the first page of two': { limit: 3, offset: 0, _links: { next: '/api/v2/get_group/1&offset=3' } },
    'the second page of two': { limit: 3, offset: 3 },
    'an error beside the list': { error: 'Some users could not be read.' },
    'another group': { id: 1 },
    'no id': { id: undefined },
  },
  tiledesk: {
    'no list': { members: undefined },
    null: { members: null },
    'a text': { members: three.join() },
    'an object': { members: { 0: three[0] } },
    'a list of numbers': { members: [1, 2, 3] },
    'a list with a hole': { members: [three[0], null] },
    'a list with a member without id': { members: [three[0], ''] },
    'an empty list of three': { members: [], membersCount: 3 },
    'a list shorter than it is said to be': { count: 4 },
    'an error beside the list': { error: 'Some members could not be read.' },
    'another group': { _id: three[0] },
    'no id': { _id: undefined },
  },
};

const broken: Readonly<Record<string, Fault>> = {
  'an error with 200': { mode: 'status', status: 200, body: { error: 'Something went wrong.' } },
  nothing: { mode: 'status', status: 200 },
  'a bare null': { mode: 'status', status: 200, headers: { 'content-type': 'application/json' }, body: 'null' },
  'a bare list': { mode: 'status', status: 200, body: [1, 2, 3] },
  'a page for people': { mode: 'html' },
  'half of it, cut off': { mode: 'half' },
  'half of it, as if it were all': { mode: 'truncated-json' },
};

/** In a row, of calls that show a source to be ill. */
const failuresThatOpen = 5;

describe.each(wholeListSources)('at %s', (source) => {
  const bodies = Object.entries(wrong[source]).map(([what, change]) => [what, rows[source](change)] as const);
  it.each([...bodies, ...Object.entries(broken)])('%s', async (_, told) => {
    const group = makeGroup(rollcall.sandbox, source, 5);
    const { server, isRead, people } = group;
    const ownId = group.id.slice(group.id.lastIndexOf('/') + 1);
    const before = group.members();
    const fault: Fault = typeof told === 'function' ? { mode: 'status', status: 200, body: told(ownId) } : told;
    server.fault({ ...fault, match: isRead });
    const edits = [
      ...people.slice(10, 18).map((member) => ['addGroupMembers', { members: [member] }] as const),
      ...people.slice(0, 4).map((member) => ['removeGroupMembers', { members: [member] }] as const),
      ['setGroupMembers', { members: people.slice(0, 6) }] as const,
      ...(source === 'testrail' ? [['updateGroup', { name: 'Anew' }] as const] : []),
    ];

    const answers = await Promise.all(
      edits.map(([mutation, input]) => sendEdit(rollcall.url, mutation, { group: group.id, ...input })),
    );
    server.clearFaults();
    const later = await sendEdit(rollcall.url, 'addGroupMembers', { group: group.id, members: [people[20]] });

    const codes = answers.map(({ userErrors }) => userErrors.map(({ code }) => code));
    const asked = codes.findIndex(([code]) => code !== 'VENDOR_BAD_RESPONSE');
    // A source that keeps failing is left alone for a while, and whoever comes then is told so.
    if (asked >= 0) expect(asked).toBeGreaterThanOrEqual(failuresThatOpen);
    expect(codes).toEqual(
      edits.map((_, nth) => [asked < 0 || nth < asked ? 'VENDOR_BAD_RESPONSE' : 'VENDOR_UNAVAILABLE']),
    );
    expect(answers.map(({ confirmedBy }) => confirmedBy)).toEqual(edits.map(() => null));
    expect(later.userErrors).toEqual([]);
    expect(group.members()).toEqual([...before, people[20]]);
    expect(group.requests().filter(group.isWrite)).toHaveLength(1);
  });
});
