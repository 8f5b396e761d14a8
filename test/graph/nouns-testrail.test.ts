import { afterEach, beforeEach, expect, it } from 'vitest';
import { people } from '../../src/sandbox/people.js';
import type { TestRailState } from '../../src/vendors/testrail/sandbox.js';
import { listen, type Heard } from '../support/heard.js';
import { openRollcall, type Rollcall } from '../support/rollcall.js';
import { wholeGroup, wholeProject, wholeUser } from '../support/whole-nodes.js';

let rollcall: Rollcall;
let state: TestRailState;
let heard: () => Heard;

beforeEach(async () => {
  const population = { people: people(20), groups: 6, membersPerGroup: 4, projects: 2 };
  rollcall = await openRollcall({ only: ['testrail'], population });
  state = rollcall.sandbox.server<TestRailState>('testrail').box.state;
  heard = listen(rollcall.sandbox);
});
afterEach(() => rollcall.close());

const api = (...methods: string[]): Heard => ({
  testrail: methods.map((method) => `GET /index.php?/api/v2/${method}`).sort(),
});
const group = (id: number) => `gid://testrail/TestRailGroup/${id}`;
const user = (id: number) => `gid://testrail/User/${id}`;
const project = (id: number) => `gid://testrail/Project/${id}`;
const organization = { id: 'gid://testrail/Organization/testrail', vendorId: 'testrail', name: null };
const source = { name: 'testrail' };
const byNumber = (a: number, b: number) => a - b;

it('a group: name, the installation, no project as it may serve several, and its distinct user_ids, from VENDOR when it was read', async () => {
  const began = Date.now();

  const { data, errors } = await rollcall.ask(`{ groups { nodes { ...WholeGroup } } } ${wholeGroup}`);

  expect(errors).toBeUndefined();
  expect(data.groups.nodes).toEqual(
    state.groups.map(({ id, name, user_ids }) => {
      const members = [...new Set(user_ids)].sort(byNumber);
      return {
        __typename: 'TestRailGroup',
        id: group(id),
        vendorId: String(id),
        name,
        source,
        organization,
        project: null,
        memberCount: members.length,
        members: {
          totalCount: members.length,
          nodes: members.map((one) => ({ __typename: 'User', id: user(one), vendorId: String(one) })),
        },
        operations: [
          'READ_GROUP',
          'LIST_MEMBERS',
          'UPDATE_GROUP',
          'DELETE_GROUP',
          'ADD_MEMBERS',
          'REMOVE_MEMBERS',
          'SET_MEMBERS',
        ],
        origin: 'VENDOR',
        fetchedAt: expect.any(String),
      };
    }),
  );
  const times = data.groups.nodes.map(({ fetchedAt }: { fetchedAt: string }) => Date.parse(fetchedAt));
  expect(times.every((time: number) => time >= began && time <= Date.now())).toBe(true);
  expect(heard()).toEqual(api('get_groups'));
});

it('a group by its id is the same as in the list, by one call', async () => {
  const { data } = await rollcall.ask(`query ($id: ID!) { group(id: $id) { ...WholeGroup } } ${wholeGroup}`, {
    id: group(8),
  });

  expect(data.group).toMatchObject({
    name: 'Left behind',
    memberCount: 2,
    members: { nodes: [{ id: user(1) }, { id: user(1_020) }] },
  });
  expect(heard()).toEqual(api('get_group/8'));
});

it('every member id that a group names is a node: one that the list does not hold has no name, no e-mail and status UNKNOWN, without an error', async () => {
  const query = 'query ($id: ID!) { group(id: $id) { members { nodes { __typename ...WholeUser } } } }';

  const { data, errors } = await rollcall.ask(`${query} ${wholeUser}`, { id: group(8) });

  expect(errors).toBeUndefined();
  expect(data.group.members.nodes[0]).toMatchObject({ id: user(1), name: 'Ana Lin', email: 'ana.lin@example.com' });
  expect(data.group.members.nodes[1]).toEqual({
    __typename: 'User',
    id: user(1_020),
    vendorId: '1020',
    name: null,
    email: null,
    username: null,
    status: 'UNKNOWN',
    kind: 'HUMAN',
    role: null,
    source,
    organization,
    projects: null,
  });
  expect(heard()).toEqual(api('get_group/8', 'get_users'));
});

it('details that could not be read at all are the same, and one entry in errors', async () => {
  rollcall.sandbox.server('testrail').fault({ mode: 'status', status: 500, match: /get_user/ });

  const { data, errors } = await rollcall.ask(
    'query ($id: ID!) { group(id: $id) { members { nodes { id ...WholeUser } } } } ' + wholeUser,
    {
      id: group(8),
    },
  );

  expect(data.group.members.nodes).toMatchObject(
    [1, 1_020].map((id) => ({ id: user(id), name: null, email: null, status: 'UNKNOWN' })),
  );
  expect(errors).toMatchObject([
    { path: ['group', 'members'], extensions: { code: 'VENDOR_UNAVAILABLE', source: 'testrail' } },
  ]);
});

it('node of a member who is not there any more is null, as TestRail answers 400 for any unknown id', async () => {
  const ids = [user(1_020), group(9_999), project(9_999)];

  const { data, errors } = await rollcall.ask(
    `{ ${ids.map((id, at) => `of${at}: node(id: "${id}") { id }`).join(' ')} }`,
  );

  expect([data, errors]).toEqual([{ of0: null, of1: null, of2: null }, undefined]);
  expect(heard()).toEqual(api('get_user/1020', 'get_group/9999', 'get_project/9999'));
});

it('users: name, e-mail and role as told, status by is_active, and assigned_projects where they are told', async () => {
  Object.assign(state.users[4]!, { email: null, role: null, is_active: undefined, assigned_projects: undefined });
  Object.assign(state.users[5]!, { assigned_projects: [2, 1, 2] });

  const { data, errors } = await rollcall.ask(`{ users { nodes { ...WholeUser } } } ${wholeUser}`);

  expect(errors).toBeUndefined();
  expect(data.users.nodes).toEqual(
    state.users.map(({ id, name, email, is_active, role, assigned_projects }) => ({
      id: user(id),
      vendorId: String(id),
      name,
      email,
      username: null,
      status: id === 5 ? 'UNKNOWN' : is_active ? 'ACTIVE' : 'INACTIVE',
      kind: 'HUMAN',
      role,
      source,
      organization,
      projects: id === 5 ? null : projectsOf(assigned_projects),
    })),
  );
  expect(data.users.nodes.map(({ status }: { status: string }) => status)).toContain('INACTIVE');
  expect(heard()).toEqual(api('get_users'));
});

function projectsOf(ids: readonly number[]) {
  const own = [...new Set(ids)].sort(byNumber);
  return { totalCount: own.length, nodes: own.map((id) => ({ id: project(id), vendorId: String(id) })) };
}

it('projects: name, the groups named in the project, and the project’s users', async () => {
  const { data, errors } = await rollcall.ask(`{ projects { nodes { ...WholeProject } } } ${wholeProject}`);

  expect(errors).toBeUndefined();
  expect(data.projects.nodes).toEqual(
    state.projects.map(({ id, name, groups }) => ({
      id: project(id),
      vendorId: String(id),
      name,
      source,
      organization,
      groups: {
        nodes: groups
          .map((one) => one.id)
          .sort(byNumber)
          .map((one) => ({ id: group(one) })),
      },
      users: {
        nodes: state.users.filter((one) => one.assigned_projects?.includes(id)).map((one) => ({ id: user(one.id) })),
      },
    })),
  );
  expect(heard()).toEqual(api('get_projects', 'get_users/1', 'get_users/2', 'get_groups'));
});

it('a project whose server is too old to name its groups has groups null, without an error', async () => {
  delete (state.projects[1] as { groups?: unknown }).groups;
  const query = 'query ($id: ID!) { project(id: $id) { name groups { totalCount } } }';

  const { data, errors } = await rollcall.ask(query, { id: project(2) });

  expect([data, errors]).toEqual([{ project: { name: 'Release train 2', groups: null } }, undefined]);
});
