import type { Box, BoxAnswer, BoxDefinition, BoxRequest, Population } from '../boxed.js';

const user = 'rollcall@example.com';
const apiKey = 'sandbox-testrail-key';
const pageSize = 250;

type User = {
  id: number;
  name: string;
  email: string;
  is_active: boolean;
  role_id: number;
  role: string;
  assigned_projects: number[];
};
type Group = { id: number; name: string; user_ids: number[] };
type Project = {
  id: number;
  name: string;
  is_completed: boolean;
  groups: { id: number; role: string; role_id: number }[];
  users: { id: number }[];
};

/** The installation's data; tests may change it at will. */
export interface TestRailState {
  users: User[];
  groups: Group[];
  projects: Project[];
  /** The highest id of a group that was deleted: here no id comes twice, and later ones are higher, which is assumed of TestRail. */
  highestGone: number;
}

const unknownGroup = 'Field :group_id is not a valid group.';
const roles = ['Lead', 'Tester', 'Designer', 'Read-only'];

function stateOf({ people, groups, membersPerGroup, projects, awkward }: Population): TestRailState {
  const state: TestRailState = {
    users: people.map(({ index, firstName, lastName, email }) => ({
      id: index + 1,
      name: `${firstName} ${lastName}`,
      email,
      is_active: index % 17 !== 3,
      role_id: (index % roles.length) + 1,
      role: roles[index % roles.length]!,
      assigned_projects: projects === 0 ? [] : [(index % projects) + 1],
    })),
    groups: Array.from({ length: groups }, (_, at) => ({
      id: at + 1,
      name: `QA circle ${at + 1}`,
      user_ids: Array.from(
        { length: Math.min(membersPerGroup, people.length) },
        (_, place) => ((at * 7 + place * 3) % people.length) + 1,
      ),
    })),
    projects: Array.from({ length: projects }, (_, at) => ({
      id: at + 1,
      name: `Release train ${at + 1}`,
      is_completed: false,
      groups: [],
      users: [],
    })),
    highestGone: 0,
  };
  for (const group of state.groups) {
    group.user_ids = [...new Set(group.user_ids)];
    state.projects[group.id % (projects || 1)]?.groups.push({ id: group.id, role: 'Lead', role_id: 1 });
  }
  if (awkward) makeAwkward(state);
  return state;
}

/** A name that a spreadsheet would run, a member deleted since, one named twice, and an empty group. */
function makeAwkward({ users, groups }: TestRailState): void {
  const next = groups.length + 1;
  groups.push({ id: next, name: '=HYPERLINK("http://example.com","Regression")', user_ids: [1, 2] });
  groups.push({ id: next + 1, name: 'Left behind', user_ids: [1, users.length + 1_000, 1] });
  groups.push({ id: next + 2, name: 'Empty chair', user_ids: [] });
}

function handle(state: TestRailState, request: BoxRequest): BoxAnswer {
  const prefix = '/index.php?/api/v2/';
  if (!request.target.startsWith(prefix))
    return { status: 404, headers: { 'content-type': 'text/html' }, body: '<h1>Not found</h1>' };
  const basic = `Basic ${Buffer.from(`${user}:${apiKey}`).toString('base64')}`;
  if (request.headers['authorization'] !== basic)
    return error(401, 'Authentication failed: invalid or missing user/password or session cookie.');
  if (!request.headers['content-type']?.startsWith('application/json'))
    return error(400, 'Content-Type header missing (use Content-Type: application/json)');
  const [command, ...pairs] = request.target.slice(prefix.length).split('&');
  const [method, argument, ...more] = command!.split('/');
  const params = new Map(pairs.map((pair) => pair.split('=', 2).map(decodeURIComponent) as [string, string]));
  const answer = more.length === 0 ? endpoints[`${request.method} ${method}`] : undefined;
  return answer ? answer(state, { argument, params, request }) : error(404, `Unknown method '${method}'`);
}

interface Asked {
  argument: string | undefined;
  params: ReadonlyMap<string, string>;
  request: BoxRequest;
}

const endpoints: Readonly<Record<string, (state: TestRailState, asked: Asked) => BoxAnswer>> = {
  'GET get_group': ({ groups }, { argument }) => byId(groups, argument, 'group_id'),
  'GET get_groups': ({ groups }, asked) => paged('get_groups', 'groups', groups, asked),
  'POST add_group': addGroup,
  'POST update_group': updateGroup,
  'POST delete_group': deleteGroup,
  'GET get_user': ({ users }, { argument }) => byId(users, argument, 'user'),
  'GET get_user_by_email': ({ users }, { params }) => {
    const found = users.find(({ email }) => email === params.get('email'));
    return found ? ok(found) : error(400, 'Field :email is not a valid email address.');
  },
  'GET get_users': ({ users, projects }, asked) => {
    if (asked.argument === undefined) return paged('get_users', 'users', users, asked);
    const project = projects.find(({ id }) => String(id) === asked.argument);
    if (!project) return error(400, 'Field :project_id is not a valid or accessible project.');
    return paged(
      `get_users/${project.id}`,
      'users',
      users.filter((one) => one.assigned_projects.includes(project.id)),
      asked,
    );
  },
  'GET get_project': ({ projects }, { argument }) => byId(projects, argument, 'project_id'),
  'GET get_projects': ({ projects }, asked) => paged('get_projects', 'projects', projects, asked),
};

function addGroup(state: TestRailState, { request }: Asked): BoxAnswer {
  const fields = fieldsOf(state, request);
  if (typeof fields === 'string') return error(400, fields);
  const { name, user_ids = [] } = fields;
  if (name === undefined) return error(400, 'Field :name is a required field.');
  const group = { id: Math.max(state.highestGone, ...state.groups.map(({ id }) => id)) + 1, name, user_ids };
  state.groups.push(group);
  return ok(group);
}

function updateGroup(state: TestRailState, { argument, request }: Asked): BoxAnswer {
  const group = state.groups.find(({ id }) => String(id) === argument);
  if (!group) return error(400, unknownGroup);
  const fields = fieldsOf(state, request);
  return typeof fields === 'string' ? error(400, fields) : ok(Object.assign(group, fields));
}

/** The fields of a group that a body names, or what is wrong with them. */
function fieldsOf({ users }: TestRailState, { body }: BoxRequest): string | Partial<Group> {
  const { name, user_ids: ids } = JSON.parse(body || '{}') as { name?: unknown; user_ids?: unknown };
  const known = new Set<unknown>(users.map(({ id }) => id));
  const fields: Partial<Group> = {};
  if (name !== undefined) {
    if (typeof name !== 'string' || name === '') return 'Field :name is a required field.';
    fields.name = name;
  }
  if (ids !== undefined) {
    if (!Array.isArray(ids) || !ids.every((id) => known.has(id))) return 'Field :user_ids contains an invalid user.';
    fields.user_ids = [...new Set(ids as number[])];
  }
  return fields;
}

/** The projects lose it too. Nothing is answered. */
function deleteGroup(state: TestRailState, { argument }: Asked): BoxAnswer {
  const at = state.groups.findIndex(({ id }) => String(id) === argument);
  if (at < 0) return error(400, unknownGroup);
  const [gone] = state.groups.splice(at, 1);
  state.highestGone = Math.max(state.highestGone, gone!.id);
  for (const project of state.projects) project.groups = project.groups.filter(({ id }) => id !== gone!.id);
  return { status: 200 };
}

function byId<T extends { id: number }>(rows: readonly T[], argument: string | undefined, field: string): BoxAnswer {
  const found = rows.find(({ id }) => String(id) === argument);
  return found ? ok(found) : error(400, `Field :${field} is not a valid ${field.replace('_id', '')}.`);
}

function paged(command: string, key: string, rows: readonly unknown[], { params }: Asked): BoxAnswer {
  const limit = Math.min(Number(params.get('limit') ?? pageSize) || pageSize, pageSize);
  const offset = Number(params.get('offset') ?? 0);
  const page = rows.slice(offset, offset + limit);
  const link = (at: number) => `/api/v2/${command}&limit=${limit}&offset=${at}`;
  const next = offset + limit < rows.length ? link(offset + limit) : null;
  const prev = offset > 0 ? link(Math.max(0, offset - limit)) : null;
  return ok({ offset, limit, size: page.length, _links: { next, prev }, [key]: page });
}

const ok = (body: unknown): BoxAnswer => ({ status: 200, body });
const error = (status: number, text: string): BoxAnswer => ({ status, body: { error: text } });

export const testrailBox: BoxDefinition<TestRailState> = {
  kind: 'testrail',
  sourceName: 'testrail',
  open(population): Box<TestRailState> {
    const state = stateOf(population);
    return { state, handle: (request) => handle(state, request) };
  },
  settings: (origin) => ({ url: origin, user, apiKey }),
};
