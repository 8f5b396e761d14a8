import { VendorError } from '../http/errors.js';
import { failed, nothing, type Gathered } from '../reads/known.js';
import { refKey, type GroupRow, type Path, type ProjectRow, type TesterRow, type UserRow } from '../vendors/vendor.js';
import { keepsListOf } from '../reads/collections.js';
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
  if (keepsListOf(source.adapter, 'users', organization, 'organizations')) return reads.inScope('users', organization);
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
    // The row documents its people: one without them is not a project without people.
    if (!row.users) return failed(new VendorError('VENDOR_BAD_RESPONSE', reads.of.session.whom));
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
  if (keepsListOf(source.adapter, 'projects', organization, 'organizations'))
    return reads.inScope('projects', organization);
  return allProjects(request, source);
}

/** Every tester that the ledger knows. */
export function allTesters(request: Request, source: Source): Promise<Gathered<TesterRow>> {
  return request.reads(source).all('testers');
}

/** The testers who are in one of these groups. */
export async function testersIn(
  request: Request,
  source: Source,
  { known, failures, gaveNothing }: Gathered<GroupRow>,
): Promise<Gathered<TesterRow>> {
  const reads = request.reads(source);
  const testers = await allTesters(request, source);
  const members = await Promise.all(known.map(({ row }) => reads.ledgerMembers(row)));
  const keys = new Set(members.flat().map(({ row }) => refKey(row)));
  return { ...testers, known: testers.known.filter(({ row }) => keys.has(refKey(row))), failures, gaveNothing };
}
