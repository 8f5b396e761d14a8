import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestRailState } from '../../src/vendors/testrail/sandbox.js';
import type { VeltState } from '../../src/vendors/velt/sandbox.js';
import { tester } from '../support/facts.js';
import { listen } from '../support/heard.js';
import { openRollcall, type Rollcall } from '../support/rollcall.js';
import { pageInfo } from '../support/walk.js';

let rollcall: Rollcall;

beforeAll(async () => {
  rollcall = await openRollcall({ population: { groups: 60 } });
  const testers = Array.from({ length: 60 }, (_, at) => tester(String(at + 1), `t${at}@example.com`));
  await rollcall.ledger.remember('updraft', 'local', testers, new Date());
});
afterAll(() => rollcall.close());

const lists = ['organizations', 'projects', 'groups', 'users', 'testers', 'memberships'];
const mostOf = (list: string) => (list === 'memberships' ? 5_000 : 1_000);
const testrail = 'filter: { sources: ["testrail"] }';
const firstPage = `query ($first: Int, $after: String) { groups(${testrail}, first: $first, after: $after) {
  nodes { id } edges { cursor node { id } } ${pageInfo}
} }`;

describe('first is 1 to 1,000, of memberships 1 to 5,000', () => {
  it.each(lists.flatMap((list) => [-1, 0, mostOf(list) + 1, 2_147_483_647].map((first) => [list, first] as const)))(
    '%s(first: %i) is BAD_USER_INPUT that names the range, before any call',
    async (list, first) => {
      const heard = listen(rollcall.sandbox);

      const { status, data, errors } = await rollcall.ask(`{ ${list}(first: ${first}) { totalCount } }`);

      expect([status, data]).toEqual([200, null]);
      expect(errors).toMatchObject([{ path: [list], extensions: { code: 'BAD_USER_INPUT' } }]);
      expect(errors![0]!.message).toContain(`from 1 to ${mostOf(list)}`);
      expect(heard()).toEqual({});
    },
  );

  it.each(lists.flatMap((list) => [1, mostOf(list)].map((first) => [list, first] as const)))(
    '%s(first: %i) is taken',
    async (list, first) => {
      const { data, errors } = await rollcall.ask(`{ ${list}(first: ${first}) { edges { cursor } } }`);

      expect(errors).toBeUndefined();
      expect(data[list].edges.length).toBeGreaterThan(0);
      expect(data[list].edges.length).toBeLessThanOrEqual(first);
    },
  );

  it.each([
    ['organization', 'gid://testrail/Organization/testrail', 'groups'],
    ['organization', 'gid://testrail/Organization/testrail', 'projects'],
    ['project', 'gid://testrail/Project/1', 'users'],
    ['group', 'gid://testrail/TestRailGroup/1', 'members'],
    ['user', 'gid://testrail/User/1', 'groups'],
    ['user', 'gid://testrail/User/1', 'projects'],
    ['group', 'gid://asa/AsaGroup/acme/Bastion%20crew%201', '... on AsaGroup { candidates'],
  ])('so of a nested list: %s(id: "%s") { %s }', async (look, id, list) => {
    const closing = '}'.repeat(list.split('{').length);

    const { data, errors } = await rollcall.ask(
      `{ ${look}(id: "${id}") { id ${list}(first: 1001) { nodes { id } } ${closing} }`,
    );

    const field = list.split(' ').at(-1)!;
    expect(data[look]).toEqual({ id, [field]: null });
    expect(errors).toMatchObject([{ path: [look, field], extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(errors![0]!.message).toContain('from 1 to 1000');
  });

  it.each(['users', 'groups', 'testers', 'memberships'])(
    'null means the default, as does nothing: %s',
    async (list) => {
      const usual = list === 'memberships' ? 500 : 50;

      const [unsaid, nothing] = await Promise.all(
        ['', '(first: null, after: null)'].map((args) =>
          rollcall.ask(`{ ${list}${args} { edges { cursor } pageInfo { hasNextPage hasPreviousPage } } }`),
        ),
      );

      expect(unsaid!.data[list].edges).toHaveLength(usual);
      expect(nothing!.data).toEqual(unsaid!.data);
      expect(nothing!.data[list].pageInfo).toEqual({ hasNextPage: true, hasPreviousPage: false });
    },
  );
});

describe('cursors', () => {
  it('are opaque and made of the row’s id: the same row has the same cursor on every page', async () => {
    const { data: wide } = await rollcall.ask(firstPage, { first: 10 });
    const { data: narrow } = await rollcall.ask(firstPage, { first: 1, after: wide.groups.edges[3].cursor });

    expect(narrow.groups.edges).toEqual([wide.groups.edges[4]]);
    expect(new Set(wide.groups.edges.map(({ cursor }: any) => cursor)).size).toBe(10);
    expect(wide.groups.edges.every(({ cursor }: any) => /^[\w-]+$/.test(cursor))).toBe(true);
  });

  it('say where a page begins and ends; hasPreviousPage is true when after was given', async () => {
    const { data } = await rollcall.ask(firstPage, { first: 5 });
    const { data: next } = await rollcall.ask(firstPage, { first: 1_000, after: data.groups.pageInfo.endCursor });

    const [first, last] = [data.groups.edges[0].cursor, data.groups.edges[4].cursor];
    expect(data.groups.pageInfo).toEqual({
      hasNextPage: true,
      hasPreviousPage: false,
      startCursor: first,
      endCursor: last,
    });
    expect(next.groups.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    expect(next.groups.edges).toHaveLength(58);
    expect(next.groups.nodes).toEqual(next.groups.edges.map(({ node }: any) => node));
  });

  it('go on after a row also when it is gone', async () => {
    const { state } = rollcall.sandbox.server<TestRailState>('testrail').box;
    const { data: before } = await rollcall.ask(firstPage, { first: 12 });
    const whole = state.groups;
    state.groups = whole.filter(({ id }) => id !== 12);

    const { data } = await rollcall.ask(firstPage, { first: 2, after: before.groups.pageInfo.endCursor });
    state.groups = whole;

    expect(before.groups.nodes.at(-1).id).toBe('gid://testrail/TestRailGroup/12');
    expect(data.groups.nodes.map(({ id }: any) => id)).toEqual(
      [13, 14].map((id) => `gid://testrail/TestRailGroup/${id}`),
    );
  });

  it('after the last row lead to an empty page', async () => {
    const { data: whole } = await rollcall.ask(firstPage, { first: 1_000 });
    const { data } = await rollcall.ask(firstPage, { first: 5, after: whole.groups.pageInfo.endCursor });

    const nowhere = { hasNextPage: false, hasPreviousPage: true, startCursor: null, endCursor: null };
    expect(data.groups).toEqual({ nodes: [], edges: [], pageInfo: nowhere });
  });

  it('hold for a row whose id is longer than an id may be when it is sent as one', async () => {
    const { organizations } = rollcall.sandbox.server<VeltState>('velt').box.state;
    const users = ['a', 'z'].map((letter) => ({ userId: letter + '😀'.repeat(200), name: letter }));
    organizations.push({ id: 'org-long', organizationName: 'Long', disabled: false, users, groups: [] });
    const query = `query ($after: String) { users(filter: { organization: "gid://velt/Organization/org-long" }, first: 1, after: $after) {
      nodes { name } pageInfo { endCursor }
    } }`;

    const { data: one } = await rollcall.ask(query);
    const { data: two, errors } = await rollcall.ask(query, { after: one.users.pageInfo.endCursor });
    organizations.pop();

    expect(errors).toBeUndefined();
    expect([one, two].map(({ users: { nodes } }) => nodes[0].name)).toEqual(['a', 'z']);
  });

  const id = 'gid://testrail/TestRailGroup/1';
  const encoded = (text: string) => Buffer.from(text).toString('base64url');
  it.each([
    '',
    ' ',
    '1',
    id,
    encoded(id),
    encoded('after'),
    encoded('after '),
    encoded(`before ${id}`),
    encoded(`after ${id} `),
    encoded('after gid://nobody/TestRailGroup/1'),
    encoded('after gid://testrail/Nothing/1'),
    `${encoded(`after ${id}`)}=`,
    `${encoded(`after ${id}`)}.`,
    Buffer.from('after gid://testrail/TestRailGroup/%C3%BF%C3%BE').toString('base64').replace(/=*$/, '=='),
  ])('that we did not make are BAD_USER_INPUT, before any call: %j', async (after) => {
    const heard = listen(rollcall.sandbox);

    const { data, errors } = await rollcall.ask(firstPage, { after });

    expect(data).toBeNull();
    expect(errors).toMatchObject([{ path: ['groups'], extensions: { code: 'BAD_USER_INPUT', source: null } }]);
    expect(errors![0]!.message).toContain('cursor');
    expect(heard()).toEqual({});
  });
});
