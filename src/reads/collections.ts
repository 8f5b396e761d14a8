import type {
  Adapter,
  Collection,
  Configured,
  GroupRow,
  OrganizationRow,
  Path,
  ProjectRow,
  Ref,
  Remembered,
  TesterRow,
  UserRow,
} from '../vendors/vendor.js';

/** The nouns that a source keeps collections of, and their rows. */
export interface Nouns {
  organizations: OrganizationRow;
  projects: ProjectRow;
  users: UserRow;
  groups: GroupRow;
  testers: TesterRow;
}
export type NounName = keyof Nouns;

export type AnyCollection<R extends Ref> = Collection<R> | Configured<R> | Remembered<R>;

export const singular = {
  organizations: 'Organization',
  projects: 'Project',
  users: 'User',
  testers: 'Tester',
} as const;

/** The type of a noun's rows. A vendor whose groups are read has one kind of them. */
export function typeOf(noun: NounName, { paths }: Adapter): Ref['type'] {
  if (noun !== 'groups') return singular[noun];
  return Object.keys(paths).find((type) => type.endsWith('Group')) as Ref['type'];
}

export function isConfigured<R extends Ref>(of: AnyCollection<R>): of is Configured<R> {
  return 'configured' in of && !('ledger' in of);
}

export function isRemembered<R extends Ref>(of: AnyCollection<R>): of is Remembered<R> {
  return 'ledger' in of;
}

export function isCollection<R extends Ref>(of: AnyCollection<R>): of is Collection<R> {
  return 'within' in of;
}

/** Whether the rows of a noun are kept in a list of this very scope. */
export function keepsListOf(adapter: Adapter, noun: NounName, scope: Path, as: 'organizations' | 'projects'): boolean {
  const collection = adapter[noun] as AnyCollection<Ref> | undefined;
  if (!collection || !isCollection(collection)) return false;
  const { within } = collection;
  return typeof within === 'string'
    ? within === as
    : within.some((kept) => kept.length > 0 && kept.join() === scope.join());
}

/** What names the list of a noun in a scope. */
export function listKey(noun: NounName, scope: Path): string {
  return scope.length === 0 ? `all ${noun}` : `all ${noun} ${JSON.stringify(scope)}`;
}
