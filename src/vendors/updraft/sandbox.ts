import type { Box, BoxAnswer, BoxDefinition, BoxRequest, Person, Population } from '../boxed.js';

const token = 'sandbox-updraft-token';
/** The account's organizations. */
const organizations: readonly number[] = [12, 13];

type UserDetail = { user_id: number; username: string; first_name: string; last_name: string };
type App = {
  id: number;
  title: string;
  project_title: string | null;
  organization: number;
  project_app: number | null;
  project_detail: { id: number; project_title: string } | null;
  app_type: 0 | 1;
  user_detail: UserDetail[];
  users: number[];
};

/** The account's data; tests may change it at will. Updraft tells nobody of its groups and testers. */
export interface UpdraftState {
  apps: App[];
  distributionGroups: { id: number; title: string; app: number; testers: number[] }[];
  permissionGroups: { id: number; title: string; organization: number; members: number[] }[];
  testers: { id: number; email: string }[];
}

const platforms = ['iOS', 'Android'] as const;

function stateOf({ people, groups, membersPerGroup, projects, awkward }: Population): UpdraftState {
  const peopleOf = (project: number) => people.filter((person) => isIn(person, project, projects));
  const state: UpdraftState = {
    apps: Array.from({ length: projects }, (_, at) => appsOfProject(at, peopleOf(at))).flat(),
    distributionGroups: [],
    permissionGroups: [],
    testers: people.map(({ index, email }) => ({ id: 700 + index, email })),
  };
  for (let at = 0; at < groups; at++) {
    const title = `Circle ${at + 1}`;
    const places = Array.from(
      { length: Math.min(membersPerGroup, people.length) },
      (_, place) => (at * 3 + place) % people.length,
    );
    if (at % 2 === 1 && projects > 0) {
      const testers = places.map((place) => state.testers[place]!.id);
      state.distributionGroups.push({ id: 55 + at, title, app: 901 + (at % projects), testers });
    } else {
      const members = places.map((place) => people[place]!.index + 1);
      state.permissionGroups.push({ id: 31 + at, title, organization: organizations[(at >> 1) % 2]!, members });
    }
  }
  if (awkward) makeAwkward(state, people.length);
  return state;
}

/** Everybody is in one project, and some in the next one too, which is mostly one of the other organization. */
function isIn({ index }: Person, project: number, projects: number): boolean {
  return index % projects === project || (index % 5 === 0 && (index + 1) % projects === project);
}

/** A project's apps, one for each platform; every third has but one. Neither need name all of the project's users. */
function appsOfProject(at: number, people: readonly Person[]): App[] {
  const project = { id: 901 + at, project_title: `Storefront ${at + 1}` };
  return platforms.slice(0, at % 3 === 2 ? 1 : 2).map((platform, app_type, { length }) => {
    const details = people.filter((_, place) => length === 1 || place % 3 !== app_type).map(toDetail);
    return {
      id: 4101 + 2 * at + app_type,
      title: `${project.project_title} ${platform}`,
      project_title: project.project_title,
      organization: organizations[at % 2]!,
      project_app: project.id,
      project_detail: project,
      app_type: app_type as 0 | 1,
      user_detail: details,
      users: details.map(({ user_id }) => user_id),
    };
  });
}

function toDetail({ index, firstName, lastName, email }: Person): UserDetail {
  return { user_id: index + 1, username: email, first_name: firstName, last_name: lastName };
}

/** An app that tells its project by number only, one that is in none, and an account without address or name. */
function makeAwkward({ apps }: UpdraftState, people: number): void {
  if (apps[1]) apps[1].project_detail = null;
  const robot = { user_id: people + 1, username: 'build-robot', first_name: '', last_name: '' };
  apps.push({
    id: 9001,
    title: '=Kiosk()',
    project_title: null,
    organization: organizations[0]!,
    project_app: null,
    project_detail: null,
    app_type: 1,
    user_detail: [robot],
    users: [robot.user_id],
  });
}

type Body = { readonly [field: string]: unknown };
type Endpoint = (state: UpdraftState, body: Body, query: URLSearchParams) => BoxAnswer;

const endpoints = new Map<string, { method: string; fields: readonly string[]; answer: Endpoint }>([
  ['/api/applications/', { method: 'GET', fields: [], answer: listApps }],
  ['/api/group-testers/', { method: 'POST', fields: ['app', 'title'], answer: createDistributionGroup }],
  ['/api/testers/', { method: 'POST', fields: ['email', 'app', 'groups'], answer: createTester }],
  ['/api/groupsinorgs/', { method: 'POST', fields: ['title', 'organization'], answer: createPermissionGroup }],
  ['/api/useringrouporg/', { method: 'POST', fields: ['user', 'groups'], answer: addUserToGroups }],
]);

function handle(state: UpdraftState, { method, target, headers, body, origin }: BoxRequest): BoxAnswer {
  const { pathname, search, searchParams } = new URL(target, origin);
  if (endpoints.has(`${pathname}/`)) {
    return { status: 301, headers: { location: `${origin}${pathname}/${search}`, 'content-type': 'text/html' } };
  }
  const endpoint = endpoints.get(pathname);
  if (!endpoint) return { status: 404, headers: { 'content-type': 'text/html' }, body: '<h1>Not Found</h1>' };
  if (headers['authorization'] !== `Token ${token}`) {
    const detail = headers['authorization'] ? 'Invalid token.' : 'Authentication credentials were not provided.';
    return { status: 401, headers: { 'www-authenticate': 'Token' }, body: { detail } };
  }
  if (method !== endpoint.method) return refusal(405, `Method "${method}" not allowed.`);
  if (method === 'GET') return endpoint.answer(state, {}, searchParams);
  if (!headers['content-type']?.startsWith('application/json'))
    return refusal(415, 'Unsupported media type in request.');
  const parsed = parse(body);
  if (!parsed) return refusal(400, 'JSON parse error - an object is expected.');
  const odd = Object.keys(parsed).find((field) => !endpoint.fields.includes(field));
  return odd === undefined ? endpoint.answer(state, parsed, searchParams) : invalid(odd, 'Unexpected field.');
}

function parse(text: string): Body | undefined {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as Body) : undefined;
  } catch {
    return undefined;
  }
}

function listApps({ apps }: UpdraftState, _body: Body, query: URLSearchParams): BoxAnswer {
  const org = query.get('org');
  const title = query.get('title') ?? '';
  if (org !== null && !/^[0-9]+$/.test(org)) return invalid('org', 'Enter a number.');
  const found = apps.filter((app) => (org === null || app.organization === Number(org)) && app.title.includes(title));
  return { status: 200, body: found };
}

function createDistributionGroup({ apps, distributionGroups }: UpdraftState, { app, title }: Body): BoxAnswer {
  const project = apps.find((one) => (one.project_detail?.id ?? one.project_app ?? one.id) === app);
  if (!project) return invalid('app', `Invalid pk "${app}" - object does not exist.`);
  if (!isTitle(title)) return invalid('title', 'This field may not be blank.');
  const group = { id: nextId(distributionGroups, 55), title, app: Number(app), testers: [] };
  distributionGroups.push(group);
  return created({ id: group.id, testers_count: 0, testers: [], title, app });
}

function createTester(state: UpdraftState, { email, app, groups }: Body): BoxAnswer {
  if (typeof email !== 'string' || !email.includes('@')) return invalid('email', 'Enter a valid email address.');
  if (app !== null) return invalid('app', 'This field must be null.');
  if (!isIds(groups)) return invalid('groups', 'Expected a list of items.');
  const missing = groups.find((id) => !state.distributionGroups.some((group) => group.id === id));
  if (missing !== undefined) return invalid('groups', `Invalid pk "${missing}" - object does not exist.`);
  const tester = testerOf(state, email);
  for (const { id, testers } of state.distributionGroups) {
    if (groups.includes(id) && !testers.includes(tester.id)) testers.push(tester.id);
  }
  const theirs = state.distributionGroups.filter(({ testers }) => testers.includes(tester.id));
  return created({ ...tester, app: null, groups: theirs.map(({ id }) => id) });
}

function createPermissionGroup({ permissionGroups }: UpdraftState, { title, organization }: Body): BoxAnswer {
  if (!isTitle(title)) return invalid('title', 'This field may not be blank.');
  const known = organizations.find((id) => id === organization);
  if (known === undefined) return invalid('organization', `Invalid pk "${organization}" - object does not exist.`);
  const group = { id: nextId(permissionGroups, 31), title, organization: known, members: [] };
  permissionGroups.push(group);
  return created({ id: group.id, title, organization, members: 0, projects: [] });
}

/** Its answer is not documented: this one has no body at all. */
function addUserToGroups({ apps, permissionGroups }: UpdraftState, { user, groups }: Body): BoxAnswer {
  const known = apps.flatMap((app) => app.user_detail).find(({ user_id }) => user_id === user)?.user_id;
  if (known === undefined) return invalid('user', `Invalid pk "${user}" - object does not exist.`);
  if (!isIds(groups)) return invalid('groups', 'Expected a list of items.');
  const missing = groups.find((id) => !permissionGroups.some((group) => group.id === id));
  if (missing !== undefined) return invalid('groups', `Invalid pk "${missing}" - object does not exist.`);
  for (const { id, members } of permissionGroups) {
    if (groups.includes(id) && !members.includes(known)) members.push(known);
  }
  return { status: 201 };
}

function testerOf({ testers }: UpdraftState, email: string): UpdraftState['testers'][number] {
  const known = testers.find((tester) => tester.email === email);
  if (known) return known;
  const tester = { id: nextId(testers, 700), email };
  testers.push(tester);
  return tester;
}

const nextId = (rows: readonly { id: number }[], first: number) =>
  rows.reduce((next, { id }) => Math.max(next, id + 1), first);
const isTitle = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';
const isIds = (value: unknown): value is number[] =>
  Array.isArray(value) && value.length > 0 && value.every(Number.isInteger);

const created = (body: unknown): BoxAnswer => ({ status: 201, body });
const refusal = (status: number, detail: string): BoxAnswer => ({ status, body: { detail } });
const invalid = (field: string, text: string): BoxAnswer => ({ status: 400, body: { [field]: [text] } });

export const updraftBox: BoxDefinition<UpdraftState> = {
  kind: 'updraft',
  sourceName: 'updraft',
  open(population): Box<UpdraftState> {
    const state = stateOf(population);
    return { state, handle: (request) => handle(state, request) };
  },
  settings: (origin) => ({ url: origin, token, organizations }),
};
