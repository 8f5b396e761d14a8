import { VendorError } from '../http/errors.js';
import { failed, nothing, type Gathered } from '../reads/known.js';
import { refKey, type Path, type ProjectRow, type TesterRow, type UserRow } from '../vendors/vendor.js';
import { groupsOfOrganization, groupsOfProject } from './gather-groups.js';
import type { Request } from './request.js';
import type { Source } from './sources.js';

/** The users of a source. */
export function allUsers(request: Request, source: Source): Promise<Gathered<UserRow>> {
  return request.reads(source).all('users');
}

/** The users of an organization that the source serves: of its own list where there is one, else all. */
export async function usersOfOrganization(
  request: Request,
  source: Source,
  organization: Path,
): Promise<Gathered<UserRow>> {
  const reads = request.reads(source);
  if (reads.keepsListOf('users', organization, 'organizations')) return reads.inScope('users', organization);
  return allUsers(request, source);
}

/** The users of a project; null where the vendor documents none. */
export async function usersOfProject(
  request: Request,
  source: Source,
  project: Path,
): Promise<Gathered<UserRow> | null> {
  const reads = request.reads(source);
  const way = source.adapter.usersOfProject;
  if (way === undefined) return null;
  if (way === 'scope') return reads.inScope('users', project);
  if (way !== 'row') return reads.allOf('users of', { type: 'Project', path: project }, way.pages);
  try {
    const found = await reads.get('projects', project);
    if (!found) return nothing();
    const { at, origin, row } = found;
    if (!row.users) return null;
    return { ...nothing(), known: row.users.map((user) => ({ row: user, at, origin })), readAt: at };
  } catch (error) {
    if (error instanceof VendorError) return failed(error);
    throw error;
  }
}

/** The projects of a source. */
export function allProjects(request: Request, source: Source): Promise<Gathered<ProjectRow>> {
  return request.reads(source).all('projects');
}

/** The projects of an organization that the source serves. */
export async function projectsOfOrganization(
  request: Request,
  source: Source,
  organization: Path,
): Promise<Gathered<ProjectRow>> {
  const reads = request.reads(source);
  if (reads.keepsListOf('projects', organization, 'organizations')) return reads.inScope('projects', organization);
  return allProjects(request, source);
}

/** The testers that the ledger knows; only those in groups of an organization or project where one is named. */
export async function testers(
  request: Request,
  source: Source,
  within: { readonly organization?: Path; readonly project?: Path },
): Promise<Gathered<TesterRow>> {
  const reads = request.reads(source);
  const all = await reads.all('testers');
  const groups = within.project
    ? await groupsOfProject(request, source, within.project)
    : within.organization
      ? await groupsOfOrganization(request, source, within.organization)
      : undefined;
  if (!groups) return all;
  const members = await Promise.all(groups.known.map(({ row }) => reads.ledgerMembers(row)));
  const keys = new Set(members.flat().map(({ row }) => refKey(row)));
  return {
    ...all,
    known: all.known.filter(({ row }) => keys.has(refKey(row))),
    failures: groups.failures,
    gaveNothing: groups.gaveNothing,
  };
}
