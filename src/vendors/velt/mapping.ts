import type { Fact, GroupRow, MemberRef, OrganizationRow, Path, UserRow, WriteAnswer } from '../vendor.js';
import type { AddUserGroupsData, UsersOfGroupData, VeltItems, VeltOrganization, VeltUser } from './rest.js';

/** A group as it is asked for: under the client's own id, with a name or without. */
export interface NewGroup {
  readonly groupId: string;
  readonly groupName: string | null;
}

/** Names of groups that exist already, by organization and group id. */
export type NamedGroups = { readonly [organizationId: string]: { readonly [groupId: string]: string } };

export function toOrganization(organization: VeltOrganization): OrganizationRow {
  const { id, organizationName } = organization;
  return { type: 'Organization', path: [id], vendorId: id, name: organizationName ?? null };
}

export function toUser(user: VeltUser, organizationId: string): UserRow {
  return {
    type: 'User',
    path: [organizationId, user.userId],
    vendorId: user.userId,
    name: user.name ?? null,
    email: user.email ?? null,
    username: null,
    status: 'UNKNOWN',
    kind: 'HUMAN',
    role: null,
    organization: [organizationId],
    projects: null,
  };
}

export function toConfiguredGroups(groups: NamedGroups): GroupRow[] {
  return Object.entries(groups).flatMap(([organizationId, names]) =>
    Object.entries(names).map(([groupId, name]) => toGroup([organizationId, groupId], name, null)),
  );
}

function toGroup(path: readonly [string, string], name: string, serverId: string | null): GroupRow {
  const [organizationId, groupId] = path;
  return {
    type: 'VeltUserGroup',
    path,
    vendorId: groupId,
    name,
    organization: [organizationId],
    project: null,
    serverId,
  };
}

export function toAddUserGroupsData(
  organizationId: string,
  groups: readonly NewGroup[],
  createOrganization: boolean,
): AddUserGroupsData {
  return {
    organizationId,
    organizationUserGroups: groups.map(({ groupId, groupName }) =>
      groupName === null ? { groupId } : { groupId, groupName },
    ),
    ...(createOrganization && { createOrganization: true }),
  };
}

/** What became of each group that was to be created. */
export function toCreatedGroups(items: VeltItems, organizationId: string, groups: readonly NewGroup[]): WriteAnswer {
  return toWriteAnswer(
    items,
    groups.map(({ groupId }) => groupId),
    (place, serverId) => {
      const { groupId, groupName } = groups[place]!;
      return { kind: 'group', row: toGroup([organizationId, groupId], groupName ?? groupId, serverId) };
    },
  );
}

export function toUsersOfGroupData(group: Path, members: readonly Path[]): UsersOfGroupData {
  const [organizationId, groupId] = group;
  return {
    organizationId: organizationId!,
    organizationUserGroupId: groupId!,
    userIds: toUserIds(members),
  };
}

/** What became of each user who was to be in the group. */
export function toAddedUsers(items: VeltItems, group: Path, members: readonly Path[]): WriteAnswer {
  return toWriteAnswer(items, toUserIds(members), (place) => ({
    kind: 'membership',
    group: { type: 'VeltUserGroup', path: group },
    member: toMember(members[place]!),
  }));
}

/** What became of each user who was to leave the group. */
export function toRemovedUsers(items: VeltItems, group: Path, members: readonly Path[]): WriteAnswer {
  return toWriteAnswer(items, toUserIds(members), (place) => ({
    kind: 'departure',
    group: { type: 'VeltUserGroup', path: group },
    member: toMember(members[place]!),
  }));
}

function toUserIds(members: readonly Path[]): string[] {
  return members.map(([, userId]) => userId!);
}

function toMember(path: Path): MemberRef {
  return { type: 'User', path, vendorId: path[1]! };
}

/** Only what Velt says it did is a fact. */
function toWriteAnswer(
  items: VeltItems,
  ids: readonly string[],
  toFact: (place: number, serverId: string | null) => Fact,
): WriteAnswer {
  const refused: number[] = [];
  const facts: Fact[] = [];
  for (const [place, id] of ids.entries()) {
    const item = items.get(id);
    if (item?.success === true) facts.push(toFact(place, item.id ?? null));
    else refused.push(place);
  }
  return { refused, facts };
}
