import type { NodeType, Path, Ref } from '../vendors/vendor.js';
import { BadInput } from './bad-input.js';
import { parseId } from './global-id.js';
import type { GroupFilter, MemberFilter } from './graph.js';
import { onlyOrganization, type Source, type Sources } from './sources.js';

/** A filter whose names and ids have been checked. Ids are those of one source each, of a scope that it serves. */
export interface Wanted {
  /** The sources that the filter can meet, in configured order. */
  readonly sources: readonly Source[];
  /** Left out where all that the source has belongs to it. */
  readonly organization?: Path;
  readonly project?: Path;
  readonly member?: Ref;
  readonly email?: string;
  readonly nameContains?: string;
}

type AnyFilter = GroupFilter & MemberFilter;

/** Checks a filter before anything is read for it. Fields are joined by AND, so ids of two sources meet nothing. */
export function wantedBy(
  filter: AnyFilter | null | undefined,
  sources: Sources,
  has: (source: Source) => boolean,
): Wanted {
  const { organization, project, member } = {
    organization: idIn(filter?.organization, sources, 'organization', ['Organization']),
    project: idIn(filter?.project, sources, 'project', ['Project']),
    member: idIn(filter?.member, sources, 'member', ['User', 'Tester']),
  };
  const named = namedSources(filter?.sources, sources);
  const kinds = filter?.vendors && new Set(filter.vendors);
  const met = sources.all.filter(
    (source) =>
      has(source) &&
      (!named || named.has(source)) &&
      (!kinds || kinds.has(source.vendor)) &&
      [organization, project, member].every((id) => !id || (id.source === source && source.adapter.serves(id.ref))),
  );
  return {
    sources: met,
    organization: organization && !onlyOrganization(organization.source) ? organization.ref.path : undefined,
    project: project?.ref.path,
    member: member?.ref,
    email: blankless(filter?.email, 'email') ?? blankless(filter?.memberEmail, 'memberEmail'),
    nameContains: filter?.nameContains ?? undefined,
  };
}

function namedSources(names: readonly string[] | null | undefined, sources: Sources): ReadonlySet<Source> | null {
  if (!names) return null;
  return new Set(
    names.map((name) => {
      const source = sources.get(name);
      if (!source)
        throw new BadInput('The filter names a source that is not configured; the query sources lists them.');
      return source;
    }),
  );
}

function idIn(
  id: string | null | undefined,
  sources: Sources,
  field: string,
  types: readonly NodeType[],
): { readonly source: Source; readonly ref: Ref } | null {
  if (id === null || id === undefined) return null;
  const { source, ref } = parseId(id, sources);
  if (types.includes(ref.type as NodeType)) return { source, ref: ref as Ref };
  throw new BadInput(`The filter's ${field} must be the id of a ${types.join(' or ')}, not of a ${ref.type}.`);
}

function blankless(email: string | null | undefined, field: string): string | undefined {
  if (email === null || email === undefined) return undefined;
  if (email.trim() === '') throw new BadInput(`The filter's ${field} is empty; leave it out to have everybody.`);
  return email.trim();
}
