import type { GraphQLResolveInfo } from 'graphql';
import { VendorError } from '../http/errors.js';
import { knownsOf, type Gathered, type Known } from '../reads/known.js';
import type { PagedList } from '../reads/paged-list.js';
import type { SourceReads } from '../reads/source-reads.js';
import { refKey, type GroupRow, type MemberRef, type Ref, type UserRow } from '../vendors/vendor.js';
import { nestedConnection } from './connections.js';
import type { ConnectionValue, GroupValue, NodeValue, PageArgs } from './graph.js';
import { listedFor, listedPage, shownOnce } from './members-so-far.js';
import { compareRefs, sorted, type Placed } from './order.js';
import { asksForPeople } from './look-ahead.js';
import { pageOf, pageWanted, usualPage, type PageWanted } from './paging.js';
import type { Request } from './request.js';
import { fieldsAsked } from './selection.js';
import type { Source } from './sources.js';
import { isWhole, memberValue, valueOf } from './values.js';

type Info = GraphQLResolveInfo;
type Answer<T> = T | Promise<T>;

/** Whom a group names, each once, in order; or why that cannot be told. */
export type MembersKnown = readonly Known<MemberRef>[] | VendorError;

/** One group's members: one vendor's answer, whole or null. At once where nothing has to be read for it. */
export function members(
  request: Request,
  info: Info,
  group: NodeValue,
  args: PageArgs,
): Answer<ConnectionValue<NodeValue> | null> {
  request.troubles.within(info);
  const page = pageWanted(args, usualPage, request.sources);
  const source = request.sources.get(group.sourceName)!;
  const { members: way } = source.adapter;
  if (typeof way === 'object' && isAddressable(group)) {
    const list = request.reads(source).listOf('members', refOf(group), way.pages);
    return list.sofar.ended ? listedPage(source, list.sofar, page) : listedSoFar(request, info, source, list, page);
  }
  if (way !== 'carried') return gatheredMembers(request, info, source, group, page);
  if (!isAddressable(group)) return told(request, info, unsupported(source));
  const { members: named = none } = group.row as GroupRow;
  const [first] = named;
  const reads = request.reads(source);
  const connection = () => carriedPage(source, reads, group as GroupValue, page);
  // A list that tells who they are is waited for here, once for all of them.
  if (!first || isWhole(first) || !asksForPeople(info)) return connection();
  // Of a page further on it is not known yet who is on it.
  return reads.listFor('users', named, page.after ? 1 : page.first)?.then(connection) ?? connection();
}

async function listedSoFar(
  request: Request,
  info: Info,
  source: Source,
  list: PagedList<UserRow>,
  page: PageWanted,
): Promise<ConnectionValue<NodeValue> | null> {
  const listed = await listedFor(source, list, page, fieldsAsked(info).has('totalCount'));
  return listed.error ? told(request, info, listed.error) : listedPage(source, listed, page);
}

async function gatheredMembers(
  request: Request,
  info: Info,
  source: Source,
  group: NodeValue,
  page: PageWanted,
): Promise<ConnectionValue<NodeValue> | null> {
  const known = await membersOf(request, source, group);
  if (known instanceof VendorError) return told(request, info, known);
  return pageOf(known, page, placesIn(source), (one) => memberValue(source, one), { totalCount: known.length });
}

function carriedPage(
  source: Source,
  reads: SourceReads,
  group: GroupValue,
  page: PageWanted,
): ConnectionValue<NodeValue> {
  const row = group.row as GroupRow;
  // Those who are in one group stand in one list.
  const [first] = row.members ?? none;
  const people = first && reads.atHand.holding('users', first.path);
  return shownOnce(row, page, people?.rows ?? people, () => {
    const known = carriedMembers(source, group);
    const toValue = (one: Known<MemberRef>) => knownMember(source, reads, people, one);
    return pageOf(known, page, placesIn(source), toValue, { totalCount: known.length });
  });
}

/** A member with all that is at hand of him. */
function knownMember(
  source: Source,
  reads: SourceReads,
  people: Gathered<UserRow> | undefined,
  one: Known<MemberRef>,
): NodeValue {
  if (!people || isWhole(one.row) || one.row.type !== 'User') return memberValue(source, one);
  const found = reads.atHand.rowIn(people, 'users', one.row.path);
  return found ? valueOf(source, found) : memberValue(source, one);
}

export async function memberCount(request: Request, info: Info, group: NodeValue): Promise<number | null> {
  const source = request.sources.get(group.sourceName)!;
  const known = await membersOf(request, source, group);
  return known instanceof VendorError ? told(request, info, known) : known.length;
}

/** Users who are not in the group. */
export async function candidates(
  request: Request,
  info: Info,
  group: NodeValue,
  args: PageArgs,
): Promise<ConnectionValue<NodeValue> | null> {
  request.troubles.within(info);
  const page = pageWanted(args, usualPage, request.sources);
  const source = request.sources.get(group.sourceName)!;
  const way = source.adapter.candidates;
  if (!way) return null;
  if (!isAddressable(group)) return told(request, info, unsupported(source));
  const gathered = await request.reads(source).allOf('candidates', refOf(group), way.pages);
  return nestedConnection(request, info, { source, gathered }, page);
}

/** Everybody whom a group names: from its row, from the ledger, or from the vendor's own list of them. */
export async function membersOf(request: Request, source: Source, group: NodeValue): Promise<MembersKnown> {
  const reads = request.reads(source);
  const row = group.row as GroupRow;
  const { members: way } = source.adapter;
  if (!isAddressable(group)) return unsupported(source);
  if (way === 'carried') return carriedMembers(source, group as GroupValue);
  if (way === 'ledger') return inOrder(source, await withTesters(request, source, await reads.ledgerMembers(row)));
  const listed = await reads.listOf('members', refOf(group), way.pages).all();
  return listed.error ?? inOrder(source, knownsOf<MemberRef>(listed));
}

const none: readonly MemberRef[] = [];
/** The members that a group's row carries, in order: made once, however many requests are told the group. */
function carriedMembers(source: Source, group: GroupValue): readonly Known<MemberRef>[] {
  const { members: rows = none } = group.row as GroupRow;
  const { fetchedAt: at } = group;
  group.membersKnown ??= inOrder(
    source,
    rows.map((row): Known<MemberRef> => ({ row, at, origin: 'VENDOR', shown: null })),
  );
  return group.membersKnown;
}

/** The ledger names testers by their id; what they are called is beside it. */
async function withTesters(
  request: Request,
  source: Source,
  known: readonly Known<MemberRef>[],
): Promise<readonly Known<MemberRef>[]> {
  if (!source.adapter.testers || !known.some(({ row }) => row.type === 'Tester')) return known;
  const testers = await request.reads(source).all('testers');
  const rows = new Map(testers.known.map(({ row }) => [refKey(row), row]));
  return known.map((one) => ({ ...one, row: rows.get(refKey(one.row)) ?? one.row }));
}

function inOrder(source: Source, known: readonly Known<MemberRef>[]): readonly Known<MemberRef>[] {
  return sorted(known, (a, b) => compareRefs(source, a.row, b.row));
}

const placesIn =
  (source: Source) =>
  (one: Known<MemberRef>): readonly Placed[] => [{ source, ref: one.row }];

function refOf({ __typename: type, path }: NodeValue): Ref {
  return { type, path };
}

function isAddressable({ row }: NodeValue): boolean {
  return (row as GroupRow | undefined)?.addressable !== false;
}

function unsupported({ transport }: Source): VendorError {
  return new VendorError('UNSUPPORTED_BY_VENDOR', transport.whom);
}

function told(request: Request, info: Info, error: VendorError): null {
  request.troubles.add(info, error);
  return null;
}
