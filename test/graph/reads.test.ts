import { afterAll, beforeAll, expect, it } from 'vitest';
import { calls, mark } from '../support/journal.js';
import { openRollcall, type Rollcall } from '../support/rollcall.js';

let rollcall: Rollcall;

beforeAll(async () => {
  rollcall = await openRollcall({ population: { groups: 250, membersPerGroup: 20, awkward: false } });
});
afterAll(() => rollcall.close());

const traced = { 'x-rollcall-trace': '1' };

it('answers 250 TestRail groups with the e-mails of their members by 3 calls', async () => {
  const server = rollcall.sandbox.server('testrail');
  const before = mark(server);

  const { data, errors, extensions } = await rollcall.ask(
    `{ groups(filter: { sources: ["testrail"] }, first: 1000) { totalCount complete nodes { id name members(first: 100) { nodes { id name email } } } } }`,
    {},
    traced,
  );

  expect(errors).toBeUndefined();
  expect(data.groups.totalCount).toBe(250);
  expect(data.groups.nodes[0].members.nodes[0].email).toContain('@');
  expect(calls(server, before)).toEqual([
    'GET /index.php?/api/v2/get_groups',
    'GET /index.php?/api/v2/get_users',
    'GET /index.php?/api/v2/get_users&limit=250&offset=250',
  ]);
  expect(extensions.upstream).toEqual([{ source: 'testrail', calls: 3, cacheHits: 0, shared: 0, waitedMs: 0, quotaLeft: null }]);
});
