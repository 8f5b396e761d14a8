import type { GraphQLResolveInfo } from 'graphql';
import type { Gathered } from '../reads/known.js';
import type { Row } from '../vendors/vendor.js';
import { connectionOf, tellFailures } from './connections.js';
import { wantedBy, type Wanted } from './filters.js';
import { allProjects } from './gather-people.js';
import type { ConnectionValue, GroupFilter, ListArgs, MemberFilter, NodeValue, ScopeFilter } from './graph.js';
import { pageWanted, usualPage } from './paging.js';
import type { Request } from './request.js';
import type { Source } from './sources.js';
import { groupsWanted, testersWanted, usersWanted } from './wanted.js';

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
    (source, wanted) => usersWanted(request, source, wanted),
  );
}

export function testers(request: Request, info: Info, args: ListArgs<MemberFilter>): Connection {
  return listed(
    request,
    info,
    args,
    (source) => request.reads(source).has('testers'),
    (source, wanted) => testersWanted(request, source, wanted),
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
  const answers = await Promise.all(
    wanted.sources.map(async (source) => ({ source, gathered: await gather(source, wanted) })),
  );
  tellFailures(request, info, answers);
  return connectionOf(answers, page);
}
