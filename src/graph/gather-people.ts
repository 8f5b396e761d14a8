import { VendorError } from '../http/errors.js';
import { failed, nothing, type Gathered, type Known } from '../reads/known.js';
import { refKey, type Path, type ProjectRow, type TesterRow, type UserRow } from '../vendors/vendor.js';
import { groupsOfOrganization, groupsOfProject } from './gather-groups.js';
import type { Request } from './request.js';
import type { Source } from './sources.js';

/** The users of a source, each once: a vendor may tell the same one in several of its lists. */
export async function allUsers(request: Request, source: Source): Promise<Gathered<UserRow>> {
  return eachOnce(await request.reads(source).all('users'));
}

/** The users of an organization that the source serves: of its own list where there is one, else all. */
export async function usersOfOrganization(request: Request, source: Source, organization: Path): Promise<Gathered<UserRow>> {
  const reads = request.reads(source);
  if (reads.keepsListOf('users', organization, 'organizations')) return reads.inScope('users', organization);
  return allUsers(request, source);
}

/** The users of a project; null where the vendor documents none. */
export async function usersOfProject(request: Request, source: Source, project: Path): Promise<Gathered<UserRow> | null> {
  const reads = request.reads(source);
  const way = source.adapter.usersOfProject;
  if (way === undefined) return null;
  if (way === 'scope') return reads.inScope('users', project);
  if (way !== 'row') return reads.allOf('users of', { type: 'Project', path: project }, way.pages);
  try {
    const found = await reads.get('projects', project);
    if (!found) return nothing();
    const { at, origin } = found;
    return { ...nothing(), known: (found.row.users ?? []).map((row) => ({ row, at, origin })), readAt: at };
  } catch (error) {
    if (error instanceof VendorError) return failed(error);
    throw error;
  }
}

/** The projects of a source, each once. */
export async function allProjects(request: Request, source: Source): Promise<Gathered<ProjectRow>> {
  return eachOnce(await request.reads(source).all('projects'));
}

/** The projects of an organization that the source serves. */
export async function projectsOfOrganization(request: Request, source: Source, organization: Path): Promise<Gathered<ProjectRow>> {
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
  return { ...all, known: all.known.filter(({ row }) => keys.has(refKey(row))), failures: groups.failures, gaveNothing: groups.gaveNothing };
}

function eachOnce<R extends UserRow | ProjectRow>(gathered: Gathered<R>): Gathered<R> {
  const rows = new Map<string, Known<R>>();
  for (const one of gathered.known) {
    const key = refKey(one.row);
    const before = rows.get(key);
    rows.set(key, before ? { ...before, row: merged(before.row, one.row) } : one);
  }
  return { ...gathered, known: [...rows.values()] };
}

/** A user told by two lists has the projects of both. */
function merged<R extends UserRow | ProjectRow>(a: R, b: R): R {
  if (a.type !== 'User' || b.type !== 'User' || !a.projects || !b.projects) return a;
  const projects = new Map([...a.projects, ...b.projects].map((path) => [path.join('/'), path]));
  return { ...a, projects: [...projects.values()] };
}
