import type { GraphQLResolveInfo } from 'graphql';
import { VendorError } from '../http/errors.js';
import { knownBy, type Known } from '../reads/known.js';
import type { NounName } from '../reads/collections.js';
import type { GroupRow, NodeType, PagesOf, Ref, Row, UserRow } from '../vendors/vendor.js';
import { BadInput } from './bad-input.js';
import { parseId } from './global-id.js';
import { asksForPeople, foreseePeople } from './look-ahead.js';
import type { NodeValue, Noun, SourceValue } from './graph.js';
import type { Request } from './request.js';
import { fieldsAsked } from './selection.js';
import type { Source } from './sources.js';
import { isGroupType, sourceValue, valueOf } from './values.js';

type Info = GraphQLResolveInfo;
type Answer<T> = T | Promise<T>;

/** That may be asked for at once. */
export const mostIds = 250;

/** Anything by its id. */
export function node(request: Request, info: Info, id: string): Answer<NodeValue | SourceValue | null> {
  const { source, ref } = parseId(id, request.sources);
  return ref.type === 'Source' ? sourceValue(source) : find(request, info, source, ref as Ref);
}

/** Many things by their ids, each in its own place. */
export function nodes(
  request: Request,
  info: Info,
  ids: readonly string[],
): readonly Answer<NodeValue | SourceValue | Error | null>[] {
  if (ids.length > mostIds)
    throw new BadInput(`The argument ids has ${ids.length} ids; it may have at most ${mostIds}.`);
  request.troubles.within(info);
  return ids.map((id) => {
    try {
      return node(request, info, id);
    } catch (error) {
      if (error instanceof BadInput) return error;
      throw error;
    }
  });
}

/** One thing of a certain noun by its id; the id of anything else names the field to use. */
export function lookUp(request: Request, info: Info, noun: Noun, id: string): Answer<NodeValue | null> {
  const { source, ref } = parseId(id, request.sources);
  const found = nounOf(ref.type);
  if (found === noun) return find(request, info, source, ref as Ref);
  const field = found === 'Source' ? 'source(name:) or node' : found.toLowerCase();
  throw new BadInput(`This is the id of a ${ref.type}, not of a ${noun}; use the field ${field}.`);
}

function nounOf(type: NodeType | 'Source'): Noun | 'Source' {
  return isGroupType(type) ? 'Group' : (type as Noun | 'Source');
}

const collections: Readonly<Record<Noun, NounName>> = {
  Organization: 'organizations',
  Project: 'projects',
  Group: 'groups',
  User: 'users',
  Tester: 'testers',
};

function find(request: Request, info: Info, source: Source, ref: Ref): Answer<NodeValue | null> {
  if (!source.adapter.serves(ref)) return null;
  const noun = collections[nounOf(ref.type) as Noun];
  const listed = request.reads(source).atHand.row(noun, ref.path) as Known<Row> | null | undefined;
  const atHand = listed ?? impliedAtHand(request, info, source, ref);
  return atHand?.row.type === ref.type ? valueOf(source, atHand, ref.path) : read(request, info, source, ref);
}

async function read(request: Request, info: Info, source: Source, ref: Ref): Promise<NodeValue | null> {
  try {
    const known = isGroupType(ref.type) ? await findGroup(request, info, source, ref) : await get(request, source, ref);
    return known && known.row.type === ref.type ? valueOf(source, known, ref.path) : null;
  } catch (error) {
    if (!(error instanceof VendorError)) throw error;
    request.troubles.add(info, error);
    return null;
  }
}

function get(request: Request, source: Source, ref: Ref): Promise<Known<Row> | null> {
  return request
    .reads(source)
    .get(collections[nounOf(ref.type) as Noun], ref.path, ref.type) as Promise<Known<Row> | null>;
}

/** What a group's id and its member list tell without reading the group. */
const toldByMembers: ReadonlySet<string> = new Set([
  '__typename',
  'id',
  'name',
  'source',
  'organization',
  'project',
  'memberCount',
  'members',
  'origin',
  'fetchedAt',
]);

async function findGroup(request: Request, info: Info, source: Source, ref: Ref): Promise<Known<Row> | null> {
  const { members, groups } = source.adapter;
  if (typeof members !== 'object' || 'ledger' in groups) {
    const found = get(request, source, ref);
    if (members === 'carried' && 'scopeOf' in groups && asksForPeople(info, 'members'))
      foreseePeople(request, source, groups.scopeOf(ref.path));
    return found;
  }
  const asked = fieldsAsked(info, ref.type);
  if (!wantsMembers(asked)) return get(request, source, ref);
  const implied = impliedGroup(source, ref, asked);
  if (implied) return byMembers(request, source, ref, implied, members);
  // The members are read beside the group, not after it; a list that fails is told of where it is asked for.
  void request
    .reads(source)
    .listOf('members', ref, members.pages)
    .until(() => true)
    .catch(() => {});
  return get(request, source, ref);
}

function wantsMembers(asked: ReadonlySet<string>): boolean {
  return asked.has('members') || asked.has('memberCount');
}

/** The group that is there if its members can be listed, where nothing is asked that only its own row tells. */
function impliedGroup({ adapter }: Source, { path }: Ref, asked: ReadonlySet<string>): GroupRow | null {
  const implied = adapter.groupByMembers?.(path) ?? null;
  return implied && [...asked].every((field) => toldByMembers.has(field)) ? implied : null;
}

/** Such a group, where the list of its members lies at hand. */
function impliedAtHand(request: Request, info: Info, source: Source, ref: Ref): Known<Row> | null {
  const { members } = source.adapter;
  if (typeof members !== 'object' || !isGroupType(ref.type)) return null;
  const asked = fieldsAsked(info, ref.type);
  const implied = wantsMembers(asked) ? impliedGroup(source, ref, asked) : null;
  const listed = implied && request.reads(source).listAtHand('members', ref);
  return listed ? knownBy(listed, implied) : null;
}

async function byMembers(
  request: Request,
  source: Source,
  ref: Ref,
  implied: GroupRow,
  members: PagesOf<UserRow>,
): Promise<Known<GroupRow> | null> {
  const listed = await request
    .reads(source)
    .listOf('members', ref, members.pages)
    .until(() => true);
  const { error, pages } = listed;
  if (pages > 0) return knownBy(listed, implied);
  if (error?.code === 'NOT_FOUND') return null;
  throw error!;
}
