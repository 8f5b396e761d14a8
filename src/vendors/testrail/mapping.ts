import type { UserStatus } from '../../../schema/enums.js';
import type { GroupRow, MemberRef, OrganizationRow, Path, ProjectRow, UserRow } from '../vendor.js';
import type { TestRailGroup, TestRailProject, TestRailUser } from './rest.js';

/** One installation is one organization, named by its source. */
export function toOrganization(sourceName: string): OrganizationRow {
  return { type: 'Organization', path: [sourceName], vendorId: sourceName, name: null };
}

export function toGroup(group: TestRailGroup, sourceName: string): GroupRow {
  return {
    type: 'TestRailGroup',
    path: [String(group.id)],
    vendorId: String(group.id),
    name: group.name,
    organization: [sourceName],
    project: null,
    members: [...new Set(group.user_ids)].map(toMember),
  };
}

function toMember(userId: number): MemberRef {
  return { type: 'User', path: [String(userId)], vendorId: String(userId) };
}

export function toUser(user: TestRailUser, sourceName: string): UserRow {
  return {
    type: 'User',
    path: [String(user.id)],
    vendorId: String(user.id),
    name: user.name,
    email: user.email ?? null,
    username: null,
    status: toStatus(user.is_active),
    kind: 'HUMAN',
    role: user.role ?? null,
    organization: [sourceName],
    projects: user.assigned_projects ? [...new Set(user.assigned_projects)].map((id) => [String(id)]) : null,
  };
}

function toStatus(isActive: boolean | null | undefined): UserStatus {
  if (isActive === true) return 'ACTIVE';
  return isActive === false ? 'INACTIVE' : 'UNKNOWN';
}

export function toProject(project: TestRailProject, sourceName: string): ProjectRow {
  return {
    type: 'Project',
    path: [String(project.id)],
    vendorId: String(project.id),
    name: project.name,
    organization: [sourceName],
    groups: project.groups?.map(({ id }) => [String(id)]),
  };
}

export function toAddGroupBody(group: { name: string; members: readonly Path[] }): {
  name: string;
  user_ids: number[];
} {
  return { name: group.name, user_ids: group.members.map(([id]) => Number(id)) };
}
