import type { AsaRole, UserKind, UserStatus } from '../../../schema/enums.js';
import type { GroupRow, OrganizationRow, Path, ProjectRow, Ref, UserRow } from '../vendor.js';
import type { AsaGroup, AsaProject, AsaProjectGroup, AsaUser } from './rest.js';

const roles: ReadonlyMap<string, AsaRole> = new Map([
  ['access_user', 'ACCESS_USER'],
  ['access_admin', 'ACCESS_ADMIN'],
  ['reporting_user', 'REPORTING_USER'],
  ['server_admin', 'SERVER_ADMIN'],
]);

export function toOrganization(team: string): OrganizationRow {
  return { type: 'Organization', path: [team], vendorId: team, name: team };
}

/** A project, or null for one that is deleted: ASA may still answer those. */
export function toProject(project: AsaProject, team: string): ProjectRow | null {
  if (timeOf(project.deleted_at)) return null;
  const { id, name } = project;
  return { type: 'Project', path: [team, name], vendorId: id, name, organization: [team] };
}

/** A group, or null for one that is deleted. */
export function toGroup(group: AsaGroup, team: string): GroupRow | null {
  if (timeOf(group.deleted_at)) return null;
  const { id, name } = group;
  return {
    type: 'AsaGroup',
    path: [team, name, id],
    vendorId: id,
    name,
    organization: [team],
    project: null,
    editable: !isFederated(group),
    roles: [...new Set(group.roles?.map((word) => roles.get(word) ?? 'UNKNOWN'))],
    federatedFromTeam: group.federated_from_team || null,
    federationApprovedAt: toDate(group.federation_approved_at),
  };
}

/** What a name alone tells of the team's own group. */
export function toNamedGroup(path: Path): GroupRow {
  const [team, name] = path as [string, string];
  return { type: 'AsaGroup', path, vendorId: name, name, organization: [team], project: null, roles: [] };
}

/** Whether the group is another team's. */
export function isFederated({ federated_from_team }: AsaGroup): boolean {
  return Boolean(federated_from_team);
}

/** A user; one who is deleted stays a user, as ASA goes on listing him. */
export function toUser(user: AsaUser, team: string): UserRow {
  return {
    type: 'User',
    path: [team, user.name],
    vendorId: user.id,
    name: user.details?.full_name || null,
    email: user.details?.email || null,
    username: user.name,
    status: timeOf(user.deleted_at) ? 'DELETED' : toStatus(user.status),
    kind: toKind(user.user_type),
    role: null,
    organization: [team],
    projects: null,
  };
}

function toStatus(word: string | null | undefined): UserStatus {
  switch (word) {
    case 'ACTIVE':
    case 'DELETED':
      return word;
    case 'DISABLED':
      return 'INACTIVE';
    default:
      return 'UNKNOWN';
  }
}

function toKind(word: string | null | undefined): UserKind {
  return word === 'service' ? 'SERVICE' : 'HUMAN';
}

/** The group that a project names, or null where it has been taken out of the project. */
export function toGroupRef(named: AsaProjectGroup, team: string): (Ref & { readonly type: 'AsaGroup' }) | null {
  if (timeOf(named.deleted_at) || timeOf(named.removed_at)) return null;
  const name = (named.name || named.group)!;
  return { type: 'AsaGroup', path: named.group_id ? [team, name, named.group_id] : [team, name] };
}

export function toCreateGroupBody(group: { name: string; roles: readonly AsaRole[] }): {
  name: string;
  roles: string[];
} {
  return { name: group.name, ...toUpdateGroupBody(group.roles) };
}

export function toUpdateGroupBody(wanted: readonly AsaRole[]): { roles: string[] } {
  const known = wanted.filter((role) => role !== 'UNKNOWN');
  return { roles: [...new Set(known)].map((role) => role.toLowerCase()) };
}

/** The row that a path means: the one with its uuid, or without one what ASA itself answers to the name. */
export function groupAt(rows: readonly GroupRow[], path: Path): GroupRow | undefined {
  const [, name, uuid] = path;
  const named = rows.filter((row) => row.name === name);
  if (uuid !== undefined) return named.find(({ vendorId }) => vendorId === uuid);
  return named.find(({ editable }) => editable) ?? named.find(({ addressable }) => addressable !== false);
}

/** Marks the federated groups whose name another group bears, or may bear where the list breaks off: by name, one meets the other. */
export function withNamesakes(
  rows: readonly GroupRow[],
  isWhole: boolean,
): { rows: readonly GroupRow[]; note: string | null } {
  const bearers = new Map<string, number>();
  for (const { name } of rows) bearers.set(name, (bearers.get(name) ?? 0) + 1);
  const hidden = rows.filter(({ name, editable }) => !editable && (bearers.get(name)! > 1 || !isWhole));
  if (hidden.length === 0) return { rows, note: null };
  const marked = new Set(hidden);
  const names = hidden.map(({ name, federatedFromTeam }) => `${name} (from ${federatedFromTeam})`).join(', ');
  return {
    rows: rows.map((row) => (marked.has(row) ? { ...row, addressable: false } : row)),
    note:
      `Federated groups whose name another group ${isWhole ? 'bears' : 'may bear'} have no members here, ` +
      `as nothing documented addresses them: ${names}.`,
  };
}

/** ASA writes "never" as null, as nothing, or as the year 1. */
function timeOf(time: string | null | undefined): string | null {
  return time && !time.startsWith('0001-') ? time : null;
}

function toDate(time: string | null | undefined): Date | null {
  const date = new Date(timeOf(time) ?? NaN);
  return Number.isNaN(date.getTime()) ? null : date;
}
