import type { Box, BoxAnswer, BoxDefinition, BoxRequest, Person, Population } from '../boxed.js';

const email = 'rollcall@example.com';
const password = 'sandbox-tiledesk-password';
const token = 'sandbox-tiledesk-token';
const basePath = '/v3';
const bodyLimit = 500 * 1024;
const agentRoles = ['owner', 'admin', 'supervisor', 'agent'];

type User = { _id: string; email: string; firstname: string; lastname: string; emailverified: boolean };
type Project = { _id: string; name: string; status: number; createdBy: string; updatedAt: string; settings: object };
type ProjectUser = { _id: string; id_project: string; id_user: string; role: string; status: string; trashed: boolean };
/** What a PUT to an unknown id leaves behind has an id and members only; older servers tell no `enabled`. */
type Group = { _id: string; members: string[]; __v: number } & Partial<{
  name: string;
  trashed: boolean;
  enabled: boolean;
  attributes: object;
  id_project: string;
  createdBy: string;
  createdAt: string;
  updatedAt: string;
}>;

/** The installation's data; tests may change it at will. */
export interface TiledeskState {
  users: User[];
  projects: Project[];
  projectUsers: ProjectUser[];
  groups: Group[];
  /** How many groups there ever were, so that no id comes twice. */
  groupsMade: number;
  /** Ids of groups that a department uses, so that they cannot be deleted. */
  usedGroups: string[];
}

const idOf = (start: string, number: number) => start + number.toString(16).padStart(6, '0');
const userId = (number: number) => idOf('5ab0f3fa57066e0014', number);
const projectId = (number: number) => idOf('5b55e806c93dde0014', number);
const projectUserId = (number: number) => idOf('5acdc6d86fb8250014', number);
const groupId = (number: number) => idOf('5c34b5149f22a70016', number);
const time = (hours: number) => new Date(Date.UTC(2025, 1, 1) + hours * 3_600_000).toISOString();

/** The account by which Rollcall comes is the installation's first; people follow. */
const caller = userId(0);
const idOfPerson = ({ index }: Person) => userId(index + 1);

function stateOf(population: Population): TiledeskState {
  const people = population.people.map((person) => ({
    _id: idOfPerson(person),
    email: person.email,
    firstname: person.firstName,
    lastname: person.lastName,
    emailverified: true,
  }));
  const account = { _id: caller, email, firstname: 'Rollcall', lastname: '', emailverified: true };
  const state = {
    users: [account, ...people],
    projects: [],
    projectUsers: [],
    groups: [],
    groupsMade: 0,
    usedGroups: [],
  };
  for (let at = 0; at < population.projects; at++) addHelpDesk(state, population, at);
  if (population.awkward && population.projects > 0) makeAwkward(state);
  return state;
}

/** A project, its team and its groups. */
function addHelpDesk(state: TiledeskState, population: Population, at: number): void {
  const { people, groups, membersPerGroup, projects } = population;
  const project = addProject(state, `Help desk ${at + 1}`);
  addProjectUser(state, project, caller, 'owner');
  const team = teamOf(people, at, projects, membersPerGroup);
  for (const person of team) {
    const row = addProjectUser(state, project, idOfPerson(person), person.index % 9 === 0 ? 'admin' : 'agent');
    if (person.index % 17 === 3) row.status = 'disabled';
  }
  for (let nth = 0; nth < groups; nth++) {
    const members = Array.from({ length: Math.min(membersPerGroup, team.length) }, (_, place) =>
      idOfPerson(team[(nth * 5 + place) % team.length]!),
    );
    const group = addGroup(state, project, `Tier ${nth + 1}`, members);
    group.enabled = nth % 5 !== 4;
    if (nth % 3 === 0) group.attributes = { shift: nth % 2 === 0 ? 'day' : 'night' };
  }
}

/** A share of the people, every third of whom works for the next project too; more where a group needs them. */
function teamOf(people: readonly Person[], at: number, projects: number, needed: number): Person[] {
  const belongs = ({ index }: Person) => index % projects === at || (index % 3 === 0 && (index + 1) % projects === at);
  const team = people.filter(belongs);
  const others = people.filter((person) => !belongs(person));
  return [...team, ...others.slice(0, Math.max(0, needed - team.length))];
}

/** What the real server holds after some years, most of it in the first project. */
function makeAwkward(state: TiledeskState): void {
  const [first] = state.projects;
  const people = state.projectUsers.filter(
    ({ id_project, id_user }) => id_project === first!._id && id_user !== caller,
  );
  const somebody = people[0]?.id_user ?? caller;
  const left = people.slice(1).at(-1);
  const never = userId(0xfffff0);
  const deleted = userId(0xfffff1);
  addProjectUser(state, first!, deleted, 'agent');
  if (left) left.trashed = true;

  addGroup(state, first!, '=HYPERLINK("http://example.com","Night shift")', [somebody]);
  addGroup(state, first!, 'Left behind', [somebody, never, deleted, left?.id_user ?? never, somebody]);
  addGroup(state, first!, 'Tier 1', [somebody]);
  addGroup(state, first!, 'Empty chair', []);
  delete addGroup(state, first!, 'From an old server', [somebody]).enabled;
  Object.assign(addGroup(state, first!, 'Closed desk', [somebody]), { trashed: true, enabled: false });
  state.groups.push({ _id: groupId(++state.groupsMade), members: [somebody], __v: 0 });

  addGroup(state, addProject(state, 'Somebody else'), 'Not to be seen', [somebody]);
  const disabled = addProject(state, 'Given up');
  disabled.status = 0;
  addProjectUser(state, disabled, caller, 'owner');
  addProjectUser(state, { _id: projectId(0xfffff0) }, caller, 'owner');
}

function addProject({ projects }: TiledeskState, name: string): Project {
  const number = projects.length + 1;
  const settings = { email: { config: { host: 'smtp.example.com', user: 'desk', pass: 'not-for-you' } } };
  const project = { _id: projectId(number), name, status: 100, createdBy: caller, updatedAt: time(number), settings };
  projects.push(project);
  return project;
}

function addProjectUser(
  { projectUsers }: TiledeskState,
  project: { _id: string },
  user: string,
  role: string,
): ProjectUser {
  const _id = projectUserId(projectUsers.length + 1);
  const row = { _id, id_project: project._id, id_user: user, role, status: 'active', trashed: false };
  projectUsers.push(row);
  return row;
}

function addGroup(
  state: TiledeskState,
  project: { _id: string },
  name: string,
  members: string[],
  now?: string,
): Group {
  const number = ++state.groupsMade;
  const group: Group = {
    _id: groupId(number),
    name,
    members,
    trashed: false,
    enabled: true,
    id_project: project._id,
    createdBy: caller,
    createdAt: now ?? time(number),
    updatedAt: now ?? time(number),
    __v: 0,
  };
  state.groups.push(group);
  return group;
}

interface Asked {
  /** What stands in the path where the endpoint has a colon. */
  ids: string[];
  request: BoxRequest;
}
type Endpoint = (state: TiledeskState, asked: Asked) => BoxAnswer;

const endpoints: readonly (readonly [RegExp, Endpoint])[] = [
  [/^GET \/projects$/, projectsOfCaller],
  [/^GET \/projects\/([^/]+)$/, projectById],
  [/^GET \/([^/]+)\/groups$/, inProject(groupsOfProject)],
  [/^GET \/([^/]+)\/groups\/([^/]+)$/, inProject(groupById)],
  [/^POST \/([^/]+)\/groups$/, inProject(createGroup)],
  [/^PUT \/([^/]+)\/groups\/([^/]+)$/, inProject(updateGroup)],
  [/^DELETE \/([^/]+)\/groups\/([^/]+)$/, inProject(deleteGroup)],
  [/^GET \/([^/]+)\/project_users$/, inProject(team)],
  [/^GET \/([^/]+)\/project_users\/users\/([^/]+)$/, inProject(teammate)],
];

function handle(state: TiledeskState, request: BoxRequest): BoxAnswer {
  const [path = ''] = request.target.split('?');
  const unknown = { status: 404, body: `Cannot ${request.method} ${path}` };
  if (!path.startsWith(`${basePath}/`)) return unknown;
  // Express does not mind a slash at the end.
  const line = `${request.method} ${path.slice(basePath.length).replace(/\/$/, '')}`;
  const found = endpoints.find(([pattern]) => pattern.test(line));
  if (!found) return unknown;
  const [pattern, endpoint] = found;
  return refusalOfCaller(request) ?? endpoint(state, { ids: pattern.exec(line)!.slice(1), request });
}

function refusalOfCaller({ headers }: BoxRequest): BoxAnswer | null {
  const { authorization } = headers;
  if (!authorization) return refused(403, 'Unauthorized.');
  const basic = `Basic ${Buffer.from(`${email}:${password}`).toString('base64')}`;
  return authorization === basic || authorization === `JWT ${token}` ? null : { status: 401, body: 'Unauthorized' };
}

function refusalOfRole({ projectUsers }: TiledeskState, project: string): BoxAnswer | null {
  const isOwn = ({ id_project, id_user }: ProjectUser) => id_project === project && id_user === caller;
  const row = projectUsers.find((one) => isOwn(one) && one.status === 'active' && !one.trashed);
  if (!row) return refused(403, 'you dont belong to the project.');
  return agentRoles.includes(row.role) ? null : refused(403, 'you dont have the required role.');
}

/** What the server asks before anything inside of a project. */
function inProject(endpoint: Endpoint): Endpoint {
  return (state, asked) => {
    const id = asked.ids[0]!;
    if (!isObjectId(id)) return { status: 400, body: { error: `Invalid project id: ${id}` } };
    const known = state.projects.some(({ _id, status }) => _id === id && status === 100);
    if (!known) return { status: 400, body: { error: `Project not found with id: ${id}` } };
    return refusalOfRole(state, id) ?? endpoint(state, asked);
  };
}

function projectsOfCaller({ projects, projectUsers }: TiledeskState): BoxAnswer {
  const rows = projectUsers
    .filter(({ id_user, status, trashed }) => id_user === caller && status === 'active' && !trashed)
    .map((row) => ({ ...row, id_project: projects.find(({ _id }) => _id === row.id_project) ?? null }));
  return ok(rows.toSorted((a, b) => (b.id_project?.updatedAt ?? '').localeCompare(a.id_project?.updatedAt ?? '')));
}

function projectById(state: TiledeskState, { ids: [id = ''] }: Asked): BoxAnswer {
  if (!isObjectId(id)) return refused(500, 'Error getting object.');
  const found = state.projects.find(({ _id, status }) => _id === id && status === 100);
  return found ? (refusalOfRole(state, id) ?? ok(found)) : refused(404, 'Object not found.');
}

function groupsOfProject({ groups }: TiledeskState, { ids: [project] }: Asked): BoxAnswer {
  return ok(groups.filter(({ id_project, trashed }) => id_project === project && trashed === false));
}

/** Neither its project nor the trash is looked at: so does the real server. */
function groupById({ groups }: TiledeskState, { ids: [, id = ''] }: Asked): BoxAnswer {
  if (!isObjectId(id)) return refused(500, 'Error getting object.');
  const found = groups.find(({ _id }) => _id === id);
  return found ? ok(found) : refused(404, 'Object not found.');
}

/** Members are kept as they come: nobody looks whether they exist, or come twice. */
function createGroup(state: TiledeskState, { ids: [project = ''], request }: Asked): BoxAnswer {
  if (isTooLarge(request)) return tooLarge;
  const { name, members = [] } = fieldsOf(request);
  if (typeof name !== 'string' || name === '') return refused(500, 'Error saving object.');
  return ok(addGroup(state, { _id: project }, name, [members].flat() as string[], new Date().toISOString()));
}

const writable = ['name', 'members', 'trashed', 'attributes'];

/** Writes what the body names, to whichever project's group has the id, and makes a shell where none has it. */
function updateGroup({ groups }: TiledeskState, { ids: [, id = ''], request }: Asked): BoxAnswer {
  if (isTooLarge(request)) return tooLarge;
  if (!isObjectId(id)) return refused(500, 'Error updating object.');
  let group = groups.find(({ _id }) => _id === id);
  if (!group) groups.push((group = { _id: id, members: [], __v: 0 }));
  const fields = Object.entries(fieldsOf(request)).filter(([field]) => writable.includes(field));
  return ok(Object.assign(group, Object.fromEntries(fields), { updatedAt: new Date().toISOString() }));
}

/** Into the trash; what there is none of is deleted just as well. */
function deleteGroup({ groups, usedGroups }: TiledeskState, { ids: [, id = ''] }: Asked): BoxAnswer {
  if (!isObjectId(id)) return refused(500, 'Error deleting object.');
  if (usedGroups.includes(id))
    return { status: 403, body: { success: false, error: 'Unable to delete a group associated with a department' } };
  const group = groups.find(({ _id }) => _id === id);
  if (group) Object.assign(group, { trashed: true, enabled: false, updatedAt: new Date().toISOString() });
  return ok({ success: true, message: 'Group successfully deleted' });
}

/** A body of another type is as good as none. */
function fieldsOf({ headers, body }: BoxRequest): Record<string, unknown> {
  const isJson = headers['content-type']?.startsWith('application/json');
  return isJson ? (JSON.parse(body || '{}') as Record<string, unknown>) : {};
}

function team(state: TiledeskState, { ids: [project] }: Asked): BoxAnswer {
  const isListed = ({ id_project, role, trashed }: ProjectUser) =>
    id_project === project && agentRoles.includes(role) && !trashed;
  return ok(populated(state, state.projectUsers.filter(isListed)));
}

function teammate(state: TiledeskState, { ids: [project, user] }: Asked): BoxAnswer {
  const rows = state.projectUsers.filter(({ id_project, id_user }) => id_project === project && id_user === user);
  return rows.length > 0 ? ok(populated(state, rows)) : refused(404, 'Object not found.');
}

/** The rows with the people instead of their ids; null for an account that was deleted. */
function populated({ users }: TiledeskState, rows: readonly ProjectUser[]) {
  const byId = new Map(users.map((user) => [user._id, user]));
  return rows.map((row) => ({ ...row, id_user: byId.get(row.id_user) ?? null }));
}

const isTooLarge = ({ body }: BoxRequest) => Buffer.byteLength(body) > bodyLimit;
const tooLarge: BoxAnswer = { status: 413, body: { err: 'request entity too large' } };
const isObjectId = (id: string) => /^[0-9a-fA-F]{24}$/.test(id);
const ok = (body: unknown): BoxAnswer => ({ status: 200, body });
const refused = (status: number, msg: string): BoxAnswer => ({ status, body: { success: false, msg } });

export const tiledeskBox: BoxDefinition<TiledeskState> = {
  kind: 'tiledesk',
  sourceName: 'tiledesk',
  open(population): Box<TiledeskState> {
    const state = stateOf(population);
    return { state, handle: (request) => handle(state, request) };
  },
  settings: (origin) => ({ url: `${origin}${basePath}`, email, password }),
};
