import { refKey, type Ref } from '../../vendors/vendor.js';
import type { NounName } from '../collections.js';
import type { ListOf } from './kept.js';

/** What a write changed, as far as anybody may have kept it. */
export interface Touched {
  /** Whether a row is another now, or no longer unknown. */
  row(noun: NounName, ref: Ref, isKnown: boolean): boolean;
  list(of: ListOf, rows: readonly Ref[]): boolean;
}

/** An edit of a group, and of whose groups it is among: of these people, or of anybody's where nobody knows. */
export function groupTouched(group: Ref, members: readonly Ref[] | null): Touched {
  const own = refKey(group);
  const people = members && new Set(members.map(refKey));
  return {
    row: (noun, ref) => noun === 'groups' && refKey(ref) === own,
    list: (of, rows) => {
      if ('noun' in of) return of.noun === 'groups' && rows.some((row) => refKey(row) === own);
      const hangsOn = refKey(of.of);
      const isTheirs = of.of.type === 'User' && (people?.has(hangsOn) ?? true);
      return hangsOn === own || isTheirs || rows.some((row) => refKey(row) === own);
    },
  };
}

/** Something new, or gone: every list may be another, and what was not known may be there now. People stay who they were. */
export const anythingButPeople: Touched = {
  row: (noun, _ref, isKnown) => noun !== 'users' || !isKnown,
  list: (of) => !('noun' in of) || of.noun !== 'users',
};

/** A group that is new or gone: other groups stay as they were, each for itself. */
export function groupsTouched(gone: Ref | null): Touched {
  const own = gone && refKey(gone);
  return {
    row: (noun, ref, isKnown) => !isKnown || noun === 'projects' || (noun === 'groups' && refKey(ref) === own),
    list: (of, rows) => {
      if ('noun' in of) return of.noun === 'groups' || of.noun === 'projects';
      return of.name !== 'members' || refKey(of.of) === own || rows.some((row) => refKey(row) === own);
    },
  };
}
