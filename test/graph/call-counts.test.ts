import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AsaState } from '../../src/vendors/okta-asa/sandbox.js';
import type { TiledeskState } from '../../src/vendors/tiledesk/sandbox.js';
import { distributionGroup, membership, tester } from '../support/facts.js';
import { listen, type Heard } from '../support/heard.js';
import { openRollcall, type Rollcall } from '../support/rollcall.js';

let rollcall: Rollcall;
let tiledesk: TiledeskState;
let asa: AsaState;

beforeAll(async () => {
  rollcall = await openRollcall({ population: { groups: 250, membersPerGroup: 20, projects: 10, awkward: false } });
  tiledesk = rollcall.sandbox.server<TiledeskState>('tiledesk').box.state;
  asa = rollcall.sandbox.server<AsaState>('asa').box.state;
  asa.groups.splice(90);
  const [ring, person] = [distributionGroup('55', 'Ring', '901'), tester('700', 'ana.lin@example.com')];
  const facts = [ring, person, membership(ring, 'Tester', person.row.path)];
  await rollcall.ledger.remember('updraft', 'local', facts, new Date());
});
afterAll(() => rollcall.close());

const count = (heard: Heard) => Object.fromEntries(Object.entries(heard).map(([name, calls]) => [name, calls.length]));
const groupWithMembers =
  'query ($id: ID!) { group(id: $id) { id name members(first: 100) { nodes { id name email } } } }';

it('250 TestRail groups with the e-mails of their members take 3 calls', async () => {
  const heard = listen(rollcall.sandbox);

  const { data, errors } = await rollcall.ask(
    '{ groups(filter: { sources: ["testrail"] }, first: 1000) { totalCount complete nodes { id members(first: 100) { nodes { email } } } } }',
  );

  expect(errors).toBeUndefined();
  expect(data.groups).toMatchObject({ totalCount: 250, complete: true });
  expect(
    data.groups.nodes.every(
      ({ members }: any) => members.nodes.length === 20 && members.nodes.every((one: any) => one.email.includes('@')),
    ),
  ).toBe(true);
  expect(heard()).toEqual({
    testrail: [
      'GET /index.php?/api/v2/get_groups',
      'GET /index.php?/api/v2/get_users',
      'GET /index.php?/api/v2/get_users&limit=250&offset=250',
    ],
  });
});

it.each([
  ['testrail', 'gid://testrail/TestRailGroup/7', 20],
  ['tiledesk', `gid://tiledesk/TiledeskGroup/5b55e806c93dde0014000001/5c34b5149f22a70016000001`, 20],
  ['asa', 'gid://asa/AsaGroup/acme/Bastion%20crew%203', 20],
  ['asa', 'gid://asa/AsaGroup/acme/Bastion%20crew%203/0b8e1f7e-0000-4000-8000-000000000003', 20],
  ['velt', 'gid://velt/VeltUserGroup/org-a/qa', 20],
  ['updraft', 'gid://updraft/UpdraftDistributionGroup/55', 1],
])('one group of %s with its members takes at most 3 calls: %s', async (source, id, size) => {
  const heard = listen(rollcall.sandbox);

  const { data, errors } = await rollcall.ask(groupWithMembers, { id });

  expect(errors).toBeUndefined();
  expect(data.group.id).toBe(id);
  expect(data.group.members.nodes).toHaveLength(size);
  expect(data.group.members.nodes.every(({ email }: any) => email.includes('@'))).toBe(true);
  const { [source]: calls = 0, ...others } = count(heard());
  expect(calls).toBeLessThanOrEqual(3);
  expect(others).toEqual({});
});

describe('100 groups by id, 40 of TestRail, 30 of Tiledesk over 10 projects and 30 of ASA', () => {
  const ask =
    'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Group { id name members(first: 100) { nodes { email } } } } }';
  const ids = (uuids: boolean) => [
    ...Array.from({ length: 40 }, (_, at) => `gid://testrail/TestRailGroup/${3 * at + 1}`),
    ...tiledesk.projects.flatMap(({ _id }) =>
      tiledesk.groups
        .filter(({ id_project }) => id_project === _id)
        .slice(0, 3)
        .map((group) => `gid://tiledesk/TiledeskGroup/${_id}/${group._id}`),
    ),
    ...asa.groups
      .slice(0, 30)
      .map(({ name, id }) => `gid://asa/AsaGroup/acme/${encodeURIComponent(name)}${uuids ? `/${id}` : ''}`),
  ];

  it.each([
    ['without', 30],
    ['with', 31],
  ])('with e-mails, ASA’s ids %s uuid, take %i calls at ASA and 23 beside them', async (word, atAsa) => {
    const wanted = ids(word === 'with');
    const heard = listen(rollcall.sandbox);

    const { data, errors } = await rollcall.ask(ask, { ids: wanted });

    expect(errors).toBeUndefined();
    expect(data.nodes.map(({ id }: any) => id)).toEqual(wanted);
    expect(
      data.nodes.every(
        ({ members }: any) => members.nodes.length === 20 && members.nodes.every(({ email }: any) => email),
      ),
    ).toBe(true);
    expect(count(heard())).toEqual({ testrail: 3, tiledesk: 20, asa: atAsa });
  });
});

describe('a query never asks the vendor for what it did not select', () => {
  it.each([
    [
      'ids of members',
      '{ groups(filter: { vendors: [VELT, TESTRAIL, OKTA_ASA] }, first: 1000) { nodes { id members(first: 100) { nodes { id vendorId source { name } } } } } }',
      { testrail: 1, asa: 91, velt: 2 },
    ],
    [
      'members of groups on a later page',
      '{ groups(first: 300) { nodes { id members(first: 100) { nodes { id email } } } } }',
      { testrail: 3, tiledesk: 12, asa: 1, velt: 2 },
    ],
    [
      'counts of members that the row tells',
      '{ groups(filter: { vendors: [TESTRAIL, TILEDESK] }) { totalCount nodes { memberCount } } }',
      { testrail: 1, tiledesk: 11 },
    ],
    [
      'names',
      '{ groups(first: 1000) { nodes { name project { id } operations origin fetchedAt } } }',
      { testrail: 1, tiledesk: 11, asa: 1 },
    ],
    [
      'a name of one project',
      '{ group(id: "gid://testrail/TestRailGroup/1") { name organization { id name } project { name } } }',
      { testrail: 1 },
    ],
    [
      'memberships without names',
      '{ memberships(filter: { vendors: [TESTRAIL, TILEDESK] }) { nodes { groupId memberId organizationId projectId } } }',
      { testrail: 1, tiledesk: 11 },
    ],
    [
      'memberships whose names were skipped',
      '{ memberships(filter: { vendors: [TESTRAIL] }) { nodes { memberId memberName @skip(if: true) } } }',
      { testrail: 1 },
    ],
    [
      'what a member list tells',
      '{ group(id: "gid://asa/AsaGroup/acme/Bastion%20crew%201") { id name memberCount } }',
      { asa: 1 },
    ],
    [
      'configured organizations',
      '{ organizations(filter: { vendors: [UPDRAFT, TESTRAIL, TILEDESK, OKTA_ASA] }) { totalCount nodes { id name } } }',
      {},
    ],
    [
      'what nobody has to be asked for',
      '{ __typename sources { id operations status { state } } source(name: "asa") { name } }',
      {},
    ],
    [
      'what only the ledger knows',
      '{ groups(filter: { vendors: [UPDRAFT, VELT] }) { totalCount nodes { id name } } testers { nodes { email } } }',
      {},
    ],
  ])('%s', async (_what, query, calls) => {
    const heard = listen(rollcall.sandbox);

    const { errors } = await rollcall.ask(query);

    expect(errors).toBeUndefined();
    expect(count(heard())).toEqual(calls);
  });
});
