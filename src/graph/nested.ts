import type { GraphQLResolveInfo } from 'graphql';
import { nothing, type Gathered } from '../reads/known.js';
import { refKey, type GroupRow, type Path, type Ref, type Row } from '../vendors/vendor.js';
import { completenessOf, nestedConnection, tellFailures } from './connections.js';
import { readUser } from './details.js';
import { groupsOfMember, groupsOfOrganization, groupsOfProject } from './gather-groups.js';
import { projectsOfOrganization, usersOfOrganization, usersOfProject } from './gather-people.js';
import type { ConnectionValue, GroupValue, NodeValue, PageArgs } from './graph.js';
import { compareRefs } from './order.js';
import { pageOf, pageWanted, usualPage, type PageWanted } from './paging.js';
import type { Request } from './request.js';
import type { Source } from './sources.js';
import { referenceTo } from './values.js';

type Info = GraphQLResolveInfo;
type Connection = Promise<ConnectionValue<NodeValue> | null>;

/** The groups of an organization, project, user or tester. */
export function groupsOf(request: Request, info: Info, value: NodeValue, args: PageArgs): Connection {
  return nested(request, info, value, args, (source) => {
    if (value.__typename === 'Organization') return groupsOfOrganization(request, source, value.path);
    if (value.__typename === 'Project') return groupsOfProject(request, source, value.path);
    return groupsOfMember(request, source, { type: value.__typename, path: value.path });
  });
}

/** The users of an organization or project. */
export function usersOf(request: Request, info: Info, value: NodeValue, args: PageArgs): Connection {
  const gather = value.__typename === 'Organization' ? usersOfOrganization : usersOfProject;
  return nested(request, info, value, args, (source) => gather(request, source, value.path));
}

/** The projects of an organization, user or permission group. */
export async function projectsOf(request: Request, info: Info, value: NodeValue, args: PageArgs): Connection {
  if (value.__typename === 'Organization') {
    return nested(request, info, value, args, async (source) => {
      if (!request.reads(source).has('projects')) return null;
      return projectsOfOrganization(request, source, value.path);
    });
  }
  request.troubles.within(info);
  const page = pageWanted(args, usualPage, request.sources);
  const source = request.sources.get(value.sourceName)!;
  if (value.__typename !== 'User') {
    const { projects } = value.row as GroupRow;
    const origin = 'ledger' in source.adapter.groups ? 'LEDGER' : 'VENDOR';
    const readAt = (value as GroupValue).fetchedAt;
    return projects ? references(source, projects, page, { ...nothing(origin), readAt }) : null;
  }
  const { projects, told } = await projectsOfUser(request, info, source, value);
  tellFailures(request, info, [{ source, gathered: told }]);
  return projects ? references(source, projects, page, told) : null;
}

interface ProjectsOfUser {
  readonly projects: readonly Path[] | null | undefined;
  /** How far that is the whole truth. */
  readonly told: Gathered<unknown>;
}

/** A user whom several lists tell may have projects in each of them: what one of those did not tell is missing. */
async function projectsOfUser(request: Request, info: Info, source: Source, user: NodeValue): Promise<ProjectsOfUser> {
  const { users } = source.adapter;
  if (users.scopeOf(user.path) !== null) {
    return { projects: (await readUser(request, info, user))?.projects, told: nothing() };
  }
  const told = await request.reads(source).all('users');
  const key = refKey({ type: 'User', path: user.path });
  return { projects: told.known.find(({ row }) => refKey(row) === key)?.row.projects, told };
}

async function nested<R extends Row>(
  request: Request,
  info: Info,
  value: NodeValue,
  args: PageArgs,
  gather: (source: Source) => Promise<Gathered<R> | null>,
): Connection {
  request.troubles.within(info);
  const page = pageWanted(args, usualPage, request.sources);
  const source = request.sources.get(value.sourceName)!;
  const gathered = await gather(source);
  return gathered && nestedConnection(request, info, { source, gathered }, page);
}

/** Projects that a row names: their ids are known, and what else is asked of them is read when it is. */
function references(
  source: Source,
  paths: readonly Path[],
  page: PageWanted,
  told: Gathered<unknown>,
): ConnectionValue<NodeValue> {
  const refs = paths.map((path): Ref => ({ type: 'Project', path })).sort((a, b) => compareRefs(source, a, b));
  return pageOf(
    refs,
    page,
    (ref) => [{ source, ref }],
    (ref) => referenceTo(source, ref),
    completenessOf([{ source, gathered: told }], refs.length),
  );
}
