import type { GraphQLResolveInfo } from 'graphql';
import { VendorError } from '../http/errors.js';
import type { GroupRow, OrganizationRow, Path, ProjectRow, UserRow } from '../vendors/vendor.js';
import type { NodeValue, UserDetail } from './graph.js';
import type { Request } from './request.js';
import { onlyOrganization, type Source } from './sources.js';
import { isGroupType, referenceTo, valueOf } from './values.js';

type Info = GraphQLResolveInfo;
type Answer<T> = T | Promise<T>;

/** What is said of a user whom the vendor's list does not hold, or whose details could not be read. */
const unknownUser: Readonly<Record<UserDetail, string | null>> = {
  name: null,
  email: null,
  username: null,
  status: 'UNKNOWN',
  kind: 'HUMAN',
  role: null,
};

/** A field of a user: at hand where the row is, else of the row that is read for it. */
export function userDetail(request: Request, info: Info, user: NodeValue, field: UserDetail): Answer<string | null> {
  const row = user.row as UserRow | undefined;
  if (row) return row[field];
  const found = request.reads(sourceOf(request, user)).atHand.row('users', user.path);
  if (found !== undefined) return (found?.row ?? unknownUser)[field];
  return readUser(request, info, user).then((read) => (read ?? unknownUser)[field]);
}

/** The whole row of a user of whom perhaps only the id is known; null where the vendor does not tell it. */
export async function readUser(request: Request, info: Info, user: NodeValue): Promise<UserRow | null> {
  const source = sourceOf(request, user);
  const row = wholeRow(source, user);
  if (row) return row;
  return orTrouble(request, info, async () => (await request.reads(source).get('users', user.path))?.row ?? null);
}

/** The row at hand, where it tells all: of a user who may be in several of the vendor's lists, each tells some projects. */
function wholeRow({ adapter }: Source, user: NodeValue): UserRow | undefined {
  return adapter.users.scopeOf(user.path) === null ? undefined : (user.row as UserRow | undefined);
}

/** The name of an organization or project. */
export function nameOf(request: Request, info: Info, value: NodeValue): Answer<string | null> {
  const row = value.row as OrganizationRow | ProjectRow | undefined;
  if (row) return row.name;
  const noun = value.__typename === 'Project' ? 'projects' : 'organizations';
  return orTrouble(
    request,
    info,
    async () => (await request.reads(sourceOf(request, value)).get(noun, value.path))?.row.name ?? null,
  );
}

/** The organization of a project, group or user; null where the vendor tells none. */
export function organizationOf(request: Request, info: Info, value: NodeValue): Answer<NodeValue | null> {
  const source = sourceOf(request, value);
  const only = onlyOrganization(source);
  if (only) return valueOf(source, { row: only, at: new Date(0), origin: 'CONFIGURATION' });
  if (isGroupType(value.__typename)) return organizationOfGroup(request, info, source, value.row as GroupRow);
  if (value.__typename === 'User') return organizationOfUser(request, info, source, value);
  if (value.row) return organizationAt(source, (value.row as ProjectRow).organization);
  return organizationOfProject(request, info, source, value.path);
}

/** The project of a group; null where the vendor tells none, as a group may serve several. */
export function projectOf(request: Request, value: NodeValue): NodeValue | null {
  const { project } = value.row as GroupRow;
  return project && referenceTo(sourceOf(request, value), { type: 'Project', path: project });
}

/** Who made a group. */
export function createdBy(request: Request, value: NodeValue): NodeValue | null {
  const path = (value.row as GroupRow).createdBy;
  return path ? referenceTo(sourceOf(request, value), { type: 'User', path }) : null;
}

function organizationOfGroup(
  request: Request,
  info: Info,
  source: Source,
  { organization, project }: GroupRow,
): Answer<NodeValue | null> {
  if (organization !== undefined || !project) return organizationAt(source, organization);
  return organizationOfProject(request, info, source, project);
}

function organizationOfUser(request: Request, info: Info, source: Source, user: NodeValue): Answer<NodeValue | null> {
  const row = wholeRow(source, user);
  if (row) return organizationAt(source, row.organization);
  return readUser(request, info, user).then((read) => organizationAt(source, read?.organization));
}

function organizationOfProject(request: Request, info: Info, source: Source, project: Path): Promise<NodeValue | null> {
  return orTrouble(request, info, async () => {
    const found = await request.reads(source).get('projects', project);
    return organizationAt(source, found?.row.organization);
  });
}

function organizationAt(source: Source, path: Path | null | undefined): NodeValue | null {
  return path ? referenceTo(source, { type: 'Organization', path }) : null;
}

function sourceOf(request: Request, { sourceName }: NodeValue): Source {
  return request.sources.get(sourceName)!;
}

/** What could not be read is null, and told once in the answer's errors. */
async function orTrouble<T>(request: Request, info: Info, read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof VendorError)) throw error;
    request.troubles.add(info, error);
    return null;
  }
}
