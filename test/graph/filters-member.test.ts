import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { people } from '../../src/sandbox/people.js';
import type { AsaState } from '../../src/vendors/okta-asa/sandbox.js';
import type { TestRailState } from '../../src/vendors/testrail/sandbox.js';
import type { TiledeskState } from '../../src/vendors/tiledesk/sandbox.js';
import { distributionGroup, membership, permissionGroup, tester, veltGroup } from '../support/facts.js';
import { listen } from '../support/heard.js';
import { openRollcall, type Rollcall } from '../support/rollcall.js';

let rollcall: Rollcall;
let testrail: TestRailState;
let tiledesk: TiledeskState;
let asa: AsaState;

const [ana] = people(1);
const desk = '5b55e806c93dde0014000001';
const anaAtDesk = '5ab0f3fa57066e0014000001';

beforeAll(async () => {
  const population = { people: people(30), groups: 6, membersPerGroup: 5, projects: 2, awkward: true };
  rollcall = await openRollcall({ population });
  testrail = rollcall.sandbox.server<TestRailState>('testrail').box.state;
  tiledesk = rollcall.sandbox.server<TiledeskState>('tiledesk').box.state;
  asa = rollcall.sandbox.server<AsaState>('asa').box.state;
  const [ring, leads, ops] = [
    distributionGroup('55', 'Ring', '901'),
    permissionGroup('31', 'Leads', '12'),
    veltGroup('org-a', 'ops', 'Ops'),
  ];
  const [t700, t701] = [tester('700', 'ANA.LIN@example.com'), tester('701', 'other@example.com')];
  const inside = [
    membership(ring, 'Tester', ['700']),
    membership(ring, 'Tester', ['701']),
    membership(leads, 'User', ['1']),
  ];
  await rollcall.ledger.remember('updraft', 'local', [ring, leads, t700, t701, ...inside], new Date());
  await rollcall.ledger.remember(
    'velt',
    'local',
    [ops, membership(ops, 'User', ['org-a', 'u-1']), membership(ops, 'User', ['org-a', 'u-2'])],
    new Date(),
  );
});
afterAll(() => rollcall.close());
afterEach(() => Object.keys(rollcall.sandbox.sources).forEach((name) => rollcall.sandbox.server(name).clearFaults()));

const ask = async (filter: object) => {
  const heard = listen(rollcall.sandbox);
  const { data, errors } = await rollcall.ask(
    'query ($filter: GroupFilter) { groups(filter: $filter, first: 1000) { totalCount complete nodes { id name } sources { source state origin } } }',
    { filter },
  );
  return { data, errors, names: data?.groups.nodes.map(({ name }: any) => name) as string[], heard: heard() };
};
const anaIn = {
  testrail: () => testrail.groups.filter(({ user_ids }) => user_ids.includes(1)).map(({ name }) => name),
  tiledesk: (project: string) =>
    tiledesk.groups
      .filter((one) => one.id_project === project && !one.trashed && one.members.includes(anaAtDesk))
      .map(({ name }) => name!),
  asa: () =>
    asa.groups
      .filter(
        ({ id, deleted_at }) =>
          !deleted_at?.startsWith('2') &&
          asa.members.get(id)!.includes(asa.users.find(({ name }) => name === 'ana.lin')!.id),
      )
      .map(({ name }) => name),
};

describe('groups(filter: { member }) is Member.groups', () => {
  it.each([
    ['gid://testrail/User/1', () => anaIn.testrail(), ['GET /index.php?/api/v2/get_groups']],
    [`gid://tiledesk/User/${desk}/${anaAtDesk}`, () => anaIn.tiledesk(desk), [`GET /v3/${desk}/groups`]],
    [
      'gid://asa/User/acme/ana.lin',
      () => anaIn.asa(),
      expect.arrayContaining(['GET /v1/teams/acme/users/ana.lin/groups']),
    ],
    ['gid://velt/User/org-a/u-1', () => ['Ops'], []],
    ['gid://updraft/User/1', () => ['Leads'], []],
    ['gid://updraft/Tester/700', () => ['Ring'], []],
  ] as const)('%s', async (member, expected, calls) => {
    const { data, errors, names, heard } = await ask({ member });
    const nested = await rollcall.ask(
      'query ($id: ID!) { node(id: $id) { ... on Member { groups(first: 1000) { nodes { id name } } } } }',
      { id: member },
    );

    expect(errors).toBeUndefined();
    expect(names.toSorted()).toEqual(expected().toSorted());
    expect(names.length).toBeGreaterThan(0);
    expect(nested.data.node.groups.nodes).toEqual(data.groups.nodes);
    expect(Object.values(heard).flat()).toEqual(calls);
  });

  it.each([
    'gid://testrail/User/999',
    `gid://tiledesk/User/${desk}/5ab0f3fa57066e001400ffff`,
    'gid://tiledesk/User/5b55e806c93dde00140fffff/5ab0f3fa57066e0014000001',
    'gid://asa/User/acme/nobody',
    'gid://velt/User/org-a/nobody',
    'gid://velt/User/nowhere/nobody',
    'gid://updraft/User/999',
    'gid://updraft/Tester/999',
  ])('of somebody who does not exist is empty and complete: %s', async (member) => {
    const { data, errors } = await ask({ member });

    expect(errors).toBeUndefined();
    expect(data.groups).toMatchObject({ totalCount: 0, complete: true, nodes: [], sources: [{ state: 'OK' }] });
  });

  it.each(['updraft', 'velt'])(
    'what is remembered is of origin LEDGER, also where it is nothing: %s',
    async (source) => {
      const id = source === 'updraft' ? 'gid://updraft/User/2' : 'gid://velt/User/org-a/u-9';

      const answers = [await ask({ member: id }), await ask({ memberEmail: 'nobody@example.com', sources: [source] })];

      for (const { data } of answers)
        expect(data.groups).toMatchObject({ nodes: [], sources: [{ origin: 'LEDGER', state: 'OK' }] });
    },
  );
});
