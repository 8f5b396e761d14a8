import { VendorError } from '../http/errors.js';
import { Slot } from '../memory/slot.js';
import { failed, nothing, together, type Gathered, type Known } from '../reads/known.js';
import type { SourceReads } from '../reads/source-reads.js';
import { refKey, type GroupRow, type Path, type Ref, type TesterRow, type UserRow } from '../vendors/vendor.js';
import { sameText } from './names.js';
import type { Request } from './request.js';
import type { Source } from './sources.js';

type Groups = Gathered<GroupRow>;

/** Every group of a source. */
export function allGroups(request: Request, source: Source): Promise<Groups> {
  return request.reads(source).all('groups');
}

/** The groups of an organization that the source serves: all of them, or what the ledger knows of that one. */
export async function groupsOfOrganization(request: Request, source: Source, organization: Path): Promise<Groups> {
  const reads = request.reads(source);
  const groups = await reads.all('groups');
  if (groups.origin !== 'LEDGER') return groups;
  const own = groups.known.filter(({ row }) => row.organization?.[0] === organization[0]);
  const ofProjects = groups.known.filter(({ row }) => row.organization === undefined && row.project);
  if (ofProjects.length === 0) return { ...groups, known: own };
  const projects = await reads.inScope('projects', organization);
  const ids = new Set(projects.known.map(({ row }) => row.path[0]));
  return {
    ...groups,
    known: [...own, ...ofProjects.filter(({ row }) => ids.has(row.project![0]))],
    failures: projects.failures,
  };
}

/** The groups of a project; null where neither the vendor nor the ledger tells them. */
export async function groupsOfProject(request: Request, source: Source, project: Path): Promise<Groups | null> {
  const reads = request.reads(source);
  const way = source.adapter.groupsOfProject;
  if (way === undefined) return null;
  if (way === 'scope') return reads.inScope('groups', project);
  if (way === 'ledger') {
    const groups = await reads.all('groups');
    return { ...groups, known: groups.known.filter(({ row }) => row.project?.[0] === project[0]) };
  }
  if (way === 'row') return groupsOfRow(reads, project);
  const refs = await reads.allOf('groups of', { type: 'Project', path: project }, way.pages);
  const groups = await groupsByKey(
    reads,
    refs.known.map(({ row }) => row.path),
  );
  return {
    ...groups,
    failures: [...refs.failures, ...groups.failures],
    gaveNothing: refs.gaveNothing,
    readAt: refs.readAt,
  };
}

async function groupsOfRow(reads: SourceReads, project: Path): Promise<Groups | null> {
  try {
    const found = await reads.get('projects', project);
    if (!found) return nothing();
    if (!found.row.groups) return null;
    const groups = await groupsByKey(reads, found.row.groups);
    return { ...groups, readAt: found.at };
  } catch (error) {
    return failedBy(error);
  }
}

/** The groups that a user or tester is in; those that the ledger knows, where no vendor tells. */
export async function groupsOfMember(request: Request, source: Source, member: Ref): Promise<Groups> {
  const reads = request.reads(source);
  const { adapter } = source;
  if ('ledger' in adapter.groups) {
    const keys = new Set((await reads.ledgerGroupsOf(member)).map(refKey));
    const groups = await reads.all('groups');
    const known = groups.known.filter(({ row }) => keys.has(refKey(row)));
    const note = `${source.title} tells no groups of a member: only memberships written through here are shown.`;
    return { ...groups, known, note };
  }
  if (member.type !== 'User') return nothing();
  if (adapter.groupsOfUser)
    return withWholeRows(reads, await reads.allOf('groups of', member, adapter.groupsOfUser.pages));
  const scope = adapter.groups.scopeOf(member.path);
  const groups = scope ? await reads.inScope('groups', scope) : await reads.all('groups');
  const key = refKey(member);
  return { ...groups, known: groupsByMember(groups.known).get(key) ?? [] };
}

/** Of lists of groups, who is in which of them: looked through once, however many people are asked for their groups. */
const byMember = new Slot<Groups['known'], ReadonlyMap<string, Groups['known']>>();

function groupsByMember(groups: Groups['known']): ReadonlyMap<string, Groups['known']> {
  const before = byMember.get(groups);
  if (before) return before;
  const found = new Map<string, Known<GroupRow>[]>();
  for (const group of groups) {
    for (const key of new Set(group.row.members?.map(refKey))) {
      const others = found.get(key);
      if (others) others.push(group);
      else found.set(key, [group]);
    }
  }
  byMember.set(groups, found);
  return found;
}

/** Who has this e-mail address at a source: users as the vendor tells them, and testers as the ledger does. */
export function membersByEmail(
  request: Request,
  source: Source,
  email: string,
): Promise<Gathered<UserRow | TesterRow>> {
  return request.once(`members of ${source.name} by e-mail ${email}`, () => findByEmail(request, source, email));
}

async function findByEmail(request: Request, source: Source, email: string): Promise<Gathered<UserRow | TesterRow>> {
  const reads = request.reads(source);
  const { adapter } = source;
  const parts: Gathered<UserRow | TesterRow>[] = [];
  if (adapter.testers) parts.push(matching(await reads.all('testers'), email));
  const direct = adapter.userByEmail
    ? await userByEmail(reads, adapter.userByEmail(email.toLowerCase()))
    : nothing<UserRow>();
  if (direct.known.length > 0 || direct.failures.length > 0) parts.push(direct);
  else parts.push(matching(await reads.all('users'), email));
  return together(parts);
}

async function userByEmail(reads: SourceReads, call: Parameters<SourceReads['ask']>[0]): Promise<Gathered<UserRow>> {
  const at = new Date();
  try {
    const row = (await reads.ask(call)) as UserRow | null;
    return { ...nothing(), known: row ? [{ row, at, origin: 'VENDOR' }] : [], readAt: at };
  } catch (error) {
    return failedBy(error);
  }
}

function matching<R extends { readonly email: string | null }>(all: Gathered<R>, email: string): Gathered<R> {
  return { ...all, known: all.known.filter(({ row }) => row.email !== null && sameText(row.email, email)) };
}

/** The groups of these ids, however few calls that takes; what the vendor does not know is left out. */
async function groupsByKey(reads: SourceReads, paths: readonly Path[]): Promise<Groups> {
  const answers = await Promise.all(
    paths.map((path) => reads.get('groups', path).catch((error: unknown) => failedBy<GroupRow>(error))),
  );
  const parts = answers.map((answer): Groups => {
    if (answer === null) return nothing();
    return 'known' in answer ? answer : { ...nothing(), known: [answer] };
  });
  return together(parts);
}

/** A federated group shows whether it can be addressed only beside all the others: without the list's word it cannot. */
async function withWholeRows(reads: SourceReads, groups: Groups): Promise<Groups> {
  const federated = groups.known.filter(({ row }) => row.editable === false);
  if (federated.length === 0) return groups;
  const whole = await reads.all('groups');
  const rows = new Map(whole.known.map((one): [string, Known<GroupRow>] => [refKey(one.row), one]));
  const unlisted = (one: Known<GroupRow>) =>
    federated.includes(one) ? { ...one, row: { ...one.row, addressable: false } } : one;
  return {
    ...groups,
    known: groups.known.map((one) => rows.get(refKey(one.row)) ?? unlisted(one)),
    failures: [...groups.failures, ...whole.failures],
  };
}

function failedBy<R>(error: unknown): Gathered<R> {
  if (error instanceof VendorError) return failed(error);
  throw error;
}
