import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AsaState } from '../../src/vendors/okta-asa/sandbox.js';
import type { TestRailState } from '../../src/vendors/testrail/sandbox.js';
import type { VeltState } from '../../src/vendors/velt/sandbox.js';
import type { BoxRequest } from '../../src/vendors/boxed.js';
import { listen } from '../support/heard.js';
import { openRollcall, type Rollcall } from '../support/rollcall.js';

let rollcall: Rollcall;
let testrail: TestRailState;

beforeEach(async () => {
  rollcall = await openRollcall({
    population: { groups: 10, membersPerGroup: 3, projects: 1, awkward: false },
    sources: { velt: { maxPages: 7 } },
  });
  testrail = rollcall.sandbox.server<TestRailState>('testrail').box.state;
  testrail.groups = Array.from({ length: 600 }, (_, at) => ({ id: at + 1, name: `G${at + 1}`, user_ids: [] }));
});
afterEach(() => rollcall.close());

const listGroups = async (source: string) => {
  const { data, errors } = await rollcall.ask(
    `{ groups(filter: { sources: ["${source}"] }, first: 1000) { totalCount complete nodes { vendorId } sources { state code } } }`,
  );
  const codes = errors?.map(({ extensions }) => extensions['code']);
  return { list: data.groups, ids: data.groups.nodes.map((node: any) => node.vendorId), codes };
};

/** Lets something happen at the vendor right before it answers a request, and lets it answer that well. */
const before = (source: string, match: RegExp, happen: () => void) =>
  rollcall.sandbox.server(source).fault({
    mode: 'hang',
    match: ({ method, target }) => {
      if (match.test(`${method} ${target}`)) happen();
      return false;
    },
  });

describe('a list that changes between its pages', () => {
  it('has a row that shifted into the next page once', async () => {
    before('testrail', /offset=250/, () => testrail.groups.unshift({ id: 900, name: 'Newcomer', user_ids: [] }));

    const { list, ids, codes } = await listGroups('testrail');

    expect(codes).toBeUndefined();
    expect(list).toMatchObject({ totalCount: 600, complete: true });
    expect(ids).toEqual(Array.from({ length: 600 }, (_, at) => String(at + 1)));
  });

  it('has nobody twice where rows shift at every page, in memberships too', async () => {
    testrail.groups.forEach((group) => (group.user_ids = [1]));
    let next = 1_000;
    before('testrail', /get_groups&/, () => testrail.groups.unshift({ id: next++, name: 'Newcomer', user_ids: [1] }));

    const { data } = await rollcall.ask(
      '{ memberships(filter: { sources: ["testrail"] }, first: 5000) { totalCount nodes { groupId } } }',
    );

    expect(data.memberships.totalCount).toBe(600);
    expect(new Set(data.memberships.nodes.map(({ groupId }: any) => groupId)).size).toBe(600);
  });

  it('is PARTIAL where the vendor says itself that there is more than it told', async () => {
    const body = {
      offset: 500,
      limit: 250,
      size: 600,
      _links: { next: null, prev: null },
      groups: [{ id: 501, name: 'G501', user_ids: [] }],
    };
    rollcall.sandbox.server('testrail').fault({ mode: 'status', status: 200, body, match: /offset=500/ });

    const { list, ids, codes } = await listGroups('testrail');

    expect(codes).toEqual(['VENDOR_BAD_RESPONSE']);
    expect(list).toMatchObject({ totalCount: null, complete: false, sources: [{ state: 'PARTIAL' }] });
    expect(ids).toHaveLength(500);
  });
});

describe('a vendor’s list ends with VENDOR_BAD_RESPONSE', () => {
  it('when a page repeats', async () => {
    const rows = testrail.groups.slice(0, 250);
    const links = { next: '/api/v2/get_groups&limit=250&offset=500', prev: null };
    rollcall.sandbox
      .server('testrail')
      .fault({ mode: 'status', status: 200, body: { _links: links, groups: rows }, match: /offset=250/ });
    const heard = listen(rollcall.sandbox);

    const { ids, list, codes } = await listGroups('testrail');

    expect(codes).toEqual(['VENDOR_BAD_RESPONSE']);
    expect(list.sources).toEqual([{ state: 'PARTIAL', code: 'VENDOR_BAD_RESPONSE' }]);
    expect(ids).toHaveLength(250);
    expect(heard().testrail).toHaveLength(2);
  });

  it('when a link repeats', async () => {
    const { groups } = rollcall.sandbox.server<AsaState>('asa').box.state;
    const answer = (list: unknown[]) => ({
      mode: 'status' as const,
      status: 200,
      headers: { link: `<${rollcall.sandbox.server('asa').origin}/v1/teams/acme/groups?offset=x>; rel="next"` },
      body: { list },
    });
    rollcall.sandbox.server('asa').fault({ ...answer(groups.slice(0, 1)), match: /groups$/ });
    rollcall.sandbox.server('asa').fault({ ...answer(groups.slice(1, 2)), match: /offset=x/ });
    const heard = listen(rollcall.sandbox);

    const { ids, codes } = await listGroups('asa');

    expect(codes).toEqual(['VENDOR_BAD_RESPONSE']);
    expect(ids).toHaveLength(2);
    expect(heard().asa).toHaveLength(2);
  });

  it('when a token repeats', async () => {
    const user = (userId: string) => ({ result: { status: 'success', data: [{ userId }], nextPageToken: 'again' } });
    const asks =
      (token: boolean) =>
      ({ target, body }: BoxRequest) =>
        target.endsWith('/users/get') && body.includes('pageToken') === token;
    rollcall.sandbox.server('velt').fault({ mode: 'status', status: 200, body: user('u-1'), match: asks(false) });
    rollcall.sandbox.server('velt').fault({ mode: 'status', status: 200, body: user('u-2'), match: asks(true) });
    const heard = listen(rollcall.sandbox);

    const { data, errors } = await rollcall.ask(
      '{ organization(id: "gid://velt/Organization/org-a") { users { complete nodes { vendorId } } } }',
    );

    expect(data.organization.users).toEqual({ complete: false, nodes: [{ vendorId: 'u-1' }, { vendorId: 'u-2' }] });
    expect(errors).toMatchObject([{ path: ['organization', 'users'], extensions: { code: 'VENDOR_BAD_RESPONSE' } }]);
    expect(heard().velt).toHaveLength(3);
  });

  it('after maxPages, 500 where nothing else is said', async () => {
    const endless = (
      source: string,
      body: (page: number) => object,
      headers: (page: number) => Record<string, string> = () => ({}),
    ) => {
      let page = 0;
      const rule = { mode: 'status' as const, status: 200, body: {} as object, headers: {} as Record<string, string> };
      const match = ({ target }: BoxRequest) => {
        if (!/groups|users\/get/.test(target)) return false;
        page += 1;
        Object.assign(rule, { body: body(page), headers: headers(page) });
        return true;
      };
      rollcall.sandbox.server(source).fault(Object.assign(rule, { match }));
    };
    endless('velt', (page) => ({
      result: { status: 'success', data: [{ userId: `u-${page}` }], nextPageToken: `t${page}` },
    }));
    endless(
      'asa',
      (page) => ({ list: [{ id: `id-${page}`, name: `crew ${page}` }] }),
      (page) => ({
        link: `<${rollcall.sandbox.server('asa').origin}/v1/teams/acme/groups?offset=${page}>; rel="next"`,
      }),
    );
    const heard = listen(rollcall.sandbox);

    const { ids, codes } = await listGroups('asa');
    const velt = await rollcall.ask(
      '{ group(id: "gid://velt/VeltUserGroup/org-a/qa") { members(first: 1000) { nodes { id } } } }',
    );

    expect([ids.length, codes]).toEqual([500, ['VENDOR_BAD_RESPONSE']]);
    expect(velt.errors).toMatchObject([{ path: ['group', 'members'], extensions: { code: 'VENDOR_BAD_RESPONSE' } }]);
    expect([heard().asa!.length, heard().velt!.length]).toEqual([500, 7]);
  });
});

it('lists of groups, users and projects are read whole, however little of them is asked for', async () => {
  rollcall.sandbox.server<VeltState>('velt').box.state.pageSize = 100;
  const heard = listen(rollcall.sandbox);

  await rollcall.ask(
    '{ groups(filter: { sources: ["testrail"] }, first: 1) { nodes { id } } users(filter: { sources: ["velt"], organization: "gid://velt/Organization/org-a" }, first: 1) { nodes { id } } }',
  );

  expect(heard().testrail).toHaveLength(3);
  expect(heard().velt).toHaveLength(4);
});
