import { afterEach, beforeEach, expect, it } from 'vitest';
import { people } from '../../src/sandbox/people.js';
import type { UpdraftState } from '../../src/vendors/updraft/sandbox.js';
import { listen, type Heard } from '../support/heard.js';
import { openRollcall, type Rollcall } from '../support/rollcall.js';
import { wholeProject, wholeUser } from '../support/whole-nodes.js';

let rollcall: Rollcall;
let state: UpdraftState;
let heard: () => Heard;

beforeEach(async () => {
  const population = { people: people(20), groups: 0, projects: 3 };
  rollcall = await openRollcall({ only: ['updraft'], population });
  state = rollcall.sandbox.server<UpdraftState>('updraft').box.state;
  heard = listen(rollcall.sandbox);
});
afterEach(() => rollcall.close());

const apps = (...organizations: number[]): Heard => ({
  updraft: organizations.map((id) => `GET /api/applications/?org=${id}`),
});
const user = (id: number) => `gid://updraft/User/${id}`;
const project = (id: number) => ({ id: `gid://updraft/Project/${id}`, vendorId: String(id) });
const organization = (id: number) => ({ id: `gid://updraft/Organization/${id}`, vendorId: String(id), name: null });
const source = { name: 'updraft' };
const byNumber = (a: number, b: number) => a - b;

type App = UpdraftState['apps'][number];
const projectOf = ({ id, project_app, project_detail }: App) => project_detail?.id ?? project_app ?? id;
const idsOf = (rows: readonly App[]) => [...new Set(rows.map(projectOf))].sort(byNumber);
const usersIn = (rows: readonly App[]) =>
  [...new Set(rows.flatMap((app) => app.user_detail).map((one) => one.user_id))].sort(byNumber);
/** A person of a project of organization 12 and of one of 13: person 1 is in projects 901 and 902. */
const inBoth = () => {
  const [some, others] = [12, 13].map((id) => usersIn(state.apps.filter((app) => app.organization === id)));
  return some!.find((id) => others!.includes(id))!;
};

it('projects: the rows of one project are one Project, by project_detail.id, else project_app, else the row’s id, with all their users', async () => {
  expect(state.apps.map(({ project_detail }) => project_detail)).toContain(null);
  state.apps[0]!.project_app = 777;

  const { data, errors } = await rollcall.ask(`{ projects { totalCount nodes { ...WholeProject } } } ${wholeProject}`);

  expect(errors).toBeUndefined();
  expect(data.projects.totalCount).toBe(4);
  expect(data.projects.nodes.map(({ name: _name, ...rest }: { name: string }) => rest)).toEqual(
    idsOf(state.apps).map((id) => {
      const rows = state.apps.filter((app) => projectOf(app) === id);
      return {
        ...project(id),
        source,
        organization: organization(rows[0]!.organization),
        groups: { nodes: [] },
        users: { nodes: usersIn(rows).map((one) => ({ id: user(one) })) },
      };
    }),
  );
  expect(heard()).toEqual(apps(12, 13));
});

it('a project is named project_title of its project_detail, else its own project_title, whichever of its rows tells it', async () => {
  const of = (id: number) => state.apps.filter((app) => projectOf(app) === id);
  const [without, within] = of(901);
  Object.assign(without!, { project_detail: { id: 901, project_title: null }, project_title: 'By the row' });
  Object.assign(within!, { project_detail: { id: 901, project_title: 'By the detail' }, project_title: null });
  Object.assign(of(902)[0]!, { project_detail: null, project_title: null });
  Object.assign(of(902)[1]!, { project_detail: null, project_title: 'By another row' });

  const { data } = await rollcall.ask('{ projects(first: 2) { nodes { vendorId name } } }');

  expect(data.projects.nodes).toEqual([
    { vendorId: '901', name: 'By the detail' },
    { vendorId: '902', name: 'By another row' },
  ]);
});

it('a project by its id is the same as in the list; one that no organization lists is null', async () => {
  const query =
    'query ($a: ID!, $b: ID!) { a: project(id: $a) { vendorId organization { vendorId } } b: project(id: $b) { id } }';

  const { data, errors } = await rollcall.ask(query, { a: project(902).id, b: project(999).id });

  expect([data, errors]).toEqual([{ a: { vendorId: '902', organization: { vendorId: '13' } }, b: null }, undefined]);
  expect(heard()).toEqual(apps(12, 13));
});

it('users: first and last name with one blank, username as e-mail when it holds an @, status UNKNOWN, the projects of their rows', async () => {
  const known = new Map(state.apps.flatMap((app) => app.user_detail).map((one) => [one.user_id, one]));
  const [first, second] = known.values();
  for (const one of state.apps.flatMap((app) => app.user_detail)) {
    if (one.user_id === first!.user_id) Object.assign(one, { first_name: ' Ana ', last_name: 'Lin' });
    if (one.user_id === second!.user_id) Object.assign(one, { first_name: '', last_name: 'Compson' });
  }

  const { data, errors } = await rollcall.ask(`{ users { sources { message } nodes { ...WholeUser } } } ${wholeUser}`);

  expect(errors).toBeUndefined();
  expect(data.users.nodes).toEqual(
    usersIn(state.apps).map((id) => {
      const { username, first_name, last_name } = known.get(id)!;
      const rows = state.apps.filter((app) => app.user_detail.some(({ user_id }) => user_id === id));
      const projects = idsOf(rows).map(project);
      return {
        id: user(id),
        vendorId: String(id),
        name:
          [first_name, last_name]
            .map((part) => part.trim())
            .filter(Boolean)
            .join(' ') || null,
        email: username === 'build-robot' ? null : username,
        username,
        status: 'UNKNOWN',
        kind: 'HUMAN',
        role: null,
        source,
        organization: organization(Math.min(...rows.map((app) => app.organization))),
        projects: { totalCount: projects.length, nodes: projects },
      };
    }),
  );
  expect(data.users.nodes.at(-1)).toMatchObject({ name: null, email: null, username: 'build-robot' });
  expect(data.users.sources[0].message).toMatch(/at least one app/);
  expect(heard()).toEqual(apps(12, 13));
});

it('a user in two organizations is one User, listed in both, with the projects of both wherever he is met', async () => {
  const id = inBoth();
  const fields = 'id organization { vendorId } projects { nodes { vendorId organization { vendorId } } }';
  const query = `query ($id: ID!, $a: ID!, $b: ID!) {
    user(id: $id) { ${fields} } users(first: 1000) { nodes { ${fields} } }
    a: organization(id: $a) { users(first: 1000) { nodes { ${fields} } } } b: organization(id: $b) { users(first: 1000) { nodes { ${fields} } } }
    projects { nodes { users(first: 1000) { nodes { ${fields} } } } }
  }`;

  const { data, errors } = await rollcall.ask(query, { id: user(id), a: organization(12).id, b: organization(13).id });

  const lists = [
    data.users,
    data.a.users,
    data.b.users,
    ...data.projects.nodes.map((one: { users: object }) => one.users),
  ];
  const met = lists.flatMap(({ nodes }) => nodes).filter((one) => one.id === user(id));
  const organizations = new Set(
    data.user.projects.nodes.map((one: { organization: { vendorId: string } }) => one.organization.vendorId),
  );
  expect(errors).toBeUndefined();
  expect(organizations).toEqual(new Set(['12', '13']));
  expect(met.length).toBeGreaterThanOrEqual(5);
  for (const one of met) expect(one).toEqual(data.user);
  expect(heard()).toEqual(apps(12, 13));
});

it('a user whom no app names is null', async () => {
  const { data, errors } = await rollcall.ask('query ($id: ID!) { user(id: $id) { id } }', { id: user(999) });

  expect([data, errors]).toEqual([{ user: null }, undefined]);
});

it('organizations are those of the configuration, without a name and without a call', async () => {
  const { data, errors } = await rollcall.ask(
    '{ organizations { totalCount sources { origin } nodes { id vendorId name } } }',
  );

  expect(errors).toBeUndefined();
  expect(data.organizations).toEqual({
    totalCount: 2,
    sources: [{ origin: 'CONFIGURATION' }],
    nodes: [organization(12), organization(13)],
  });
  expect(heard()).toEqual({});
});
