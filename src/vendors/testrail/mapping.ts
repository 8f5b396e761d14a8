import type { UserStatus } from '../../../schema/enums.js';
import type { GroupRow, MemberRef, OrganizationRow, Path, ProjectRow, Ref, UserRefs, UserRow } from '../vendor.js';
import type { GroupBody, TestRailGroup, TestRailProject, TestRailUser } from './rest.js';

/** One installation is one organization, named by its source. */
export function toOrganization(sourceName: string): OrganizationRow {
  return { type: 'Organization', path: [sourceName], vendorId: sourceName, name: null };
}

export function toGroup(group: TestRailGroup, sourceName: string, users: UserRefs): GroupRow {
  return {
    type: 'TestRailGroup',
    path: [String(group.id)],
    vendorId: String(group.id),
    name: group.name,
    organization: [sourceName],
    project: null,
    members: [...new Set(group.user_ids)].map((userId) => toMember(userId, users)),
  };
}

function toMember(userId: number, users: UserRefs): MemberRef {
  const id = String(userId);
  return users.at(id, () => [id]);
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

export function toGroupBody({ name, members }: { name: string; members: readonly Path[] }): GroupBody {
  return { name, user_ids: [...new Set(members.map(([id]) => Number(id)))] };
}

/** The group under another name, with everybody whom it held when it was read. */
export function toRenamedGroupBody(group: Ref | GroupRow, name: string): GroupBody {
  if (!('members' in group) || !group.members) throw new Error('nobody has read who is in the group');
  return toGroupBody({ name, members: group.members.map(({ path }) => path) });
}
