import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { people } from '../../src/sandbox/people.js';
import type { AsaState } from '../../src/vendors/okta-asa/sandbox.js';
import type { VeltState } from '../../src/vendors/velt/sandbox.js';
import { distributionGroup, membership, permissionGroup, tester } from '../support/facts.js';
import { openRollcall, type Rollcall } from '../support/rollcall.js';
import { pageInfo, walk, type Listed } from '../support/walk.js';

let rollcall: Rollcall;

beforeAll(async () => {
  const population = { people: people(13), groups: 5, membersPerGroup: 9, projects: 2, awkward: true };
  rollcall = await openRollcall({ population });
  const ring = distributionGroup('55', 'Ring', '901');
  const leads = permissionGroup('31', 'Leads', '12');
  const testers = Array.from({ length: 12 }, (_, at) => tester(String(at + 5), `t${at}@example.com`));
  const inside = testers.map(({ row }) => membership(ring, 'Tester', row.path));
  await rollcall.ledger.remember('updraft', 'local', [ring, leads, ...testers, ...inside], new Date());
});
afterAll(() => rollcall.close());

const list = (field: string, cells: string, most = 1_000) => ({
  query: `query ($first: Int = ${most}, $after: String) { ${field}(first: $first, after: $after) { edges { cursor node { ${cells} } } ${pageInfo} } }`,
  pick: (data: any) => data[field] as Listed,
});

const nested = (look: string, field: string) => ({
  query: `query ($first: Int = 1000, $after: String) { ${look} { ${field}(first: $first, after: $after) { edges { cursor node { id } } ${pageInfo} } } }`,
  pick: (data: any) => Object.values<any>(data)[0][field] as Listed,
});

const lists = {
  organizations: list('organizations', 'id'),
  projects: list('projects', 'id'),
  groups: list('groups', 'id'),
  users: list('users', 'id'),
  testers: list('testers', 'id'),
  memberships: list('memberships', 'groupId memberId', 5_000),
  'the groups of an organization': nested('organization(id: "gid://tiledesk/Organization/tiledesk")', 'groups'),
  'the members of a TestRail group': nested('group(id: "gid://testrail/TestRailGroup/1")', 'members'),
  'the members of an Updraft group': nested('group(id: "gid://updraft/UpdraftDistributionGroup/55")', 'members'),
  'the members of a Velt group': nested('group(id: "gid://velt/VeltUserGroup/org-a/qa")', 'members'),
  'the members of an ASA group': nested('group(id: "gid://asa/AsaGroup/acme/Bastion%20crew%201")', 'members'),
};

describe.each(Object.entries(lists))('over the pages of %s', (_name, { query, pick }) => {
  it('no row comes twice and none is left out, whatever the sizes of our pages and of the vendor’s, and its order', async () => {
    const asa = rollcall.sandbox.server<AsaState>('asa').box.state;
    const velt = rollcall.sandbox.server<VeltState>('velt').box.state;
    const rowsInAll = pick((await rollcall.ask(query)).data).edges.length;
    const smallest = Math.ceil(rowsInAll / 8);
    const sizes = fc.array(fc.integer({ min: smallest, max: 4 * smallest }), { minLength: 1, maxLength: 4 });
    const vendorsPage = fc.constantFrom(1, 2, 3, 5, 1_000);
    const anyOrder = <T>(rows: T[]) => fc.shuffledSubarray(rows, { minLength: rows.length });
    const orders = fc.tuple(anyOrder(asa.users), anyOrder(velt.organizations[0]!.users));

    await fc.assert(
      fc.asyncProperty(sizes, vendorsPage, orders, async (firsts, pageSize, [asaUsers, veltUsers]) => {
        asa.pageSize = velt.pageSize = pageSize;
        asa.users = asaUsers;
        velt.organizations[0]!.users = veltUsers;
        const whole = pick((await rollcall.ask(query)).data);

        const { pages, answers } = await walk(rollcall, query, (page) => firsts[page % firsts.length]!, pick);

        expect(answers.every(({ errors }) => errors === undefined)).toBe(true);
        const rows = pages.flatMap(({ edges }) => edges.map(({ node }) => JSON.stringify(node)));
        expect(new Set(rows).size).toBe(rows.length);
        expect(rows.toSorted()).toEqual(whole.edges.map(({ node }) => JSON.stringify(node)).toSorted());
        const full = pages.slice(0, -1);
        expect(full.map(({ edges }) => edges.length)).toEqual(full.map((_, page) => firsts[page % firsts.length]));
      }),
      { numRuns: 12 },
    );
  });
});
