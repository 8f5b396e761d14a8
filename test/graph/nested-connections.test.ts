import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { people } from '../../src/sandbox/people.js';
import type { AsaState } from '../../src/vendors/okta-asa/sandbox.js';
import type { VeltState } from '../../src/vendors/velt/sandbox.js';
import { distributionGroup, membership, tester } from '../support/facts.js';
import { clearFaults } from '../support/faults.js';
import { openRollcall, type Rollcall } from '../support/rollcall.js';

let rollcall: Rollcall;
const desks = ['5b55e806c93dde0014000001', '5b55e806c93dde0014000002'];

beforeAll(async () => {
  const population = { people: people(300), groups: 260, membersPerGroup: 30, projects: 2, awkward: false };
  rollcall = await openRollcall({ population });
  rollcall.sandbox.server<VeltState>('velt').box.state.pageSize = 20;
  rollcall.sandbox.server<AsaState>('asa').box.state.pageSize = 20;
  const [ring, person] = [distributionGroup('55', 'Ring', '901'), tester('700', 'ana.lin@example.com')];
  await rollcall.ledger.remember('updraft', 'local', [ring, person, membership(ring, 'Tester', ['700'])], new Date());
});
afterAll(() => rollcall.close());
afterEach(() => clearFaults(rollcall.sandbox));

const break_ = (source: string, match: RegExp | ((request: { target: string; body: string }) => boolean)) =>
  rollcall.sandbox.server(source).fault({ mode: 'status', status: 503, match });
const gid = (source: string, type: string, id: string) => `gid://${source}/${type}/${id}`;
const ask = async (look: string, id: string, list: string) => {
  const { data, errors } = await rollcall.ask(
    `query ($id: ID!) { ${look}(id: $id) { id ${list}(first: 1000) { totalCount complete nodes { id } sources { source state code } } } }`,
    { id },
  );
  expect(data[look].id).toBe(id);
  return {
    list: data[look][list],
    errors: errors?.map(({ path, extensions }) => [path!.join('.'), extensions['code']]),
  };
};

const oneList = [
  [
    'velt',
    'organization',
    gid('velt', 'Organization', 'org-a'),
    'users',
    ({ body }: { body: string }) => /"organizationId":"org-a"}/.test(body),
    ({ body }: { body: string }) => body.includes('pageToken'),
  ],
  ['testrail', 'organization', gid('testrail', 'Organization', 'testrail'), 'groups', /get_groups$/, /get_groups&/],
  ['testrail', 'organization', gid('testrail', 'Organization', 'testrail'), 'users', /get_users$/, /get_users&/],
  ['asa', 'organization', gid('asa', 'Organization', 'acme'), 'groups', /groups$/, /groups\?offset/],
  ['asa', 'user', gid('asa', 'User', 'acme/ana.lin'), 'groups', /ana.lin\/groups$/, null],
  ['asa', 'project', gid('asa', 'Project', 'acme/region-1'), 'groups', /region-1\/groups$/, /region-1\/groups\?offset/],
  ['tiledesk', 'project', gid('tiledesk', 'Project', desks[0]!), 'users', /project_users/, null],
  ['tiledesk', 'project', gid('tiledesk', 'Project', desks[0]!), 'groups', /groups/, null],
  ['updraft', 'organization', gid('updraft', 'Organization', '12'), 'projects', /org=12/, null],
] as const;

describe('a nested connection that is one vendor list', () => {
  it.each(oneList)(
    'is null with an error when its first page fails: %s %s(id: "%s") { %s }',
    async (source, look, id, list, first) => {
      break_(source, first as RegExp);

      const answer = await ask(look, id, list);

      expect(answer).toEqual({ list: null, errors: [[`${look}.${list}`, 'VENDOR_UNAVAILABLE']] });
    },
  );

  it.each(oneList.filter(([, , , , , later]) => later))(
    'is PARTIAL with what came when a later one does: %s %s(id: "%s") { %s }',
    async (source, look, id, list, _first, later) => {
      break_(source, later as RegExp);

      const answer = await ask(look, id, list);

      expect(answer.list).toMatchObject({
        totalCount: null,
        complete: false,
        sources: [{ source, state: 'PARTIAL', code: 'VENDOR_UNAVAILABLE' }],
      });
      expect(answer.list.nodes).toHaveLength(source === 'testrail' ? 250 : 20);
      expect(answer.errors).toEqual([[`${look}.${list}`, 'VENDOR_UNAVAILABLE']]);
    },
  );
});

describe('a nested connection that is made of several lists', () => {
  it.each(['groups', 'users'])(
    'is PARTIAL when some fail, and null with an error when all do: Tiledesk projects, %s',
    async (list) => {
      const id = gid('tiledesk', 'Organization', 'tiledesk');
      break_('tiledesk', new RegExp(`${desks[1]}/`));
      const some = await ask('organization', id, list);
      break_('tiledesk', new RegExp(`${desks[0]}/`));
      const none = await ask('organization', id, list);

      expect(some.list).toMatchObject({
        totalCount: null,
        complete: false,
        sources: [{ source: 'tiledesk', state: 'PARTIAL' }],
      });
      expect(some.list.nodes.length).toBeGreaterThan(100);
      expect(some.list.nodes.every((node: any) => node.id.includes(desks[0]))).toBe(true);
      expect(some.errors).toEqual([[`organization.${list}`, 'VENDOR_UNAVAILABLE']]);
      expect(none).toEqual({ list: null, errors: [[`organization.${list}`, 'VENDOR_UNAVAILABLE']] });
    },
  );

  it.each([
    ['velt', ({ body }: { body: string }) => body.includes('org-b'), 'org-a'],
    ['updraft', /org=13/, '12'],
  ] as const)('is PARTIAL when some fail: %s organizations', async (source, match, whole) => {
    break_(source, match as RegExp);

    const { data, errors } = await rollcall.ask(
      `{ users(filter: { sources: ["${source}"] }, first: 1000) { totalCount complete nodes { organization { vendorId } } sources { state } } }`,
    );

    expect(data.users).toMatchObject({ totalCount: null, complete: false, sources: [{ state: 'PARTIAL' }] });
    expect(new Set(data.users.nodes.map(({ organization }: any) => organization.vendorId))).toEqual(new Set([whole]));
    expect(errors).toHaveLength(1);
  });
});

describe('GroupMemberConnection is whole or null', () => {
  it.each([
    ['velt', gid('velt', 'VeltUserGroup', 'org-a/qa'), ({ body }: { body: string }) => body.includes('pageToken')],
    ['asa', gid('asa', 'AsaGroup', 'acme/Bastion%20crew%201'), /users\?offset/],
  ] as const)('where a later page fails: %s', async (source, id, match) => {
    break_(source, match as RegExp);

    const { data, errors } = await rollcall.ask(
      'query ($id: ID!) { group(id: $id) { name members(first: 1000) { nodes { id } } } }',
      { id },
    );

    expect(data.group.members).toBeNull();
    expect(data.group.name).not.toBeNull();
    expect(errors).toMatchObject([{ path: ['group', 'members'], extensions: { code: 'VENDOR_UNAVAILABLE', source } }]);
  });

  it.each([
    gid('testrail', 'TestRailGroup', '1'),
    gid('tiledesk', 'TiledeskGroup', `${desks[0]}/5c34b5149f22a70016000001`),
  ])('and is whole where only what its people are called could not be read: %s', async (id) => {
    break_(id.split('/')[2]!, /get_user|project_users/);

    const { data, errors } = await rollcall.ask(
      'query ($id: ID!) { group(id: $id) { memberCount members(first: 1000) { totalCount nodes { id name email ... on User { status } } } } }',
      { id },
    );

    expect(data.group.memberCount).toBe(30);
    expect(data.group.members.totalCount).toBe(30);
    expect(
      data.group.members.nodes.every((user: any) => user.id && !user.name && !user.email && user.status === 'UNKNOWN'),
    ).toBe(true);
    expect(errors?.map(({ path }) => path)).toEqual([['group', 'members']]);
  });
});
