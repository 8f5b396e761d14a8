import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { people } from '../../src/sandbox/people.js';
import type { TestRailState } from '../../src/vendors/testrail/sandbox.js';
import { distributionGroup, membership, permissionGroup, tester, veltGroup } from '../support/facts.js';
import { clearFaults } from '../support/faults.js';
import { listen } from '../support/heard.js';
import { openRollcall, type Rollcall } from '../support/rollcall.js';

let rollcall: Rollcall;
const written = new Date('2025-11-01T10:00:00.000Z');

beforeAll(async () => {
  const population = { people: people(20), groups: 3, membersPerGroup: 4, projects: 2, awkward: true };
  rollcall = await openRollcall({ population });
  const [ring, leads, ops] = [
    distributionGroup('55', 'Ring', '901'),
    permissionGroup('31', 'Leads', '12'),
    veltGroup('org-a', 'ops', 'Ops'),
  ];
  const facts = [
    ring,
    leads,
    tester('700', 'ana@example.com'),
    membership(ring, 'Tester', ['700']),
    membership(leads, 'User', ['1']),
  ];
  await rollcall.ledger.remember('updraft', 'local', facts, written);
  await rollcall.ledger.remember('velt', 'local', [ops], written);
  rollcall.sandbox
    .server<any>('velt')
    .box.state.organizations[0].groups.push({ clientGroupId: 'ops', groupName: 'Ops', members: ['u-2'] });
});
afterAll(() => rollcall.close());
afterEach(() => clearFaults(rollcall.sandbox));

const columns = `source vendor organizationId organizationName projectId projectName groupId groupVendorId groupName groupType
  memberId memberVendorId memberType memberName memberEmail memberStatus origin fetchedAt`;
const ask = async (filter: object = {}, cells = columns) => {
  const query = `query ($filter: GroupFilter) { memberships(filter: $filter, first: 5000) { totalCount complete nodes { ${cells} } sources { source state code message } } }`;
  const { data, errors } = await rollcall.ask(query, { filter });
  return { rows: data.memberships.nodes as any[], list: data.memberships, errors };
};

describe('one row for each group and each of its members', () => {
  it('is just what groups and their members tell, at all five vendors', async () => {
    const { rows, list, errors } = await ask();
    const { data } =
      await rollcall.ask(`{ groups(first: 1000) { nodes { __typename id vendorId name source { name vendor } members(first: 1000) {
      nodes { __typename id vendorId name email ... on User { status } }
    } } } }`);

    const expected = data.groups.nodes.flatMap((group: any) =>
      (group.members?.nodes ?? []).map((member: any) => ({
        source: group.source.name,
        vendor: group.source.vendor,
        groupId: group.id,
        groupVendorId: group.vendorId,
        groupName: group.name,
        groupType: group.__typename,
        memberId: member.id,
        memberVendorId: member.vendorId,
        memberType: member.__typename,
        memberName: member.name,
        memberEmail: member.email,
        memberStatus: member.status ?? null,
      })),
    );
    expect(errors).toBeUndefined();
    expect(rows).toMatchObject(expected);
    expect(list).toMatchObject({ totalCount: expected.length, complete: true });
    expect([...new Set(rows.map(({ source }) => source))]).toEqual(['updraft', 'velt', 'testrail', 'tiledesk', 'asa']);
  });

  it('names its organization and project where the vendor has them', async () => {
    const { rows } = await ask();

    const place = (name: string) => {
      const { organizationId, organizationName, projectId, projectName } = rows.find(
        ({ groupName }) => groupName === name,
      );
      return [organizationId, organizationName, projectId, projectName];
    };
    expect(place('Ring')).toEqual(['gid://updraft/Organization/12', null, 'gid://updraft/Project/901', 'Storefront 1']);
    expect(place('Leads')).toEqual(['gid://updraft/Organization/12', null, null, null]);
    expect(place('Ops')).toEqual(['gid://velt/Organization/org-a', 'Acme Studio', null, null]);
    expect(place('QA circle 1')).toEqual(['gid://testrail/Organization/testrail', null, null, null]);
    expect(place('Tier 1')).toEqual([
      'gid://tiledesk/Organization/tiledesk',
      null,
      'gid://tiledesk/Project/5b55e806c93dde0014000001',
      'Help desk 1',
    ]);
    expect(place('Bastion crew 1')).toEqual(['gid://asa/Organization/acme', 'acme', null, null]);
  });

  it('tells the origin of the membership, and since when it is known', async () => {
    const before = Date.now();

    const { rows } = await ask();

    for (const { source, origin, fetchedAt } of rows) {
      if (source === 'updraft') expect([origin, fetchedAt]).toEqual(['LEDGER', written.toISOString()]);
      else expect([origin, Date.parse(fetchedAt) >= before]).toEqual(['VENDOR', true]);
    }
  });

  it('is a tester without name and status, and a member unknown by now with status UNKNOWN and no error', async () => {
    const { rows, errors } = await ask();

    const memberOf = (name: string, type: string) =>
      rows.find(({ groupName, memberType, memberName }) => groupName === name && memberType === type && !memberName);
    expect(memberOf('Ring', 'Tester')).toMatchObject({ memberEmail: 'ana@example.com', memberStatus: null });
    expect(memberOf('Left behind', 'User')).toMatchObject({ memberEmail: null, memberStatus: 'UNKNOWN' });
    expect(errors).toBeUndefined();
  });

  it('is not there for a group without members, nor for a federated namesake, whom the message names', async () => {
    const { rows, list } = await ask({ sources: ['asa', 'testrail'] });

    const uuids = rows.filter(({ groupName }) => groupName === 'compsons').map(({ groupVendorId }) => groupVendorId);
    expect(new Set(uuids)).toEqual(new Set(['5e41a7d8-4b81-49db-b552-3cb1f3ec936c']));
    expect(rows.some(({ groupName }) => groupName === 'Empty chair')).toBe(false);
    expect(list.complete).toBe(true);
    expect(list.sources[1].message).toContain('compsons (from william-faulkner)');
  });
});

describe('a person named by the filter', () => {
  it.each([
    [{ member: 'gid://testrail/User/1' }, ['gid://testrail/User/1']],
    [{ member: 'gid://updraft/Tester/700' }, ['gid://updraft/Tester/700']],
    [{ member: 'gid://asa/User/acme/ana.lin' }, ['gid://asa/User/acme/ana.lin']],
    [
      { memberEmail: 'Ana.Lin@example.com', sources: ['testrail', 'asa'] },
      ['gid://testrail/User/1', 'gid://asa/User/acme/ana.lin'],
    ],
    [{ memberEmail: 'ana.lin@example.com', member: 'gid://testrail/User/2' }, []],
  ] as [object, string[]][])('keeps that person’s rows only: %j', async (filter, ids) => {
    const { rows, list } = await ask(filter);
    const { rows: all } = await ask();

    expect(rows).toMatchObject(
      all
        .filter(({ memberId }) => ids.includes(memberId))
        .map(({ groupId, memberId, memberEmail }) => ({ groupId, memberId, memberEmail })),
    );
    expect(rows.length > 0).toBe(ids.length > 0);
    expect(list).toMatchObject({ totalCount: rows.length, complete: true });
  });

  it('costs no details of the others', async () => {
    const heard = listen(rollcall.sandbox);

    await ask({ member: 'gid://testrail/User/1' });

    expect(heard()).toEqual({ testrail: ['GET /index.php?/api/v2/get_groups', 'GET /index.php?/api/v2/get_user/1'] });
  });
});

it('what could not be learnt leaves its source PARTIAL, with one entry, and every row that is known', async () => {
  rollcall.sandbox.server('testrail').fault({ mode: 'status', status: 500, match: /get_user/ });
  rollcall.sandbox.server('asa').fault({ mode: 'reset', match: /crew%202\/users/ });

  const { rows, list, errors } = await ask({ sources: ['testrail', 'asa'] });

  const { groups } = rollcall.sandbox.server<TestRailState>('testrail').box.state;
  expect(rows.filter(({ source }) => source === 'testrail')).toHaveLength(
    groups.flatMap(({ user_ids }) => [...new Set(user_ids)]).length,
  );
  expect(
    rows.every(
      ({ source, memberName, memberEmail, memberStatus }) =>
        source !== 'testrail' || (!memberName && !memberEmail && memberStatus === 'UNKNOWN'),
    ),
  ).toBe(true);
  expect(rows.some(({ groupName }) => groupName === 'Bastion crew 2')).toBe(false);
  expect(rows.some(({ groupName }) => groupName === 'Bastion crew 3')).toBe(true);
  expect(list).toMatchObject({
    totalCount: null,
    complete: false,
    sources: [{ state: 'PARTIAL' }, { state: 'PARTIAL' }],
  });
  expect(errors?.map(({ path, extensions }) => [path, extensions.source])).toEqual([
    [['memberships'], 'testrail'],
    [['memberships'], 'asa'],
  ]);
});
