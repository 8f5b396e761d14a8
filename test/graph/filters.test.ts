import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { people } from '../../src/sandbox/people.js';
import type { TestRailState } from '../../src/vendors/testrail/sandbox.js';
import { distributionGroup, membership, tester } from '../support/facts.js';
import { listen } from '../support/heard.js';
import { openRollcall, type Rollcall } from '../support/rollcall.js';

let rollcall: Rollcall;

beforeAll(async () => {
  const population = { people: people(40), groups: 6, membersPerGroup: 4, projects: 2, awkward: false };
  rollcall = await openRollcall({ population });
  const ring = distributionGroup('55', 'QA ring', '901');
  const testers = [tester('700', 'Ana.Lin@example.com'), tester('701', 'other@example.com')];
  const inside = testers.map(({ row }) => membership(ring, 'Tester', row.path));
  await rollcall.ledger.remember('updraft', 'local', [ring, ...testers, ...inside], new Date());
  const { state } = rollcall.sandbox.server<TestRailState>('testrail').box;
  Object.assign(state.groups[0]!, { name: 'STRASSE İstanbul' });
  Object.assign(state.groups[1]!, { name: 'Straße' });
});
afterAll(() => rollcall.close());

const lists = ['organizations', 'projects', 'groups', 'users', 'testers', 'memberships'];
const empty = { totalCount: 0, complete: true, nodes: [], sources: [] };
const ask = (list: string, filter: string, cells = '__typename') =>
  rollcall.ask(`{ ${list}(filter: ${filter}) { totalCount complete nodes { ${cells} } sources { source } } }`);
const asked = (answer: { data: any }, list: string) => answer.data[list].sources.map(({ source }: any) => source);

describe.each(lists)('the filter of %s', (list) => {
  it.each([
    '{ sources: [] }',
    '{ vendors: [] }',
    '{ sources: [], vendors: [TESTRAIL, UPDRAFT] }',
    '{ sources: ["updraft"], vendors: [] }',
  ])('selects nothing by a list []: %s', async (filter) => {
    const heard = listen(rollcall.sandbox);

    const { data, errors } = await ask(list, filter);

    expect(errors).toBeUndefined();
    expect(data[list]).toEqual(empty);
    expect(heard()).toEqual({});
  });

  it('is absent where it is null, empty, or only of nulls', async () => {
    const [none, ...others] = await Promise.all(
      ['null', '{}', '{ sources: null, vendors: null }'].map((filter) => ask(list, filter)),
    );

    expect(none!.data[list].totalCount).toBeGreaterThan(0);
    for (const { data } of others) expect(data).toEqual(none!.data);
  });

  it.each(['nobody', '', 'Testrail', 'gid://testrail/Source/testrail', 'constructor'])(
    'is BAD_USER_INPUT where it names an unknown source: %j',
    async (name) => {
      const heard = listen(rollcall.sandbox);

      const { data, errors } = await ask(list, `{ sources: ["updraft", ${JSON.stringify(name)}] }`);

      expect(data).toBeNull();
      expect(errors).toMatchObject([{ path: [list], extensions: { code: 'BAD_USER_INPUT', source: null } }]);
      expect(heard()).toEqual({});
    },
  );

  it('calls only sources that it can meet', async () => {
    const heard = listen(rollcall.sandbox);

    const answer = await ask(list, '{ sources: ["testrail", "updraft", "asa"], vendors: [TESTRAIL, VELT] }');

    expect(asked(answer, list)).toEqual(list === 'testers' ? [] : ['testrail']);
    expect(Object.keys(heard())).toEqual(['organizations', 'testers'].includes(list) ? [] : ['testrail']);
  });

  it('takes a source named twice once', async () => {
    const once = await ask(list, '{ sources: ["updraft"], vendors: [UPDRAFT] }');
    const twice = await ask(list, '{ sources: ["updraft", "updraft"], vendors: [UPDRAFT, UPDRAFT] }');

    expect(twice.data).toEqual(once.data);
    expect(asked(once, list)).toEqual(['updraft']);
  });
});

describe('nameContains', () => {
  const named = (list: string, text: string) =>
    rollcall.ask(
      `query ($text: String) { ${list}(filter: { nameContains: $text, sources: ["testrail", "updraft"] }, first: 1000) { totalCount nodes { name } } }`,
      { text },
    );
  const namesOf = ({ data }: { data: any }, list: string) => data[list].nodes.map(({ name }: any) => name);

  it.each([
    ['qa', ['QA ring', 'QA circle 3', 'QA circle 4', 'QA circle 5', 'QA circle 6']],
    ['CIRCLE 5', ['QA circle 5']],
    ['straße', ['STRASSE İstanbul', 'Straße']],
    ['no such name', []],
    ['.*', []],
  ])('is case folded, on name: groups with %j', async (text, expected) => {
    expect(namesOf(await named('groups', text), 'groups')).toEqual(expected);
  });

  it('selects users, and none of those without a name', async () => {
    const answer = await named('users', 'LIN');

    expect(namesOf(answer, 'users').length).toBeGreaterThan(1);
    expect(namesOf(answer, 'users').every((name: string) => /lin/i.test(name))).toBe(true);
    expect((await named('testers', 'a')).data.testers.totalCount).toBe(0);
  });

  it('selects memberships by the group’s name', async () => {
    const { data } = await rollcall.ask('{ memberships(filter: { nameContains: "ring" }) { nodes { groupName } } }');

    expect(data.memberships.nodes.map(({ groupName }: any) => groupName)).toEqual(['QA ring', 'QA ring']);
  });
});

describe('email', () => {
  it.each(['ana.lin@example.com', 'ANA.LIN@EXAMPLE.COM', '  Ana.Lin@example.com\t'])(
    'is equal, case folded, trimmed: %j',
    async (email) => {
      const query =
        'query ($email: String) { users(filter: { email: $email }) { nodes { email source { name } } } testers(filter: { email: $email }) { nodes { email } } }';

      const { data, errors } = await rollcall.ask(query, { email });

      expect(errors).toBeUndefined();
      expect(data.testers.nodes).toEqual([{ email: 'Ana.Lin@example.com' }]);
      expect(new Set(data.users.nodes.map(({ source }: any) => source.name)).size).toBe(5);
      expect(data.users.nodes.every((user: any) => user.email.toLowerCase() === 'ana.lin@example.com')).toBe(true);
    },
  );

  it.each(['ana.lin@example.co', 'ana.lin', 'nobody@example.com'])('is not met by a part of it: %j', async (email) => {
    const { data } = await rollcall.ask(
      'query ($email: String) { users(filter: { email: $email }) { totalCount complete } }',
      { email },
    );

    expect(data.users).toEqual({ totalCount: 0, complete: true });
  });

  it.each([
    ['users', 'email'],
    ['testers', 'email'],
    ['groups', 'memberEmail'],
    ['memberships', 'memberEmail'],
  ])('that is empty is BAD_USER_INPUT that names the field: %s by %s', async (list, field) => {
    const answers = await Promise.all(
      ['', ' '].map((email) =>
        rollcall.ask(`query ($email: String) { ${list}(filter: { ${field}: $email }) { totalCount } }`, { email }),
      ),
    );

    for (const { errors } of answers) {
      expect(errors).toMatchObject([{ path: [list], extensions: { code: 'BAD_USER_INPUT' } }]);
      expect(errors![0]!.message).toContain(`filter's ${field} is empty`);
    }
  });
});

it('fields are joined by AND', async () => {
  const { data } = await rollcall.ask(`{
    both: users(filter: { sources: ["testrail"], email: "ana.lin@example.com", nameContains: "ana" }) { nodes { email } }
    neither: users(filter: { sources: ["testrail"], email: "ana.lin@example.com", nameContains: "compson" }) { nodes { email } }
    elsewhere: users(filter: { sources: ["testrail"], project: "gid://tiledesk/Project/5b55e806c93dde0014000001" }) { totalCount complete sources { source } }
  }`);

  expect(data.both.nodes).toHaveLength(1);
  expect(data.neither.nodes).toEqual([]);
  expect(data.elsewhere).toEqual({ totalCount: 0, complete: true, sources: [] });
});
