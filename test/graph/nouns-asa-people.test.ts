import { afterEach, beforeEach, expect, it } from 'vitest';
import { people } from '../../src/sandbox/people.js';
import type { AsaState } from '../../src/vendors/okta-asa/sandbox.js';
import { gid, part } from '../support/gid.js';
import { listen, type Heard } from '../support/heard.js';
import { openRollcall, type Rollcall } from '../support/rollcall.js';
import { wholeProject, wholeUser } from '../support/whole-nodes.js';

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
const byUnit = (a: string, b: string) => (a < b ? -1 : 1);
const membersOf = (groupId: string) => state.users.filter((user) => state.members.get(groupId)!.includes(user.id));

it('users: full_name, details.email, the user name, status, kind; service users are asked for, deleted ones stay', async () => {
  (state.users[4] as { status: string }).status = 'SUSPENDED';

  const { data, errors } = await rollcall.ask(`{ users { nodes { ...WholeUser } } } ${wholeUser}`);

  const words: Record<string, string> = {
    ACTIVE: 'ACTIVE',
    DISABLED: 'INACTIVE',
    DELETED: 'DELETED',
    SUSPENDED: 'UNKNOWN',
  };
  expect(errors).toBeUndefined();
  expect(data.users.nodes).toEqual(
    state.users
      .toSorted((a, b) => byUnit(a.name, b.name))
      .map((one) => ({
        id: id('User', one.name),
        vendorId: one.id,
        name: one.details?.full_name ?? null,
        email: one.details?.email ?? null,
        username: one.name,
        status: words[one.status],
        kind: one.user_type === 'service' ? 'SERVICE' : 'HUMAN',
        role: null,
        source,
        organization,
        projects: null,
      })),
  );
  const told = data.users.nodes as { status: string; kind: string }[];
  expect(new Set(told.map(({ status }) => status))).toEqual(new Set(Object.values(words)));
  expect(told.filter(({ kind }) => kind === 'SERVICE')).toHaveLength(1);
  expect(heard()).toEqual(api('users?include_service_users=true'));
});

it('a member is whole as the member list tells it: e-mails of members cost no read of users', async () => {
  const { data } = await rollcall.ask(
    'query ($id: ID!) { group(id: $id) { members { nodes { vendorId email ...on User { status kind } } } } }',
    {
      id: id('AsaGroup', "nuit d'été"),
    },
  );

  const told = data.group.members.nodes as { status: string; kind: string }[];
  expect(told.map(({ status, kind }) => `${kind} ${status}`).sort()).toEqual([
    'HUMAN ACTIVE',
    'HUMAN ACTIVE',
    'HUMAN DELETED',
    'HUMAN INACTIVE',
    'SERVICE ACTIVE',
  ]);
  expect(heard()).toEqual(api(`groups/${part("nuit d'été")}/users`));
});

it('projects: name, the project’s groups less those taken out of it; its users are not documented, so null without an error', async () => {
  const query = `{ projects { nodes { ...WholeProject } } } ${wholeProject}`;

  const { data, errors } = await rollcall.ask(query);

  expect(errors).toBeUndefined();
  expect(data.projects.nodes).toEqual(
    state.projects.map(({ id: uuid, name }) => ({
      id: id('Project', name),
      vendorId: uuid,
      name,
      source,
      organization,
      groups: {
        nodes: state.projectGroups
          .get(uuid)!
          .filter(({ removed_at }) => removed_at === null)
          .map((one) => ({ id: id('AsaGroup', one.name, one.group_id) }))
          .sort((a, b) => byUnit(a.id, b.id)),
      },
      users: null,
    })),
  );
  expect(heard()).toEqual(api('projects', 'projects/region-1/groups', 'projects/region-2/groups', 'groups'));
});

it('candidates are the users who are not in the group', async () => {
  const { id: uuid, name } = state.groups[0]!;
  const query =
    'query ($id: ID!) { node(id: $id) { ...on AsaGroup { candidates { totalCount nodes { vendorId } } } } }';

  const { data } = await rollcall.ask(query, { id: id('AsaGroup', name, uuid) });

  const inside = new Set(membersOf(uuid).map((one) => one.id));
  const outside = state.users.filter((one) => one.status !== 'DELETED' && !inside.has(one.id));
  expect(data.node.candidates.totalCount).toBe(outside.length);
  expect(new Set(data.node.candidates.nodes.map((one: { vendorId: string }) => one.vendorId))).toEqual(
    new Set(outside.map((one) => one.id)),
  );
  expect(heard()).toEqual(api(`groups/${part(name)}`, `groups/${part(name)}/users_not_in_group`));
});
