import { VendorError } from '../http/errors.js';
import type { Known } from '../reads/known.js';
import type { SourceReads } from '../reads/source-reads.js';
import {
  refKey,
  type GroupRow,
  type MemberRef,
  type MemberRow,
  type OrganizationRow,
  type Path,
  type ProjectRow,
  type Ref,
} from '../vendors/vendor.js';
import { membersOf } from './members.js';
import type { Request } from './request.js';
import type { Source } from './sources.js';
import { isWhole, valueOf } from './values.js';

/** What is asked of memberships beside the ids that tell them: each costs reads of its own. */
export interface Columns {
  /** Name, e-mail and status of the member. */
  readonly details: boolean;
  /** The organization where the group's row does not tell it, and what it is called. */
  readonly organization: boolean;
  readonly organizationName: boolean;
  readonly projectName: boolean;
}

export interface MemberOfGroup {
  readonly known: Known<MemberRef>;
  /** Null where it was not asked for, where the vendor does not know the member, or where it could not be read. */
  readonly details: MemberRow | null;
  readonly failure: VendorError | null;
}

/** A group, whom it names, and what could not be learnt about it. */
export interface GroupWithMembers {
  readonly source: Source;
  readonly group: Known<GroupRow>;
  readonly members: readonly MemberOfGroup[];
  /** Why nobody knows whom it names. */
  readonly failure: VendorError | null;
  readonly organization: Pick<OrganizationRow, 'path' | 'name'> | null;
  readonly project: Pick<ProjectRow, 'path' | 'name'> | null;
  /** Why the names of its organization or project are missing. */
  readonly placeFailure: VendorError | null;
}

/**
 * Where groups name their members, all people are known before the first is wanted: asked for at once, they cost the fewest calls.
 * What fails fails again for the groups that name them, where it is noted.
 */
export function askForPeople(
  request: Request,
  source: Source,
  groups: readonly Known<GroupRow>[],
  isMeant: (member: Ref) => boolean = () => true,
): void {
  if (source.adapter.members !== 'carried') return;
  // The same reference comes for each group that names the person.
  const named = new Set<MemberRef>();
  for (const { row } of groups) for (const member of row.members ?? []) named.add(member);
  const users = [...named].filter((member) => member.type === 'User' && isMeant(member));
  const people = new Map(users.map((member) => [refKey(member), member.path]));
  const reads = request.reads(source);
  void Promise.allSettled([...people.values()].map((path) => reads.get('users', path)));
}

/** One group with all that memberships tell of it and of the members meant. It never rejects for a sick vendor. */
export async function withMembers(
  request: Request,
  source: Source,
  group: Known<GroupRow>,
  columns: Columns,
  isMeant: (member: Ref) => boolean = () => true,
): Promise<GroupWithMembers> {
  const [members, place] = await Promise.all([
    membersOf(request, source, valueOf(source, group)),
    placeOf(request, source, group.row, columns),
  ]);
  if (members instanceof VendorError) {
    // What nothing documented addresses has no rows, and is no failure: the source's message names it.
    const failure = members.code === 'UNSUPPORTED_BY_VENDOR' ? null : members;
    return { source, group, members: [], failure, ...place };
  }
  const reads = request.reads(source);
  const detailed: (MemberOfGroup | Promise<MemberOfGroup>)[] = [];
  let isAtHand = true;
  for (const known of members) {
    if (!isMeant(known.row)) continue;
    const told = columns.details ? detailsOf(reads, known) : { known, details: null, failure: null };
    if (told instanceof Promise) isAtHand = false;
    detailed.push(told);
  }
  const all = isAtHand ? (detailed as MemberOfGroup[]) : await Promise.all(detailed);
  return { source, group, members: all, failure: null, ...place };
}

/** Forgets whom a group names, so that a long answer keeps no more of it than it has still to tell. */
export function letGo(request: Request, source: Source, group: Known<GroupRow>): void {
  request.reads(source).letGo('members', group.row);
  group.shown = null;
}

/** At once where nothing has to be read for it. */
function detailsOf(reads: SourceReads, known: Known<MemberRef>): MemberOfGroup | Promise<MemberOfGroup> {
  if (isWhole(known.row)) return { known, details: known.row as MemberRow, failure: null };
  if (known.row.type === 'Tester') return { known, details: null, failure: null };
  const found = reads.atHand.row('users', known.row.path);
  return found === undefined ? readDetails(reads, known) : { known, details: found && found.row, failure: null };
}

async function readDetails(reads: SourceReads, known: Known<MemberRef>): Promise<MemberOfGroup> {
  const details = await orFailure(async () => (await reads.get('users', known.row.path))?.row ?? null);
  return details instanceof VendorError
    ? { known, details: null, failure: details }
    : { known, details, failure: null };
}

type Place = Pick<GroupWithMembers, 'organization' | 'project' | 'placeFailure'>;

async function placeOf(request: Request, source: Source, row: GroupRow, columns: Columns): Promise<Place> {
  const reads = request.reads(source);
  const throughProject = row.organization === undefined && (columns.organization || columns.organizationName);
  const project =
    row.project && (columns.projectName || throughProject ? await projectAt(reads, row.project) : bare(row.project));
  const projectFailure = project instanceof VendorError ? project : null;
  const found = project instanceof VendorError ? null : project;
  const path = row.organization === undefined ? found?.organization : row.organization;
  const organization = path
    ? columns.organizationName
      ? await organizationAt(reads, path)
      : { path, name: null }
    : null;
  const organizationFailure = organization instanceof VendorError ? organization : null;
  return {
    organization: organization instanceof VendorError ? { path: path!, name: null } : organization,
    project: row.project && { path: row.project, name: found?.name ?? null },
    placeFailure: projectFailure ?? organizationFailure,
  };
}

const bare = (path: Path) => ({ path, name: null, organization: null });

function projectAt(reads: SourceReads, path: Path) {
  return orFailure(async () => (await reads.get('projects', path))?.row ?? null);
}

function organizationAt(reads: SourceReads, path: Path) {
  return orFailure(async () => ({ path, name: (await reads.get('organizations', path))?.row.name ?? null }));
}

async function orFailure<T>(read: () => Promise<T>): Promise<T | VendorError> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof VendorError) return error;
    throw error;
  }
}
