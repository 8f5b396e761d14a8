import { afterEach, beforeEach, expect, it } from 'vitest';
import { people } from '../../src/sandbox/people.js';
import type { TestRailState } from '../../src/vendors/testrail/sandbox.js';
import type { TiledeskState } from '../../src/vendors/tiledesk/sandbox.js';
import type { VeltState } from '../../src/vendors/velt/sandbox.js';
import { gid } from '../support/gid.js';
import { listen, type Heard } from '../support/heard.js';
import { openRollcall, type Rollcall } from '../support/rollcall.js';

let rollcall: Rollcall;
let heard: () => Heard;

beforeEach(async () => {
  const population = { people: people(12), groups: 2, membersPerGroup: 3, projects: 1, awkward: false };
  rollcall = await openRollcall({ population });
  heard = listen(rollcall.sandbox);
});
afterEach(() => rollcall.close());

const stateOf = <State>(source: string) => rollcall.sandbox.server<State>(source).box.state;
const badResponse = (source: string, path: readonly unknown[]) => ({
  path,
  extensions: { code: 'VENDOR_BAD_RESPONSE', source, status: null },
});
it('a Tiledesk project whose id is .. is listed; its groups and users are VENDOR_BAD_RESPONSE, those of the others stay', async () => {
  const { projects, projectUsers } = stateOf<TiledeskState>('tiledesk');
  projects.push({ ...projects[0]!, _id: '..', name: 'Odd' });
  projectUsers.push({ ...projectUsers[0]!, id_project: '..' });
  const filter = 'filter: { sources: ["tiledesk"] }';

  const { data, errors } = await rollcall.ask(
    `{ projects(${filter}) { nodes { name groups { totalCount } } } groups(${filter}) { totalCount sources { state } nodes { name } } }`,
  );

  expect(data.projects.nodes).toEqual([
    { name: 'Odd', groups: null },
    { name: 'Help desk 1', groups: { totalCount: 2 } },
  ]);
  expect(data.groups).toMatchObject({
    totalCount: null,
    sources: [{ state: 'PARTIAL' }],
    nodes: [{ name: 'Tier 1' }, { name: 'Tier 2' }],
  });
  expect(errors).toMatchObject([badResponse('tiledesk', ['projects']), badResponse('tiledesk', ['groups'])]);
  expect(heard()).toEqual({ tiledesk: ['GET /v3/5b55e806c93dde0014000001/groups', 'GET /v3/projects/'] });
});

it('a member whose id is .. is a node without details, VENDOR_BAD_RESPONSE, and the group stays', async () => {
  const [group] = stateOf<TiledeskState>('tiledesk').groups;
  group!.members = ['..'];
  const id = gid('tiledesk', 'TiledeskGroup', group!.id_project!, group!._id);

  const { data, errors } = await rollcall.ask(
    'query ($id: ID!) { group(id: $id) { name members { nodes { vendorId email ...on User { status } } } } }',
    { id },
  );

  expect(data.group).toEqual({
    name: 'Tier 1',
    members: { nodes: [{ vendorId: '..', email: null, status: 'UNKNOWN' }] },
  });
  expect(errors).toMatchObject([badResponse('tiledesk', ['group', 'members'])]);
  expect(heard()['tiledesk']).toEqual([`GET /v3/${group!.id_project}/groups/${group!._id}`]);
});

it('a number that TestRail tells and that is no id is never put into an address', async () => {
  const [project] = stateOf<TestRailState>('testrail').projects;
  Object.assign(project!, { id: 0, groups: [{ id: -1 }] });

  const { data, errors } = await rollcall.ask(
    '{ projects(filter: { sources: ["testrail"] }) { nodes { vendorId groups { totalCount } users { totalCount } } } }',
  );

  expect(data.projects.nodes).toMatchObject([{ vendorId: '0', users: null }]);
  expect(errors).toMatchObject([badResponse('testrail', ['projects'])]);
  expect(heard()).toEqual({ testrail: ['GET /index.php?/api/v2/get_projects'] });
});

it.each([
  ['over 256 characters', 'o'.repeat(257)],
  ['with a control character', 'o\u0001'],
])(
  'an organization whose id Velt tells %s is listed; its users are VENDOR_BAD_RESPONSE, those of the others stay',
  async (_what, id) => {
    stateOf<VeltState>('velt').organizations[1]!.id = id;

    const { data, errors } = await rollcall.ask(
      '{ organizations(filter: { sources: ["velt"] }) { nodes { vendorId users { totalCount } } } users(filter: { sources: ["velt"] }) { complete nodes { id } } }',
    );

    const acme = { vendorId: 'org-a', users: { totalCount: 12 } };
    expect(data.organizations.nodes).toEqual(expect.arrayContaining([acme, { vendorId: id, users: null }]));
    expect(data.users).toMatchObject({ complete: false, nodes: Array(12).fill({}) });
    expect(errors).toMatchObject([badResponse('velt', ['organizations']), badResponse('velt', ['users'])]);
    expect(heard()).toEqual({ velt: ['POST /v2/organizations/get', 'POST /v2/users/get'] });
  },
);

it('a page goes on after a row whose id is over 1,024 bytes, though nobody can ask for that id', async () => {
  const { organizations } = stateOf<VeltState>('velt');
  const userIds = ['a', 'ü'.repeat(200), 'ü'.repeat(200) + 'z', ''];
  Object.assign(organizations[0]!, { users: userIds.map((userId) => ({ userId })) });
  organizations.pop();
  const query =
    'query ($after: String) { users(filter: { sources: ["velt"] }, first: 1, after: $after) { nodes { vendorId } pageInfo { endCursor hasNextPage } } }';

  const told: string[] = [];
  for (let after: string | null = null, more = true; more;) {
    const { data } = await rollcall.ask(query, { after });
    told.push(data.users.nodes[0].vendorId);
    ({ endCursor: after, hasNextPage: more } = data.users.pageInfo);
  }

  expect(told).toEqual(userIds.toSorted());
});
