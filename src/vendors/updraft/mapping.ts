import type { Fact, GroupRow, GroupType, MemberRef, OrganizationRow, Path, ProjectRow, UserRow, WriteAnswer } from '../vendor.js';
import type { UpdraftApp, UpdraftDistributionGroup, UpdraftPermissionGroup, UpdraftTester, UpdraftUser } from './rest.js';

/** What the number means that is sent as `app`, and hence what a Project is: a project of apps, or one app. */
export type AppIs = 'project' | 'app';

export function toOrganization(organizationId: number): OrganizationRow {
  return { type: 'Organization', path: [String(organizationId)], vendorId: String(organizationId), name: null };
}

/** The projects of an organization's apps, each once, with the users of all its apps. */
export function toProjects(apps: readonly UpdraftApp[], organization: Path, appIs: AppIs): ProjectRow[] {
  const people = peopleOf(apps, organization, appIs);
  return [...Map.groupBy(apps, (app) => projectIdOf(app, appIs))].map(([id, own]) => {
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
