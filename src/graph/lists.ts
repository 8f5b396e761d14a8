import type { GraphQLResolveInfo } from 'graphql';
import type { Gathered } from '../reads/known.js';
import type { Row } from '../vendors/vendor.js';
import { connectionOf, tellFailures } from './connections.js';
import { wantedBy, type Wanted } from './filters.js';
import { allProjects } from './gather-people.js';
import type { ConnectionValue, GroupFilter, ListArgs, MemberFilter, NodeValue, ScopeFilter } from './graph.js';
import { pageWanted, usualPage, type PageWanted } from './paging.js';
import { asksForPeople, foreseePeople } from './look-ahead.js';
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
  const forPeople = asksForPeople(info, 'nodes', 'members') || asksForPeople(info, 'edges', 'node', 'members');
  return listed(
    request,
    info,
    args,
    () => true,
    (source, wanted, page) => {
      if (forPeople && isAll(wanted, page)) foreseePeople(request, source, null);
      return groupsWanted(request, source, wanted);
    },
  );
}

/** Whether the page will show every group there is, as far as one can tell from how many there were last time. */
function isAll({ sources, organization, project, member, email, nameContains }: Wanted, page: PageWanted): boolean {
  if (organization || project || member || email !== undefined || nameContains !== undefined || page.after)
    return false;
  const counts = sources.map(({ adapter, sizes }) =>
    'ledger' in adapter.groups ? 0 : (sizes.rows.get('groups') ?? Infinity),
  );
  return counts.reduce((sum, count) => sum + count, 0) <= page.first;
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
  gather: (source: Source, wanted: Wanted, page: PageWanted) => Promise<Gathered<R>>,
): Connection {
  request.troubles.within(info);
  const page = pageWanted(args, usualPage, request.sources);
  const wanted = wantedBy(args.filter, request.sources, has);
  const answers = await Promise.all(
    wanted.sources.map(async (source) => ({ source, gathered: await gather(source, wanted, page) })),
  );
  tellFailures(request, info, answers);
  return connectionOf(answers, page);
}
