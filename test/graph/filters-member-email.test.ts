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

describe('memberEmail finds the users first, then as member', () => {
  it('over all sources, testers remembered too', async () => {
    const { data, errors, names } = await ask({ memberEmail: ` ${ana!.email.toUpperCase()} ` });

    expect(errors).toBeUndefined();
    expect(data.groups.sources.map(({ source, origin }: any) => [source, origin])).toEqual([
      ['updraft', 'LEDGER'],
      ['velt', 'LEDGER'],
      ['testrail', 'VENDOR'],
      ['tiledesk', 'VENDOR'],
      ['asa', 'VENDOR'],
    ]);
    const desks = [...anaIn.tiledesk(desk), ...anaIn.tiledesk('5b55e806c93dde0014000002')];
    expect(names.toSorted()).toEqual(
      ['Ring', 'Leads', 'Ops', ...anaIn.testrail(), ...desks, ...anaIn.asa()].toSorted(),
    );
  });

  it('at TestRail by e-mail in lower case, which is one call', async () => {
    const { names, heard } = await ask({ memberEmail: 'Ana.Lin@Example.com', sources: ['testrail'] });

    expect(names).toEqual(anaIn.testrail());
    expect(heard).toEqual({
      testrail: [
        'GET /index.php?/api/v2/get_groups',
        'GET /index.php?/api/v2/get_user_by_email&email=ana.lin%40example.com',
      ],
    });
  });

  it('at TestRail in its list where that finds nobody', async () => {
    const odd = testrail.users.find(({ email }) => /^[A-Z]/.test(email))!;
    const expected = testrail.groups.filter(({ user_ids }) => user_ids.includes(odd.id)).map(({ name }) => name);

    const { names, errors, heard } = await ask({ memberEmail: odd.email.toUpperCase(), sources: ['testrail'] });

    expect(errors).toBeUndefined();
    expect(names).toEqual(expected);
    expect(names.length).toBeGreaterThan(0);
    expect(heard.testrail).toEqual([
      'GET /index.php?/api/v2/get_groups',
      `GET /index.php?/api/v2/get_user_by_email&email=${odd.email.toLowerCase().replace('@', '%40')}`,
      'GET /index.php?/api/v2/get_users',
    ]);
  });

  it('of nobody is empty and complete, and asks for no groups', async () => {
    const { data, errors, heard } = await ask({ memberEmail: 'nobody@example.com' });

    expect(errors).toBeUndefined();
    expect(data.groups).toMatchObject({ totalCount: 0, complete: true });
    expect(
      Object.values(heard)
        .flat()
        .filter((call) => call.includes('groups')),
    ).toEqual([]);
  });

  it('that could not be looked up is UNAVAILABLE, not empty', async () => {
    rollcall.sandbox.server('testrail').fault({ mode: 'status', status: 500, match: /get_user/ });

    const { data, errors } = await ask({ memberEmail: ana!.email, sources: ['testrail'] });

    expect(data.groups).toMatchObject({
      totalCount: null,
      complete: false,
      nodes: [],
      sources: [{ state: 'UNAVAILABLE' }],
    });
    expect(errors).toMatchObject([
      { path: ['groups'], extensions: { code: 'VENDOR_UNAVAILABLE', source: 'testrail' } },
    ]);
  });

  it('and member are joined by AND', async () => {
    const [same, other] = [
      await ask({ memberEmail: ana!.email, member: 'gid://testrail/User/1' }),
      await ask({ memberEmail: 'benjy.compson@example.com', member: 'gid://testrail/User/1' }),
    ];

    expect(same.names).toEqual(anaIn.testrail());
    expect(other.names).toEqual(
      testrail.groups.filter(({ user_ids }) => user_ids.includes(1) && user_ids.includes(2)).map(({ name }) => name),
    );
    expect(other.names.length).toBeLessThan(same.names.length);
  });
});
