import type { UserStatus } from '../../../schema/enums.js';
import type { JsonObject } from '../../http/rest-call.js';
import type {
  GroupChanges,
  GroupRow,
  MemberRef,
  OrganizationRow,
  Path,
  ProjectRow,
  UserRefs,
  UserRow,
} from '../vendor.js';
import type { GroupChange, TiledeskGroup, TiledeskProject, TiledeskProjectUser } from './rest.js';

/** What every id of Tiledesk's own looks like. */
export const objectId = /^[0-9a-f]{24}$/;

/** One installation is one organization, named by its source. */
export function toOrganization(sourceName: string): OrganizationRow {
  return { type: 'Organization', path: [sourceName], vendorId: sourceName, name: null };
}

export function toProject(project: TiledeskProject, sourceName: string): ProjectRow {
  return {
    type: 'Project',
    path: [project._id],
    vendorId: project._id,
    name: project.name,
    organization: [sourceName],
  };
}

export function toGroup(group: TiledeskGroup, projectId: string, sourceName: string, users: UserRefs): GroupRow {
  return {
    type: 'TiledeskGroup',
    path: [projectId, group._id],
    vendorId: group._id,
    name: group.name,
    organization: [sourceName],
    project: [projectId],
    members: [...new Set(group.members)].map((userId) => toMember(projectId, userId, users)),
    enabled: group.enabled ?? null,
    attributes: toAttributes(group.attributes),
    createdAt: toDate(group.createdAt),
    updatedAt: toDate(group.updatedAt),
    // Nobody promises that it is the id of a user.
    createdBy: group.createdBy && objectId.test(group.createdBy) ? [projectId, group.createdBy] : null,
  };
}

function toMember(projectId: string, userId: string, users: UserRefs): MemberRef {
  return users.at(`${projectId}/${userId}`, () => [projectId, userId]);
}

function toAttributes(attributes: unknown): JsonObject | null {
  const isObject = typeof attributes === 'object' && attributes !== null && !Array.isArray(attributes);
  return isObject ? (attributes as JsonObject) : null;
}

function toDate(text: string | null | undefined): Date | null {
  const date = new Date(text ?? '');
  return Number.isNaN(date.getTime()) ? null : date;
}

export function toUser(row: TiledeskProjectUser, projectId: string, sourceName: string): UserRow {
  const { _id, firstname, lastname, email } = row.id_user;
  const names = [firstname, lastname].map((name) => name?.trim()).filter((name) => name);
  return {
    type: 'User',
    path: [projectId, _id],
    vendorId: _id,
    name: names.join(' ') || null,
    email: email || null,
    username: null,
    status: toStatus(row),
    kind: 'HUMAN',
    role: row.role ?? null,
    organization: [sourceName],
    projects: [[projectId]],
  };
}

function toStatus({ trashed, status }: TiledeskProjectUser): UserStatus {
  if (trashed) return 'DELETED';
  if (status === null || status === undefined) return 'UNKNOWN';
  return status === 'active' ? 'ACTIVE' : 'INACTIVE';
}

export function toCreateGroupBody(group: { name: string; members: readonly Path[] }) {
  return { name: group.name, ...toMembersBody(group.members) };
}

export function toMembersBody(members: readonly Path[]): { members: string[] } {
  // Tiledesk would keep an id twice.
  return { members: [...new Set(members.map(([, userId]) => userId!))] };
}

/** What is left out of the body stays as it is. */
export function toUpdateGroupBody({ name, attributes }: GroupChanges): GroupChange {
  return { ...(name !== undefined && { name }), ...(attributes !== undefined && { attributes }) };
}
