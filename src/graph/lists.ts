import type { GraphQLResolveInfo } from 'graphql';
import { VendorError } from '../http/errors.js';
import { failed, together, type Gathered } from '../reads/known.js';
import { refKey, type GroupRow, type Ref, type Row, type UserRow } from '../vendors/vendor.js';
import { connectionOf, tellFailures, type FromSource } from './connections.js';
import { wantedBy, type Wanted } from './filters.js';
import { allGroups, groupsOfMember, groupsOfOrganization, groupsOfProject, membersByEmail } from './gather-groups.js';
import {
  allProjects,
  allUsers,
  testers as testersOf,
  usersOfOrganization,
  usersOfProject,
} from './gather-people.js';
import type { ConnectionValue, GroupFilter, ListArgs, MemberFilter, NodeValue, ScopeFilter } from './graph.js';
import { contains, sameText } from './names.js';
import { pageWanted, usualPage } from './paging.js';
import type { Request } from './request.js';
import type { Source } from './sources.js';

type Connection = Promise<ConnectionValue<NodeValue>>;
type Info = GraphQLResolveInfo;

export function organizations(request: Request, info: Info, args: ListArgs<ScopeFilter>): Connection {
  return listed(
    request,
    info,
    args,
    () => true,
    (source) => request.reads(source).all('organizations'),
  );
}

export function projects(request: Request, info: Info, args: ListArgs<ScopeFilter>): Connection {
  return listed(
    request,
    info,
    args,
    (source) => request.reads(source).has('projects'),
    (source) => allProjects(request, source),
  );
}

export function groups(request: Request, info: Info, args: ListArgs<GroupFilter>): Connection {
  return listed(
    request,
    info,
    args,
    () => true,
    (source, wanted) => groupsWanted(request, source, wanted),
  );
}

export function users(request: Request, info: Info, args: ListArgs<MemberFilter>): Connection {
  return listed(
    request,
    info,
    args,
    () => true,
    async (source, wanted) => {
      const found = await usersWanted(request, source, wanted);
      return { ...found, known: found.known.filter(({ row }) => isWanted(row, wanted)) };
    },
  );
}

export function testers(request: Request, info: Info, args: ListArgs<MemberFilter>): Connection {
  return listed(
    request,
    info,
    args,
    (source) => request.reads(source).has('testers'),
    async (source, wanted) => {
      const found = await testersOf(request, source, wanted);
      return { ...found, known: found.known.filter(({ row }) => isWanted({ name: null, email: row.email }, wanted)) };
    },
  );
}

/** Asks every source that the filter can meet, all at once, and makes one page of what they gave. */
async function listed<R extends Row>(
  request: Request,
  info: Info,
  args: ListArgs<GroupFilter & MemberFilter>,
  has: (source: Source) => boolean,
  gather: (source: Source, wanted: Wanted) => Promise<Gathered<R>>,
): Connection {
  request.troubles.within(info);
  const page = pageWanted(args, usualPage, request.sources);
  const wanted = wantedBy(args.filter, request.sources, has);
  const answers = await fromEach(wanted, gather);
  tellFailures(request, info, answers);
  return connectionOf(answers, page);
}

/** The same question to every source that a filter can meet. */
export function fromEach<R>(
  wanted: Wanted,
  gather: (source: Source, wanted: Wanted) => Promise<Gathered<R>>,
): Promise<FromSource<R>[]> {
  return Promise.all(wanted.sources.map(async (source) => ({ source, gathered: await gather(source, wanted) })));
}

/** The groups of a source that a filter means: those that every one of its fields names. */
export async function groupsWanted(request: Request, source: Source, wanted: Wanted): Promise<Gathered<GroupRow>> {
  const { organization, project, member, email, nameContains } = wanted;
  const parts: Promise<Gathered<GroupRow>>[] = [];
  if (organization) parts.push(groupsOfOrganization(request, source, organization));
  if (project)
    parts.push(
      groupsOfProject(request, source, project)
        .then((groups) => groups ?? undocumented<GroupRow>(source))
        .then(unknownIsEmpty),
    );
  if (member) parts.push(groupsOfMember(request, source, member).then(unknownIsEmpty));
  if (email !== undefined) parts.push(groupsOfEmail(request, source, email));
  if (parts.length === 0) parts.push(allGroups(request, source));
  const groups = inAll(await Promise.all(parts));
  return {
    ...groups,
    known: groups.known.filter(({ row }) => nameContains === undefined || contains(row.name, nameContains)),
  };
}

async function groupsOfEmail(request: Request, source: Source, email: string): Promise<Gathered<GroupRow>> {
  const people = await membersByEmail(request, source, email);
  const parts = await Promise.all(
    people.known.map(({ row }) => groupsOfMember(request, source, row as Ref).then(unknownIsEmpty)),
  );
  const found = together(parts, people.origin);
  return {
    ...found,
    known: [...new Map(found.known.map((one) => [refKey(one.row), one])).values()],
    failures: [...people.failures, ...found.failures],
    gaveNothing: people.gaveNothing || found.gaveNothing,
    readAt: found.readAt ?? people.readAt,
  };
}

async function usersWanted(
  request: Request,
  source: Source,
  { organization, project }: Wanted,
): Promise<Gathered<UserRow>> {
  if (project) return unknownIsEmpty((await usersOfProject(request, source, project)) ?? undocumented(source));
  if (organization) return unknownIsEmpty(await usersOfOrganization(request, source, organization));
  return allUsers(request, source);
}

function isWanted(
  row: { readonly name: string | null; readonly email: string | null },
  { email, nameContains }: Wanted,
): boolean {
  if (email !== undefined && !(row.email !== null && sameText(row.email, email))) return false;
  return nameContains === undefined || contains(row.name, nameContains);
}

/** What every part holds. */
function inAll<R extends Ref>(parts: readonly Gathered<R>[]): Gathered<R> {
  const [first, ...others] = parts;
  const keys = others.map(({ known }) => new Set(known.map(({ row }) => refKey(row))));
  return { ...together(parts), known: first!.known.filter(({ row }) => keys.every((held) => held.has(refKey(row)))) };
}

/** A filter that names what the vendor does not know is met by nothing, and that is no failure. */
function unknownIsEmpty<R>(gathered: Gathered<R>): Gathered<R> {
  if (gathered.failures.length === 0 || gathered.failures.some(({ code }) => code !== 'NOT_FOUND')) return gathered;
  return { ...gathered, failures: [], gaveNothing: false };
}

/** A filter that no documented read can answer: an empty list would be a short one passed off as whole. */
function undocumented<R>({ name, vendor, title }: Source): Gathered<R> {
  return failed(new VendorError('UNSUPPORTED_BY_VENDOR', { source: name, vendor, title }));
}
