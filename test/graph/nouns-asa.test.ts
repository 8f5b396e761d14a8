import { afterEach, beforeEach, expect, it } from 'vitest';
import { people } from '../../src/sandbox/people.js';
import type { AsaState } from '../../src/vendors/okta-asa/sandbox.js';
import { gid, part } from '../support/gid.js';
import { listen, type Heard } from '../support/heard.js';
import { openRollcall, type Rollcall } from '../support/rollcall.js';
import { wholeGroup } from '../support/whole-nodes.js';

let rollcall: Rollcall;
let state: AsaState;
let heard: () => Heard;

beforeEach(async () => {
  const population = { people: people(20), groups: 3, membersPerGroup: 4, projects: 2 };
  rollcall = await openRollcall({ only: ['asa'], population });
  state = rollcall.sandbox.server<AsaState>('asa').box.state;
  heard = listen(rollcall.sandbox);
});
afterEach(() => rollcall.close());

const api = (...paths: string[]): Heard => ({ asa: paths.map((path) => `GET /v1/teams/acme/${path}`).sort() });
const id = (type: string, ...path: string[]) => gid('asa', type, 'acme', ...path);
const organization = { id: 'gid://asa/Organization/acme', vendorId: 'acme', name: 'acme' };
const source = { name: 'asa' };
const never = '0001-01-01T00:00:00Z';
const isAlive = ({ deleted_at }: { deleted_at: string | null }) => deleted_at === null || deleted_at === never;
const byUnit = (a: string, b: string) => (a < b ? -1 : 1);
const membersOf = (groupId: string) => state.users.filter((user) => state.members.get(groupId)!.includes(user.id));

/** The team's groups less the federated one whose name another bears. */
const addressed = () =>
  state.groups.filter((one) => isAlive(one) && !(one.name === 'compsons' && one.federated_from_team));

it('a group: name, the team, no project as it may serve several, and the rows of its member list, from VENDOR when it was read', async () => {
  const began = Date.now();
  state.groups[0]!.roles = ['server_admin', 'something_new', 'access_user', 'access_user'];
  const ids = addressed().map((one) => id('AsaGroup', one.name, one.id));
  const own = '... on AsaGroup { roles federatedFromTeam federationApprovedAt }';

  const { data, errors } = await rollcall.ask(
    `query ($ids: [ID!]!) { nodes(ids: $ids) { ...WholeGroup ${own} } } ${wholeGroup}`,
    { ids },
  );

  expect(errors).toBeUndefined();
  expect(data.nodes).toEqual(
    addressed().map((row, at) => {
      const members = membersOf(row.id).toSorted((a, b) => byUnit(a.name, b.name));
      return {
        __typename: 'AsaGroup',
        id: ids[at],
        vendorId: row.id,
        name: row.name,
        source,
        organization,
        project: null,
        memberCount: members.length,
        members: {
          totalCount: members.length,
          nodes: members.map((one) => ({ __typename: 'User', id: id('User', one.name), vendorId: one.id })),
        },
        operations: [
          'READ_GROUP',
          'LIST_MEMBERS',
          ...(row.federated_from_team
            ? []
            : ['UPDATE_GROUP', 'DELETE_GROUP', 'ADD_MEMBERS', 'REMOVE_MEMBERS', 'SET_MEMBERS']),
        ],
        origin: 'VENDOR',
        fetchedAt: expect.any(String),
        roles: at === 0 ? ['SERVER_ADMIN', 'UNKNOWN', 'ACCESS_USER'] : row.roles.map((role) => role.toUpperCase()),
        federatedFromTeam: row.federated_from_team,
        federationApprovedAt: row.federation_approved_at && new Date(row.federation_approved_at).toISOString(),
      };
    }),
  );
  const times = data.nodes.map(({ fetchedAt }: { fetchedAt: string }) => Date.parse(fetchedAt));
  expect(times.every((time: number) => time >= began && time <= Date.now())).toBe(true);
  expect(heard()).toEqual(api('groups', ...addressed().map(({ name }) => `groups/${part(name)}/users`)));
});

it('lists carry the full id, of the groups that are not deleted', async () => {
  const { data, errors } = await rollcall.ask('{ groups { totalCount nodes { id vendorId } } }');

  const alive = state.groups.filter(isAlive).toSorted((a, b) => byUnit(a.name, b.name) || byUnit(a.id, b.id));
  expect(errors).toBeUndefined();
  expect(data.groups.nodes.map(({ vendorId }: { vendorId: string }) => vendorId).sort()).toEqual(
    alive.map((one) => one.id).sort(),
  );
  expect(new Set(data.groups.nodes.map((one: { id: string }) => one.id))).toEqual(
    new Set(alive.map((one) => id('AsaGroup', one.name, one.id))),
  );
  expect(heard()).toEqual(api('groups'));
});

const row = { roles: [], federated_from_team: null, federation_approved_at: null };

it('a group or project with a real deleted_at is unknown; null, none, empty or of year 0001 is not one', async () => {
  const times = {
    none: undefined,
    null: null,
    empty: '',
    first: never,
    other: '0001-01-01T00:00:00.000+00:00',
    gone: '2024-02-29T12:00:00Z',
  };
  const list = Object.entries(times).map(([name, deleted_at], at) => ({
    ...row,
    id: `0b8e1f7e-0000-4000-8000-00000000000${at}`,
    name,
    deleted_at,
  }));
  rollcall.sandbox.server('asa').fault({ mode: 'status', status: 200, body: { list }, match: /(groups|projects)$/ });

  const { data } = await rollcall.ask('{ groups { nodes { name } } projects { nodes { name } } }');

  const alive = ['empty', 'first', 'none', 'null', 'other'].map((name) => ({ name }));
  expect(data).toEqual({ groups: { nodes: alive }, projects: { nodes: alive } });
});

it('node of what ASA answers as deleted, or does not know, is null without an error', async () => {
  state.projects[1]!.deleted_at = '2024-02-29T12:00:00Z';
  const dismissed = state.groups.find(({ name }) => name === 'dismissed')!;
  const ids = [
    id('AsaGroup', 'dismissed', dismissed.id),
    id('AsaGroup', 'dismissed'),
    id('AsaGroup', 'nobody'),
    id('Project', 'region-2'),
    id('Project', 'nowhere'),
    id('User', 'nobody'),
  ];

  const answers = await Promise.all(
    ids.map((one) => rollcall.ask('query ($id: ID!) { node(id: $id) { id } }', { id: one })),
  );

  for (const { data, errors } of answers) expect([data, errors]).toEqual([{ node: null }, undefined]);
});
