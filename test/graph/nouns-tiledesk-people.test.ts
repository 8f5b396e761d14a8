import { afterEach, beforeEach, expect, it } from 'vitest';
import { people } from '../../src/sandbox/people.js';
import type { TiledeskState } from '../../src/vendors/tiledesk/sandbox.js';
import { listen, type Heard } from '../support/heard.js';
import { openRollcall, type Rollcall } from '../support/rollcall.js';
import { wholeProject, wholeUser } from '../support/whole-nodes.js';

let rollcall: Rollcall;
let state: TiledeskState;
let heard: () => Heard;

beforeEach(async () => {
  const population = { people: people(20), groups: 4, membersPerGroup: 4, projects: 2 };
  rollcall = await openRollcall({ only: ['tiledesk'], population });
  state = rollcall.sandbox.server<TiledeskState>('tiledesk').box.state;
  heard = listen(rollcall.sandbox);
});
afterEach(() => rollcall.close());

const first = '5b55e806c93dde0014000001';
const second = '5b55e806c93dde0014000002';
const api = (...paths: string[]): Heard => ({ tiledesk: paths.map((path) => `GET /v3/${path}`).sort() });
const group = (project: string, id: string) => `gid://tiledesk/TiledeskGroup/${project}/${id}`;
const user = (project: string, id: string) => `gid://tiledesk/User/${project}/${id}`;
const project = (id: string) => ({ id: `gid://tiledesk/Project/${id}`, vendorId: id });
const organization = { id: 'gid://tiledesk/Organization/tiledesk', vendorId: 'tiledesk', name: null };
const source = { name: 'tiledesk' };

const groupsOf = (id: string) => state.groups.filter((one) => one.id_project === id && one.trashed === false);
const named = (name: string) => groupsOf(first).find((one) => one.name === name)!;
const teamOf = (id: string) => state.projectUsers.filter((row) => row.id_project === id && !row.trashed);
const accountOf = (id: string) => state.users.find(({ _id }) => _id === id);

it('every member id that a group names is a node: one that the list does not hold has no name, no e-mail and status UNKNOWN, without an error', async () => {
  const { _id, members } = named('Left behind');
  const known = new Set(teamOf(first).map(({ id_user }) => id_user));
  const isListed = (id: string) => known.has(id) && accountOf(id) !== undefined;
  const query =
    'query ($id: ID!) { group(id: $id) { memberCount members { nodes { vendorId ...on User { name email status } } } } }';

  const { data, errors } = await rollcall.ask(query, { id: group(first, _id) });

  const named4 = [...new Set(members)].sort();
  expect(errors).toBeUndefined();
  expect(data.group.memberCount).toBe(4);
  expect(data.group.members.nodes.map(({ vendorId }: { vendorId: string }) => vendorId)).toEqual(named4);
  expect(data.group.members.nodes.filter(({ name }: { name: string | null }) => name === null)).toEqual(
    named4.filter((id) => !isListed(id)).map((vendorId) => ({ vendorId, name: null, email: null, status: 'UNKNOWN' })),
  );
  expect(named4.filter(isListed)).toHaveLength(1);
  expect(heard()).toEqual(api(`${first}/groups/${_id}`, `${first}/project_users`));
});

it('node of a member without account is null', async () => {
  const gone = named('Left behind').members.filter((id) => !accountOf(id));

  const { data, errors } = await rollcall.ask('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', {
    ids: gone.map((id) => user(first, id)),
  });

  expect(gone).toHaveLength(2);
  expect([data, errors]).toEqual([{ nodes: [null, null] }, undefined]);
});

it('details that could not be read at all are the same, and one entry in errors', async () => {
  rollcall.sandbox.server('tiledesk').fault({ mode: 'status', status: 503, match: /project_users/ });
  const query = 'query ($id: ID!) { group(id: $id) { members { nodes { name email ...on User { status } } } } }';

  const { data, errors } = await rollcall.ask(query, { id: group(first, named('Tier 1')._id) });

  expect(data.group.members.nodes).toEqual(Array(4).fill({ name: null, email: null, status: 'UNKNOWN' }));
  expect(errors).toMatchObject([
    { path: ['group', 'members'], extensions: { code: 'VENDOR_UNAVAILABLE', source: 'tiledesk' } },
  ]);
});

it('users: first and last name with one blank, the account’s e-mail, role, status, and the project of the id; one User in each project', async () => {
  const [nameless, half] = teamOf(second)
    .slice(1)
    .map(({ id_user }) => accountOf(id_user)!);
  Object.assign(nameless!, { firstname: ' ', lastname: '' });
  Object.assign(half!, { firstname: ' Ana', lastname: '' });

  const { data, errors } = await rollcall.ask(`{ users { nodes { ...WholeUser } } } ${wholeUser}`);

  const rows = [first, second].flatMap((id) => teamOf(id).filter((row) => accountOf(row.id_user)));
  const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);
  expect(errors).toBeUndefined();
  expect(data.users.nodes).toEqual(
    rows
      .map(({ id_project, id_user, role, status }) => {
        const { email, firstname, lastname } = accountOf(id_user)!;
        return {
          id: user(id_project, id_user),
          vendorId: id_user,
          name:
            [firstname, lastname]
              .map((part) => part.trim())
              .filter(Boolean)
              .join(' ') || null,
          email,
          username: null,
          status: status === 'active' ? 'ACTIVE' : 'INACTIVE',
          kind: 'HUMAN',
          role,
          source,
          organization,
          projects: { totalCount: 1, nodes: [project(id_project)] },
        };
      })
      .sort(byId),
  );
  const places = (data.users.nodes as { vendorId: string }[]).map(({ vendorId }) => vendorId);
  expect(places.length).toBeGreaterThan(new Set(places).size);
  expect(data.users.nodes.map(({ status }: { status: string }) => status)).toContain('INACTIVE');
  expect(heard()).toEqual(api('projects/', `${first}/project_users`, `${second}/project_users`));
});

it('a user who is trashed has status DELETED where Tiledesk still answers him', async () => {
  const left = state.projectUsers.find(({ trashed }) => trashed)!.id_user;
  const query = 'query ($id: ID!) { user(id: $id) { vendorId email status } }';

  const { data } = await rollcall.ask(query, { id: user(first, left) });

  expect(data.user).toEqual({ vendorId: left, email: accountOf(left)!.email, status: 'DELETED' });
});

it('projects: name, their list of groups and their project users', async () => {
  const { data, errors } = await rollcall.ask(`{ projects { nodes { ...WholeProject } } } ${wholeProject}`);

  expect(errors).toBeUndefined();
  expect(data.projects.nodes).toEqual(
    [first, second].map((id) => ({
      ...project(id),
      name: state.projects.find(({ _id }) => _id === id)!.name,
      source,
      organization,
      groups: { nodes: groupsOf(id).map(({ _id }) => ({ id: group(id, _id) })) },
      users: {
        nodes: teamOf(id)
          .filter(({ id_user }) => accountOf(id_user))
          .map(({ id_user }) => ({ id: user(id, id_user) }))
          .sort((a, b) => (a.id < b.id ? -1 : 1)),
      },
    })),
  );
  const lists = [first, second].flatMap((id) => [`${id}/groups`, `${id}/project_users`]);
  expect(heard()).toEqual(api('projects/', ...lists));
});

it('a project by its id is the same as in the list, by one call', async () => {
  const { data } = await rollcall.ask('query ($id: ID!) { project(id: $id) { name } }', { id: project(second).id });

  expect(data.project).toEqual({ name: 'Help desk 2' });
  expect(heard()).toEqual(api(`projects/${second}`));
});
