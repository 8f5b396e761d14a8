import type { Box, BoxAnswer, BoxDefinition, BoxRequest, Population } from '../boxed.js';

const keyId = '6052868b-1b04-4a14-8288-e6496d7f2f4b';
const keySecret = 'sandbox-asa-secret';
const minuteMs = 60_000;

interface User {
  id: string;
  name: string;
  status: 'ACTIVE' | 'DISABLED' | 'DELETED';
  user_type: 'human' | 'service';
  details: { email: string; first_name: string; last_name: string; full_name: string } | null;
  deleted_at: string | null;
}
interface Group {
  id: string;
  name: string;
  roles: string[];
  federated_from_team: string | null;
  federation_approved_at: string | null;
  deleted_at: string | null;
}
type Project = { id: string; name: string; team: string; deleted_at: string | null };
type ProjectGroup = { id: string; name: string; group: string; group_id: string; removed_at: string | null };

/** The team's data, and how it behaves where ASA documents nothing; tests may change all of it at will. */
export interface AsaState {
  team: string;
  users: User[];
  groups: Group[];
  /** How many groups there ever were, so that no id comes twice. */
  groupsMade: number;
  projects: Project[];
  /** By the group's id, the ids of its users. */
  members: Map<string, string[]>;
  /** By the project's id. */
  projectGroups: Map<string, ProjectGroup[]>;
  /** Groups that Okta pushes: their members cannot be edited here. */
  pushed: Set<string>;
  /** The answer to adding somebody who is a member, and to removing somebody who is none. */
  memberTwice: 204 | 409;
  nonMember: 204 | 404;
  pageSize: number;
  /** How long a token lives, and those that live, with their ends; any may be ended at any time. */
  tokenSeconds: number;
  tokens: Map<string, number>;
  minted: number;
  /** Requests a minute, and how many came in which. */
  rateLimit: number;
  rate: { minute: number; used: number };
}

const roleNames = ['access_user', 'access_admin', 'reporting_user', 'server_admin'];
const never = '0001-01-01T00:00:00Z';

function uuid(kind: 'group' | 'user' | 'project', number: number): string {
  const block = { group: '4000', user: '4001', project: '4002' }[kind];
  return `0b8e1f7e-0000-${block}-8000-${number.toString(16).padStart(12, '0')}`;
}

function stateOf({ people, groups, membersPerGroup, projects, awkward }: Population): AsaState {
  const state: AsaState = {
    team: 'acme',
    users: people.map(({ index, firstName, lastName, email }) => ({
      id: uuid('user', index + 1),
      name: email.slice(0, email.indexOf('@')),
      status: index % 17 === 1 ? 'DISABLED' : 'ACTIVE',
      user_type: 'human',
      details: { email, first_name: firstName, last_name: lastName, full_name: `${firstName} ${lastName}` },
      deleted_at: null,
    })),
    groups: [],
    groupsMade: 0,
    projects: Array.from({ length: projects }, (_, at) => ({
      id: uuid('project', at + 1),
      name: `region-${at + 1}`,
      team: 'acme',
      deleted_at: never,
    })),
    members: new Map(),
    projectGroups: new Map(),
    pushed: new Set(),
    memberTwice: 204,
    nonMember: 204,
    pageSize: 100,
    tokenSeconds: 3600,
    tokens: new Map(),
    minted: 0,
    rateLimit: 100_000,
    rate: { minute: 0, used: 0 },
  };
  for (let at = 0; at < groups; at += 1) {
    const members = Array.from({ length: Math.min(membersPerGroup, people.length) }, (_, place) => at * 5 + place * 3);
    const group = addGroup(state, { name: `Bastion crew ${at + 1}`, roles: [roleNames[at % 3]!] });
    state.members.set(group.id, [...new Set(members.map((member) => uuid('user', (member % people.length) + 1)))]);
    const project = state.projects[at % (projects || 1)];
    if (project) attach(state, project, group);
  }
  if (awkward) makeAwkward(state);
  return state;
}

function addGroup(state: AsaState, group: Partial<Group> & { name: string }): Group {
  state.groupsMade += 1;
  const plain = { id: uuid('group', state.groupsMade), roles: ['access_user'], deleted_at: never };
  const added = { ...plain, federated_from_team: null, federation_approved_at: null, ...group };
  state.groups.push(added);
  state.members.set(added.id, []);
  return added;
}

function attach({ projectGroups }: AsaState, { id }: Project, group: Group, removed_at: string | null = null): void {
  const row = { id: `${id}.${group.id}`, name: group.name, group: group.name, group_id: group.id, removed_at };
  projectGroups.set(id, [...(projectGroups.get(id) ?? []), row]);
}

/** The seed's namesakes, other federated groups, what is deleted, and names that are hard to put into an address. */
function makeAwkward(state: AsaState): void {
  const { users, projects, members } = state;
  const first = users.slice(0, 3).map(({ id }) => id);
  const faulkner = { federated_from_team: 'william-faulkner', federation_approved_at: '2018-04-07T00:00:00Z' };
  const service = { id: uuid('user', users.length + 1), name: 'shreve', details: null, deleted_at: null };
  users.push({ ...service, status: 'ACTIVE', user_type: 'service' });
  const gone = { id: uuid('user', users.length + 1), name: 'Quentin.Compson.III', deleted_at: '1910-06-10T00:00:00Z' };
  const called = { first_name: 'Quentin', last_name: 'Compson', full_name: 'Quentin Compson III' };
  const details = { email: 'quentin.compson@example.com', ...called };
  users.push({ ...gone, details, status: 'DELETED', user_type: 'human' });
  const roles = ['access_user', 'reporting_user', 'access_admin'];
  const federated = { id: '4e88ade1-cfe8-4f84-bcd0-b7295d73f15d', roles, ...faulkner };
  const namesake = addGroup(state, { name: 'compsons', ...federated });
  const compsons = addGroup(state, { id: '5e41a7d8-4b81-49db-b552-3cb1f3ec936c', name: 'compsons', roles });
  const auditors = addGroup(state, { name: 'jefferson auditors', ...faulkner });
  const night = addGroup(state, { name: "nuit d'été", deleted_at: null });
  const pushed = addGroup(state, { name: 'everyone (from Okta)' });
  addGroup(state, { name: '=SUM(1,2) servers', roles: [] });
  addGroup(state, { name: 'dismissed', deleted_at: '2024-02-29T12:00:00Z' });
  state.pushed.add(pushed.id);
  members.set(namesake.id, first.slice(2));
  members.set(compsons.id, first.slice(0, 2));
  members.set(auditors.id, first.slice(0, 1));
  members.set(night.id, [...first, service.id, gone.id]);
  members.set(pushed.id, first);
  if (projects[0]) {
    attach(state, projects[0], night);
    attach(state, projects[0], compsons, '2024-02-29T12:00:00Z');
  }
}

function handle(state: AsaState, request: BoxRequest): BoxAnswer {
  const now = Date.now();
  const minute = Math.floor(now / minuteMs);
  state.rate = { minute, used: (state.rate.minute === minute ? state.rate.used : 0) + 1 };
  const reset = String(((minute + 1) * minuteMs) / 1000);
  const over = state.rate.used > state.rateLimit;
  const answer = over ? refusal(429, 'too_many_requests') : answerTo(state, request, now);
  const headers = {
    ...answer.headers,
    'X-RateLimit-Limit': String(state.rateLimit),
    'X-RateLimit-Remaining': String(Math.max(0, state.rateLimit - state.rate.used)),
    'X-RateLimit-Reset': reset,
    ...(over ? { 'X-RateLimit-Retry-At': reset } : {}),
  };
  return { ...answer, headers };
}

interface Identified {
  readonly id: string;
}
interface Asked {
  /** What stands in the address behind `groups`, `users` or `projects`, and behind a group's `users`. */
  name: string;
  userName: string;
  body: Readonly<Record<string, unknown>>;
  page(rows: readonly Identified[]): BoxAnswer;
  query: URLSearchParams;
}

function answerTo(state: AsaState, request: BoxRequest, now: number): BoxAnswer {
  const { method, target, headers } = request;
  const [path, search] = target.split('?', 2) as [string, string?];
  const parts = decoded(path);
  if (!parts) return refusal(400, 'invalid_request');
  const [, version, teams, team, ...rest] = parts;
  if (version !== 'v1' || teams !== 'teams' || team !== state.team) return refusal(404, 'resource_does_not_exist');
  const hasBody = method === 'POST' || method === 'PUT';
  if (hasBody && !headers['content-type']?.startsWith('application/json'))
    return refusal(415, 'unsupported_content_type');
  const body = hasBody ? objectOf(request.body) : {};
  if (!body) return refusal(400, 'invalid_request');
  const route = rest.map((part, at) => (at % 2 === 1 ? '*' : part)).join('/');
  if (`${method} ${route}` === 'POST service_token') return mint(state, body, now);
  const token = /^Bearer (.+)$/.exec(headers['authorization'] ?? '')?.[1];
  if (!((state.tokens.get(token ?? '') ?? 0) > now)) return refusal(401, 'authentication_error');
  const endpoint = Object.hasOwn(endpoints, `${method} ${route}`) ? endpoints[`${method} ${route}`] : undefined;
  if (!endpoint) return refusal(404, 'resource_does_not_exist');
  const query = new URLSearchParams(search);
  const page = (rows: readonly Identified[]) => paged(rows, query, request.origin + path, state.pageSize);
  return endpoint(state, { name: rest[1] ?? '', userName: rest[3] ?? '', body, query, page });
}

function mint(state: AsaState, body: Asked['body'], now: number): BoxAnswer {
  if (body['key_id'] !== keyId || body['key_secret'] !== keySecret) return refusal(401, 'authentication_error');
  state.minted += 1;
  const token = `sandbox-asa-token-${state.minted}`;
  const end = now + state.tokenSeconds * 1000;
  state.tokens.set(token, end);
  return ok({ bearer_token: token, expires_at: new Date(end).toISOString(), team_name: state.team });
}

const endpoints: Readonly<Record<string, (state: AsaState, asked: Asked) => BoxAnswer>> = {
  'GET groups': ({ groups }, { page }) => page(groups.filter(isAlive)),
  'POST groups': createGroup,
  'GET groups/*': ({ groups }, { name }) => found(met(groups, name) ?? byName(groups, name), ok),
  'PUT groups/*': updateGroup,
  'DELETE groups/*': deleteGroup,
  'GET groups/*/users': (state, { name, page }) =>
    found(met(state.groups, name), ({ id }) => {
      const members = new Set(state.members.get(id));
      return page(state.users.filter((user) => members.has(user.id)));
    }),
  'POST groups/*/users': addUser,
  'DELETE groups/*/users/*': removeUser,
  'GET groups/*/users_not_in_group': (state, { name, page }) => {
    const present = state.users.filter(({ status }) => status !== 'DELETED');
    return found(met(state.groups, name), ({ id }) => page(present.filter((user) => !isMember(state, id, user))));
  },
  'GET users': ({ users }, { page, query }) => {
    const services = query.get('include_service_users') === 'true';
    return page(users.filter(({ user_type }) => services || user_type === 'human'));
  },
  'GET users/*': ({ users }, { name }) => found(byName(users, name), ok),
  'GET users/*/groups': (state, { name, page }) => {
    const alive = state.groups.filter(isAlive);
    return found(byName(state.users, name), (user) => page(alive.filter(({ id }) => isMember(state, id, user))));
  },
  'GET projects': ({ projects }, { page }) => page(projects.filter(isAlive)),
  'GET projects/*': ({ projects }, { name }) => found(byName(projects, name), ok),
  'GET projects/*/groups': ({ projects, projectGroups }, { name, page }) =>
    found(byName(projects, name), ({ id }) => page(projectGroups.get(id) ?? [])),
};

function createGroup(state: AsaState, { body: { name, roles = [] } }: Asked): BoxAnswer {
  if (typeof name !== 'string' || name === '' || !isRoles(roles)) return refusal(400, 'invalid_request');
  const taken = state.groups.some((group) => group.name === name && isAlive(group) && !group.federated_from_team);
  if (taken) return refusal(409, 'resource_already_exists');
  return { status: 201, body: addGroup(state, { name, roles }) };
}

function updateGroup(state: AsaState, { name, body: { roles } }: Asked): BoxAnswer {
  return own(state, name, (group) => {
    if (!isRoles(roles)) return refusal(400, 'invalid_request');
    group.roles = roles;
    return done;
  });
}

/** A deleted group is not answered any more, and its projects have removed it. */
function deleteGroup(state: AsaState, { name }: Asked): BoxAnswer {
  return own(state, name, (group) => {
    state.groups.splice(state.groups.indexOf(group), 1);
    state.members.delete(group.id);
    const rows = [...state.projectGroups.values()].flat().filter(({ group_id }) => group_id === group.id);
    for (const row of rows) row.removed_at ??= new Date().toISOString();
    return done;
  });
}

function addUser(state: AsaState, { name, body }: Asked): BoxAnswer {
  return own(state, name, ({ id }) => {
    if (typeof body['name'] !== 'string') return refusal(400, 'invalid_request');
    if (state.pushed.has(id)) return refusal(403, 'forbidden_error');
    const user = byName(state.users, body['name']);
    if (!user || user.status === 'DELETED') return refusal(404, 'resource_does_not_exist');
    if (!isMember(state, id, user)) state.members.set(id, [...(state.members.get(id) ?? []), user.id]);
    else if (state.memberTwice === 409) return refusal(409, 'resource_already_exists');
    return done;
  });
}

function removeUser(state: AsaState, { name, userName }: Asked): BoxAnswer {
  return own(state, name, ({ id }) => {
    if (state.pushed.has(id)) return refusal(403, 'forbidden_error');
    const user = byName(state.users, userName);
    if (!user || (state.nonMember === 404 && !isMember(state, id, user)))
      return refusal(404, 'resource_does_not_exist');
    state.members.set(id, state.members.get(id)?.filter((member) => member !== user.id) ?? []);
    return done;
  });
}

/** Changes the group that a name meets, unless it is another team's. */
function own(state: AsaState, name: string, change: (group: Group) => BoxAnswer): BoxAnswer {
  return found(met(state.groups, name), (group) =>
    group.federated_from_team ? refusal(403, 'forbidden_error') : change(group),
  );
}

function isRoles(roles: unknown): roles is string[] {
  return Array.isArray(roles) && roles.every((role) => roleNames.includes(role as string));
}

/** The live group that a name meets: the team's own before a federated one. */
function met(groups: readonly Group[], name: string): Group | undefined {
  const alive = groups.filter((group) => group.name === name && isAlive(group));
  return alive.find(({ federated_from_team }) => !federated_from_team) ?? alive[0];
}

function byName<T extends { readonly name: string }>(rows: readonly T[], name: string): T | undefined {
  return rows.find((row) => row.name === name);
}

function isMember({ members }: AsaState, groupId: string, { id }: User): boolean {
  return members.get(groupId)?.includes(id) ?? false;
}

function isAlive({ deleted_at }: { deleted_at: string | null }): boolean {
  return deleted_at === null || deleted_at === never;
}

/** `offset` is the id of the row after which a page begins; to a client it says nothing. */
function paged(rows: readonly Identified[], query: URLSearchParams, address: string, pageSize: number): BoxAnswer {
  const count = Math.min(Number(query.get('count') ?? pageSize) || pageSize, pageSize);
  const offset = query.get('offset');
  const start = rows.findIndex(({ id }) => id === offset) + 1;
  if (offset !== null && start === 0) return refusal(400, 'invalid_request');
  const list = rows.slice(start, start + count);
  if (start + count >= rows.length) return ok({ list });
  const params = new URLSearchParams(query);
  params.set('offset', list.at(-1)!.id);
  return { status: 200, headers: { Link: `<${address}?${params}>; rel="next"` }, body: { list } };
}

function decoded(path: string): string[] | undefined {
  try {
    return path.split('/').map(decodeURIComponent);
  } catch {
    return undefined;
  }
}

function objectOf(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null ? (body as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined;
  }
}

function found<T>(row: T | undefined, answer: (row: T) => BoxAnswer): BoxAnswer {
  return row === undefined ? refusal(404, 'resource_does_not_exist') : answer(row);
}

const ok = (body: unknown): BoxAnswer => ({ status: 200, body });
const done: BoxAnswer = { status: 204 };
const refusal = (status: number, code: string): BoxAnswer => ({ status, body: { code, message: code, errors: [] } });

export const oktaAsaBox: BoxDefinition<AsaState> = {
  kind: 'okta-asa',
  sourceName: 'asa',
  open(population): Box<AsaState> {
    const state = stateOf(population);
    return { state, handle: (request) => handle(state, request) };
  },
  settings: (origin, { team }) => ({ url: origin, team, keyId, keySecret }),
};
