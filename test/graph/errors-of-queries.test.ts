import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { permissionGroup } from '../support/facts.js';
import { clearFaults } from '../support/faults.js';
import { openRollcall, type Answer, type Rollcall } from '../support/rollcall.js';

let rollcall: Rollcall;

beforeAll(async () => {
  rollcall = await openRollcall({ population: { groups: 250, membersPerGroup: 5, projects: 2, awkward: false } });
  const leads = permissionGroup('31', 'Leads', '12');
  const projects = Array.from({ length: 40 }, (_, at) => [String(901 + at)]);
  await rollcall.ledger.remember('updraft', 'local', [{ ...leads, row: { ...leads.row, projects } }], new Date());
});
afterAll(() => rollcall.close());
afterEach(() => clearFaults(rollcall.sandbox));

const told = ({ errors = [] }: Answer) =>
  errors.map(({ path, extensions }) => [path!.join('.'), extensions.source]).toSorted();
const break_ = (source: string, match?: RegExp) =>
  rollcall.sandbox.server(source).fault({ mode: 'status', status: 500, match });

describe('never hundreds of entries for one sick source', () => {
  it('what 250 groups could not learn about their members is one entry at the outermost connection', async () => {
    break_('asa', /\/groups\/.+\/users/);

    const answer = await rollcall.ask(
      '{ crews: groups(filter: { sources: ["asa"] }, first: 1000) { complete totalCount nodes { id memberCount members { nodes { id } } } } }',
    );

    expect(answer.data.crews).toMatchObject({ complete: true, totalCount: 250 });
    expect(
      answer.data.crews.nodes.every(({ memberCount, members }: any) => memberCount === null && members === null),
    ).toBe(true);
    expect(told(answer)).toEqual([['crews', 'asa']]);
  });

  it('so is what they could not learn about the people', async () => {
    break_('testrail', /get_user/);

    const answer = await rollcall.ask(
      '{ groups(filter: { sources: ["testrail"] }, first: 1000) { edges { node { members { totalCount nodes { id name email } } } } } }',
    );

    const people = answer.data.groups.edges.flatMap(({ node }: any) => node.members.nodes);
    expect(people).toHaveLength(1_250);
    expect(people.every(({ id, name, email }: any) => id && name === null && email === null)).toBe(true);
    expect(told(answer)).toEqual([['groups', 'testrail']]);
  });

  it('and what 250 ids could not be told', async () => {
    break_('testrail');
    const ids = Array.from({ length: 250 }, (_, at) => `gid://testrail/TestRailGroup/${at + 1}`);

    const answer = await rollcall.ask(
      'query ($ids: [ID!]!) { nodes(ids: $ids) { id ... on Group { members { nodes { email } } } } }',
      { ids },
    );

    expect(answer.data.nodes).toEqual(ids.map(() => null));
    expect(told(answer)).toEqual([['nodes', 'testrail']]);
  });

  it('and what the projects of one group could not be called', async () => {
    break_('updraft');

    const answer = await rollcall.ask(
      '{ group(id: "gid://updraft/UpdraftPermissionGroup/31") { ... on UpdraftPermissionGroup { projects { totalCount nodes { id name } } } } }',
    );

    expect(answer.data.group.projects.totalCount).toBe(40);
    expect(answer.data.group.projects.nodes.every(({ id, name }: any) => id && name === null)).toBe(true);
    expect(told(answer)).toEqual([['group.projects', 'updraft']]);
  });

  it('nor where several lists hang below each other', async () => {
    break_('tiledesk', /\/groups/);
    break_('asa', /\/groups/);

    const answer = await rollcall.ask(
      '{ organizations { nodes { id projects { nodes { id groups { nodes { id members { nodes { email } } } } } } groups { totalCount } } } }',
    );

    expect(told(answer)).toEqual([
      ['organizations', 'asa'],
      ['organizations', 'tiledesk'],
    ]);
  });
});

describe('one entry for each connection field and failed source, path of that field', () => {
  it('aliases kept', async () => {
    break_('testrail');
    break_('asa');

    const answer = await rollcall.ask(`{
      a: groups(filter: { sources: ["testrail", "asa", "velt"] }) { totalCount } b: groups(filter: { sources: ["testrail"] }) { totalCount }
      users(filter: { sources: ["asa"] }) { totalCount } testers { totalCount }
    }`);

    expect(told(answer)).toEqual([
      ['a', 'asa'],
      ['a', 'testrail'],
      ['b', 'testrail'],
      ['users', 'asa'],
    ]);
  });

  it('below what is no list it is the path of the nested one', async () => {
    break_('testrail', /get_users|get_groups/);

    const answer = await rollcall.ask(`{
      it: project(id: "gid://testrail/Project/1") { name staff: users { totalCount } team: groups { totalCount } }
      organization(id: "gid://testrail/Organization/testrail") { users { nodes { id } } }
    }`);

    expect(answer.data).toEqual({
      it: { name: 'Release train 1', staff: null, team: null },
      organization: { users: null },
    });
    expect(told(answer)).toEqual([
      ['it.staff', 'testrail'],
      ['it.team', 'testrail'],
      ['organization.users', 'testrail'],
    ]);
  });

  it('of a look-up it is the path of the field, each with its own', async () => {
    break_('testrail');

    const answer = await rollcall.ask(
      '{ one: group(id: "gid://testrail/TestRailGroup/1") { id } two: user(id: "gid://testrail/User/1") { id } node(id: "gid://testrail/Project/1") { id } }',
    );

    expect(answer.data).toEqual({ one: null, two: null, node: null });
    expect(told(answer)).toEqual([
      ['node', 'testrail'],
      ['one', 'testrail'],
      ['two', 'testrail'],
    ]);
  });
});

it('a message is ours, and extensions are code, source, vendor, status and retryAfterSeconds, absent values null', async () => {
  rollcall.sandbox.server('velt').fault({ mode: 'reset' });

  const sick = await rollcall.ask('{ them: users(filter: { sources: ["velt"] }) { totalCount } }');
  const wrong = await rollcall.ask('{ groups(first: 0) { totalCount } }');

  expect(sick.errors).toEqual([
    {
      message: 'Velt (source velt) could not be reached or is out of order.',
      path: ['them'],
      extensions: { code: 'VENDOR_UNAVAILABLE', source: 'velt', vendor: 'VELT', status: null, retryAfterSeconds: null },
    },
  ]);
  const nobody = { source: null, vendor: null, status: null, retryAfterSeconds: null };
  expect(wrong.errors).toMatchObject([{ path: ['groups'], extensions: { code: 'BAD_USER_INPUT', ...nobody } }]);
});
