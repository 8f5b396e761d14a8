import type { GraphQLResolveInfo } from 'graphql';
import { nothing, type Gathered } from '../reads/known.js';
import type { GroupRow, Path, Ref, Row } from '../vendors/vendor.js';
import { nestedConnection } from './connections.js';
import { readUser } from './details.js';
import { groupsOfMember, groupsOfOrganization, groupsOfProject } from './gather-groups.js';
import { projectsOfOrganization, usersOfOrganization, usersOfProject } from './gather-people.js';
import type { ConnectionValue, NodeValue, PageArgs } from './graph.js';
import { compareRefs } from './order.js';
import { pageOf, pageWanted, usualPage, type PageWanted } from './paging.js';
import type { Request } from './request.js';
import type { Source } from './sources.js';
import { statusOf } from './status.js';
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
  const page = pageWanted(args, usualPage, request.sources);
  const source = request.sources.get(value.sourceName)!;
  const paths =
    value.__typename === 'User' ? (await readUser(request, info, value))?.projects : (value.row as GroupRow).projects;
  return paths ? references(source, value, paths, page) : null;
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
  value: NodeValue,
  paths: readonly Path[],
  page: PageWanted,
): ConnectionValue<NodeValue> {
  const refs = paths.map((path): Ref => ({ type: 'Project', path })).sort((a, b) => compareRefs(source, a, b));
  const remembered = 'ledger' in source.adapter.groups && value.__typename !== 'User';
  const readAt = (value as unknown as { fetchedAt?: Date }).fetchedAt ?? null;
  return {
    ...pageOf(
      refs,
      page,
      (ref) => [{ source, ref }],
      (ref) => referenceTo(source, ref),
    ),
    totalCount: refs.length,
    complete: true,
    sources: [statusOf(source, { ...nothing(remembered ? 'LEDGER' : 'VENDOR'), readAt })],
  };
}
