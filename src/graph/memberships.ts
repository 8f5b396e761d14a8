import type { GraphQLResolveInfo } from 'graphql';
import type { Known } from '../reads/known.js';
import { refKey, type GroupRow, type Ref } from '../vendors/vendor.js';
import { completenessOf, tellFailures, type FromSource } from './connections.js';
import { wantedBy, type Wanted } from './filters.js';
import { membersByEmail } from './gather-groups.js';
import { formatId } from './global-id.js';
import type { ConnectionValue, GroupFilter, ListArgs, MembershipValue } from './graph.js';
import {
  askForPeople,
  letGo,
  withMembers,
  type Columns,
  type GroupWithMembers,
  type MemberOfGroup,
} from './group-members.js';
import { ReadAhead } from './read-ahead.js';
import { compareRefs, type Placed } from './order.js';
import { compareRows, membershipsPage, pageOf, pageWanted, type PageWanted } from './paging.js';
import type { Request } from './request.js';
import { fieldsBelow } from './selection.js';
import type { Source } from './sources.js';
import { groupsWanted } from './wanted.js';

/** How many groups' members are read before their turn, at each source. */
const groupsAhead = 256;

interface Row {
  readonly group: GroupWithMembers;
  readonly member: MemberOfGroup;
}

/** One row for each member of each group. */
export async function memberships(
  request: Request,
  info: GraphQLResolveInfo,
  args: ListArgs<GroupFilter>,
): Promise<ConnectionValue<MembershipValue>> {
  request.troubles.within(info);
  const page = pageWanted(args, membershipsPage, request.sources);
  const wanted = wantedBy(args.filter, request.sources, () => true);
  const columns = columnsOf(info);
  const parts = await Promise.all(wanted.sources.map((source) => rowsOf(request, source, { wanted, columns, page })));
  tellFailures(
    request,
    info,
    parts.map(({ answer }) => answer),
  );
  const rows = parts.flatMap((part) => part.rows);
  const completeness = completenessOf(
    parts.map(({ answer }) => answer),
    parts.reduce((sum, { count }) => sum + count, 0),
  );
  return pageOf(rows, page, placesOf, ({ group, member }) => membershipOf(group, member), completeness);
}

function placesOf({ group: { source, group }, member }: Row): readonly Placed[] {
  return [
    { source, ref: group.row },
    { source, ref: member.known.row },
  ];
}

function columnsOf(info: GraphQLResolveInfo): Columns {
  const asked = new Set([...fieldsBelow(info, ['nodes']), ...fieldsBelow(info, ['edges', 'node'])]);
  return {
    details: ['memberName', 'memberEmail', 'memberStatus'].some((column) => asked.has(column)),
    organization: asked.has('organizationId'),
    organizationName: asked.has('organizationName'),
    projectName: asked.has('projectName'),
  };
}

interface AskedOf {
  readonly wanted: Wanted;
  readonly columns: Columns;
  readonly page: PageWanted;
}

interface Part {
  readonly answer: FromSource<GroupRow>;
  /** As many of its rows as the page can need. */
  readonly rows: readonly Row[];
  /** How many rows it has in all. */
  readonly count: number;
}

/** All rows of a source are looked at, and those that cannot be on the page are let go: there may be any number of them. */
async function rowsOf(request: Request, source: Source, { wanted, columns, page }: AskedOf): Promise<Part> {
  const gathered = await groupsWanted(request, source, wanted);
  const isMeant = await whoIsMeant(request, source, wanted);
  const ordered = [...gathered.known].sort((a, b) => compareRefs(source, a.row, b.row));
  if (columns.details) askForPeople(request, source, ordered, isMeant);
  const read = async (known: Known<GroupRow>) => {
    const group = await withMembers(request, source, known, columns, isMeant);
    if (ordered.length > groupsAhead) letGo(request, source, known);
    return group;
  };
  const rows: Row[] = [];
  const failures = new Set(gathered.failures);
  let count = 0;
  // What a group's own row names is at hand.
  const ahead = source.adapter.members === 'carried' ? 1 : groupsAhead;
  for await (const group of new ReadAhead(ordered, ahead, read)) {
    for (const failure of failuresOf(group)) failures.add(failure);
    count += group.members.length;
    for (const member of group.members) {
      // One more than the page holds tells that it is not the last.
      if (rows.length > page.first) break;
      const row = { group, member };
      if (!page.after || compareRows(placesOf(row), page.after) > 0) rows.push(row);
    }
  }
  return { answer: { source, gathered: { ...gathered, failures: [...failures] } }, rows, count };
}

/** What could not be learnt about a group, its place and its members. */
export function failuresOf({ failure, placeFailure, members }: GroupWithMembers) {
  return [failure, placeFailure, ...members.map((member) => member.failure)].filter((one) => one !== null);
}

/** Where a person is named, that person's rows only. */
async function whoIsMeant(request: Request, source: Source, { member, email }: Wanted): Promise<(of: Ref) => boolean> {
  if (!member && email === undefined) return () => true;
  const people = email === undefined ? null : await membersByEmail(request, source, email);
  const keys = people && new Set(people.known.map(({ row }) => refKey(row)));
  return (ref) => (!member || refKey(ref) === refKey(member)) && (!keys || keys.has(refKey(ref)));
}

/** A membership as a flat row. Whoever makes many of one group hands over what they share. */
export function membershipOf(
  of: GroupWithMembers,
  { known, details }: MemberOfGroup,
  shared = groupColumns(of),
): MembershipValue {
  const { name, vendor } = of.source;
  const { row } = known;
  const isTester = row.type === 'Tester';
  const user = details?.type === 'User' ? details : null;
  // Written out, so that a million of them are objects of one shape.
  return {
    source: name,
    vendor,
    organizationId: shared.organizationId,
    organizationName: shared.organizationName,
    projectId: shared.projectId,
    projectName: shared.projectName,
    groupId: shared.groupId,
    groupVendorId: shared.groupVendorId,
    groupName: shared.groupName,
    groupType: shared.groupType,
    memberId: formatId(name, row.type, row.path),
    memberVendorId: row.vendorId,
    memberType: row.type,
    memberName: user?.name ?? null,
    memberEmail: (isTester ? details?.email : user?.email) ?? null,
    memberStatus: isTester ? null : (user?.status ?? 'UNKNOWN'),
    origin: known.origin,
    fetchedAt: known.at,
  };
}

/** The columns that all memberships of a group share. */
export function groupColumns({
  source: { name },
  group,
  organization,
  project,
}: Pick<GroupWithMembers, 'source' | 'group' | 'organization' | 'project'>) {
  return {
    organizationId: organization && formatId(name, 'Organization', organization.path),
    organizationName: organization?.name ?? null,
    projectId: project && formatId(name, 'Project', project.path),
    projectName: project?.name ?? null,
    groupId: formatId(name, group.row.type, group.row.path),
    groupVendorId: group.row.vendorId,
    groupName: group.row.name,
    groupType: group.row.type,
  };
}
