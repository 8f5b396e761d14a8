import { VendorError } from '../http/errors.js';
import { failed, nothing, oldest, together, type Gathered, type Known } from '../reads/known.js';
import { refKey, type GroupRow, type Path, type Ref, type TesterRow, type UserRow } from '../vendors/vendor.js';
import type { Wanted } from './filters.js';
import { allGroups, groupsOfMember, groupsOfOrganization, groupsOfProject, membersByEmail } from './gather-groups.js';
import { allTesters, allUsers, testersIn, usersOfOrganization, usersOfProject } from './gather-people.js';
import { contains, sameText } from './names.js';
import type { Request } from './request.js';
import type { Source } from './sources.js';

/** The groups of a source that a filter means: those that every one of its fields names. */
export async function groupsWanted(request: Request, source: Source, wanted: Wanted): Promise<Gathered<GroupRow>> {
  const { organization, project, member, email, nameContains } = wanted;
  const parts: Promise<Gathered<GroupRow>>[] = [];
  if (organization) parts.push(groupsOfOrganization(request, source, organization));
  if (project) parts.push(groupsInProject(request, source, project));
  if (member) parts.push(groupsOfMember(request, source, member).then(unknownIsEmpty));
  if (email !== undefined) parts.push(groupsOfEmail(request, source, email));
  if (parts.length === 0) parts.push(allGroups(request, source));
  const groups = inAll(await Promise.all(parts));
  if (nameContains === undefined) return groups;
  return withOnly(groups, ({ row }) => contains(row.name, nameContains));
}

/** The users of a source that a filter means. */
export async function usersWanted(request: Request, source: Source, wanted: Wanted): Promise<Gathered<UserRow>> {
  const { organization, project } = wanted;
  const parts: Promise<Gathered<UserRow>>[] = [];
  if (organization) parts.push(usersOfOrganization(request, source, organization).then(unknownIsEmpty));
  if (project) {
    parts.push(usersOfProject(request, source, project).then((users) => unknownIsEmpty(users ?? undocumented(source))));
  }
  if (parts.length === 0) parts.push(allUsers(request, source));
  const users = inAll(await Promise.all(parts));
  return withOnly(users, ({ row }) => isWanted(row, wanted));
}

/** The testers of a source that a filter means: of an organization or project, those in groups of it. */
export async function testersWanted(request: Request, source: Source, wanted: Wanted): Promise<Gathered<TesterRow>> {
  const { organization, project } = wanted;
  const parts: Promise<Gathered<TesterRow>>[] = [];
  const among = (groups: Promise<Gathered<GroupRow>>) =>
    parts.push(groups.then((of) => testersIn(request, source, of)));
  if (organization) among(groupsOfOrganization(request, source, organization));
  if (project) among(groupsInProject(request, source, project));
  if (parts.length === 0) parts.push(allTesters(request, source));
  const testers = inAll(await Promise.all(parts));
  return withOnly(testers, ({ row }) => isWanted({ name: null, email: row.email }, wanted));
}

async function groupsInProject(request: Request, source: Source, project: Path): Promise<Gathered<GroupRow>> {
  return unknownIsEmpty((await groupsOfProject(request, source, project)) ?? undocumented(source));
}

async function groupsOfEmail(request: Request, source: Source, email: string): Promise<Gathered<GroupRow>> {
  const people = await membersByEmail(request, source, email);
  const parts = await Promise.all(
    people.known.map(({ row }) => groupsOfMember(request, source, row as Ref).then(unknownIsEmpty)),
  );
  const found = together([await noGroups(request, source), ...parts]);
  return {
    ...found,
    known: [...new Map(found.known.map((one) => [refKey(one.row), one])).values()],
    failures: [...people.failures, ...found.failures],
    gaveNothing: people.gaveNothing || (parts.length > 0 && parts.every(({ gaveNothing }) => gaveNothing)),
    readAt: oldest([found.readAt, people.readAt]),
  };
}

/** None of the groups, but what there is to say of their list. */
async function noGroups(request: Request, source: Source): Promise<Gathered<GroupRow>> {
  if (!('ledger' in source.adapter.groups)) return nothing();
  return { ...(await allGroups(request, source)), known: [] };
}

function isWanted(
  row: { readonly name: string | null; readonly email: string | null },
  { email, nameContains }: Wanted,
): boolean {
  if (email !== undefined && !(row.email !== null && sameText(row.email, email))) return false;
  return nameContains === undefined || contains(row.name, nameContains);
}

/** The same with those rows alone that are wanted. */
function withOnly<R>(gathered: Gathered<R>, isOne: (known: Known<R>) => boolean): Gathered<R> {
  const known = gathered.known.filter(isOne);
  return known.length === gathered.known.length ? gathered : Object.assign({}, gathered, { known });
}

/** What every part holds; nothing where one of them could not be read at all. */
function inAll<R extends Ref>(parts: readonly Gathered<R>[]): Gathered<R> {
  const [first, ...others] = parts;
  if (others.length === 0) return first!;
  const keys = others.map(({ known }) => new Set(known.map(({ row }) => refKey(row))));
  return {
    ...together(parts),
    known: first!.known.filter(({ row }) => keys.every((held) => held.has(refKey(row)))),
    gaveNothing: parts.some(({ gaveNothing }) => gaveNothing),
  };
}

/** A filter that names what the vendor does not know is met by nothing, and that is no failure. */
function unknownIsEmpty<R>(gathered: Gathered<R>): Gathered<R> {
  if (gathered.failures.length === 0 || gathered.failures.some(({ code }) => code !== 'NOT_FOUND')) return gathered;
  return { ...gathered, failures: [], gaveNothing: false };
}

/** A filter that no documented read can answer: an empty list would be a short one passed off as whole. */
function undocumented<R>({ transport }: Source): Gathered<R> {
  return failed(new VendorError('UNSUPPORTED_BY_VENDOR', transport.whom));
}
