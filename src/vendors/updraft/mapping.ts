import type {
  GroupRow,
  GroupType,
  MemberRef,
  OrganizationRow,
  Path,
  ProjectRow,
  UserRow,
  WriteAnswer,
} from '../vendor.js';
import type {
  UpdraftApp,
  UpdraftDistributionGroup,
  UpdraftPermissionGroup,
  UpdraftTester,
  UpdraftUser,
} from './rest.js';

/** What the number means that is sent as `app`, and hence what a Project is: a project of apps, or one app. */
export type AppIs = 'project' | 'app';

export function toOrganization(organizationId: number): OrganizationRow {
  const vendorId = String(organizationId);
  return { type: 'Organization', path: [vendorId], vendorId, name: null };
}

/** The projects of an organization's apps, each once, with the users of all its apps. */
export function toProjects(apps: readonly UpdraftApp[], organization: Path, appIs: AppIs): ProjectRow[] {
  const people = peopleOf(apps, organization, appIs);
  return [...grouped(apps, (app) => projectIdOf(app, appIs))].map(([id, own]) => {
    const userIds = new Set(own.flatMap(({ user_detail }) => user_detail ?? []).map(({ user_id }) => user_id));
    return {
      type: 'Project',
      path: [id],
      vendorId: id,
      name: nameOf(own, appIs),
      organization: organizationOf(own, organization),
      ...(own.every(tellsUsers) && { users: [...userIds].map((userId) => people.get(userId)!) }),
    };
  });
}

/** The users of an organization's apps, each once, with the projects of all of them. */
export function toUsers(apps: readonly UpdraftApp[], organization: Path, appIs: AppIs): UserRow[] {
  if (!apps.every(tellsUsers)) throw new Error('an app does not tell its users');
  return [...peopleOf(apps, organization, appIs).values()];
}

function tellsUsers({ user_detail }: UpdraftApp): boolean {
  return Array.isArray(user_detail);
}

function peopleOf(apps: readonly UpdraftApp[], organization: Path, appIs: AppIs): ReadonlyMap<number, UserRow> {
  const seats = apps.flatMap((app) => (app.user_detail ?? []).map((user) => ({ user, app })));
  const people = [...grouped(seats, ({ user }) => user.user_id)].map(([userId, own]) => {
    const theirs = own.map(({ app }) => app);
    const projectIds = new Set(theirs.map((app) => projectIdOf(app, appIs)));
    const projects = [...projectIds].map((id) => [id]);
    return [userId, { ...toUser(own[0]!.user), organization: organizationOf(theirs, organization), projects }] as const;
  });
  return new Map(people);
}

function toUser({ user_id, username, first_name, last_name }: UpdraftUser): UserRow {
  const names = [first_name, last_name].map((part) => part?.trim()).filter(Boolean);
  return {
    type: 'User',
    path: [String(user_id)],
    vendorId: String(user_id),
    name: names.join(' ') || null,
    email: username?.includes('@') ? username : null,
    username: username || null,
    status: 'UNKNOWN',
    kind: 'HUMAN',
    role: null,
    organization: null,
    projects: null,
  };
}

/** An app that is in no project is a project of its own. */
function projectIdOf({ id, project_app, project_detail }: UpdraftApp, appIs: AppIs): string {
  return String(appIs === 'app' ? id : (project_detail?.id ?? project_app ?? id));
}

function nameOf(apps: readonly UpdraftApp[], appIs: AppIs): string | null {
  const own = apps.map(({ title }) => title);
  const shared = [
    ...apps.map(({ project_detail }) => project_detail?.project_title),
    ...apps.map(({ project_title }) => project_title),
  ];
  return (appIs === 'app' ? [...own, ...shared] : [...shared, ...own]).find(Boolean) ?? null;
}

/** As the apps tell it; the page does not name the field, but the list was asked for one organization. */
function organizationOf(apps: readonly UpdraftApp[], asked: Path): Path {
  const told = apps.map(({ organization }) => organization).find((id) => id != null);
  return told == null ? asked : [String(told)];
}

function grouped<Key, Value>(values: readonly Value[], keyOf: (value: Value) => Key): Map<Key, Value[]> {
  const groups = new Map<Key, Value[]>();
  for (const value of values) {
    const key = keyOf(value);
    const group = groups.get(key);
    if (group) group.push(value);
    else groups.set(key, [value]);
  }
  return groups;
}

export function toNumbers(paths: readonly Path[]): number[] {
  return paths.map(([id]) => Number(id));
}

/** The project is the one asked for: which number the answer echoes as `app` is not documented. */
export function toCreatedDistributionGroup(group: UpdraftDistributionGroup, project: Path): WriteAnswer {
  const vendorId = String(group.id);
  return created({ type: 'UpdraftDistributionGroup', path: [vendorId], vendorId, name: group.title, project });
}

export function toCreatedPermissionGroup(group: UpdraftPermissionGroup, organization: Path): WriteAnswer {
  const vendorId = String(group.id);
  return created({
    type: 'UpdraftPermissionGroup',
    path: [vendorId],
    vendorId,
    name: group.title,
    organization,
    project: null,
    ...(group.projects && { projects: [...new Set(group.projects)].map((id) => [String(id)]) }),
  });
}

function created(row: GroupRow): WriteAnswer {
  return { group: row, facts: [{ kind: 'group', row }] };
}

/** The tester, in those of the groups that Updraft says back; in all of them where it says none. */
export function toAddedTester(tester: UpdraftTester, groups: readonly Path[]): WriteAnswer {
  const vendorId = String(tester.id);
  const row = { type: 'Tester', path: [vendorId], vendorId, email: tester.email } as const;
  const told = tester.groups && new Set(tester.groups.map(String));
  const inside = (group: Path) => !told || told.has(group[0]!);
  const member = { type: 'Tester', path: row.path, vendorId } as const;
  return {
    tester: row,
    refused: groups.flatMap((group, place) => (inside(group) ? [] : [place])),
    facts: [{ kind: 'tester', row }, ...memberships('UpdraftDistributionGroup', groups.filter(inside), member)],
  };
}

export function toAddedUser(user: Path, groups: readonly Path[]): WriteAnswer {
  const member = { type: 'User', path: user, vendorId: user[0]! } as const;
  return { facts: memberships('UpdraftPermissionGroup', groups, member) };
}

function memberships(type: GroupType, groups: readonly Path[], member: MemberRef) {
  return groups.map((path) => ({ kind: 'membership', group: { type, path }, member }) as const);
}
