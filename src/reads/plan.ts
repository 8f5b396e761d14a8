import type { Collection, Path } from '../vendors/vendor.js';
import { listKey, type NounName, type Nouns } from './collections.js';
import type { Sizes } from './sizes.js';

/** What a collection lets be done for keys of one scope, and how long its list is as far as we have seen. */
export interface Ways {
  readonly one: boolean;
  /** At most so many ids in one call; 0 where there is no such call. */
  readonly maxKeys: number;
  readonly pages: boolean;
  /** Pages of the list when it was last read whole; null while nobody knows. */
  readonly pagesSeen: number | null;
  /** How long the list and one row by its id took of late, in milliseconds; null while nobody knows. */
  readonly listMs: number | null;
  readonly oneMs: number | null;
}

export type ReadPlan = 'list' | 'many' | 'one' | 'none';

/**
 * The cheapest way to read K keys of one scope, counted in calls. A list costs its pages, and is taken to be one page
 * long while nobody knows better, except where ids go many at a time: those cost what they cost. At equal cost it is what is
 * expected to take less time, keys being read side by side; while nobody knows, the list, since its rows serve every later key too.
 */
export function planFor(keys: number, ways: Ways): ReadPlan {
  const { one, maxKeys, pages, pagesSeen } = ways;
  if (maxKeys > 0) return pages && pagesSeen !== null && pagesSeen < Math.ceil(keys / maxKeys) ? 'list' : 'many';
  if (!pages) return one ? 'one' : 'none';
  const listCalls = pagesSeen ?? 1;
  return one && (keys === 1 || keys < listCalls || (keys === listCalls && isSooner(ways))) ? 'one' : 'list';
}

/** What can be done for keys of a scope, by what was learnt of its source. */
export function waysOf<N extends NounName>(
  noun: N,
  scope: Path,
  { one, many, pages }: Pick<Collection<Nouns[N]>, 'one' | 'many' | 'pages'>,
  sizes: Pick<Sizes, 'get' | 'times'>,
): Ways {
  return {
    one: one !== undefined,
    maxKeys: many?.maxKeys ?? 0,
    pages: pages !== undefined,
    pagesSeen: sizes.get(listKey(noun, scope))?.pages ?? null,
    listMs: sizes.times.expected(noun, 'list'),
    oneMs: sizes.times.expected(noun, 'one'),
  };
}

/** Whether rows by their ids are expected before the list is. */
function isSooner({ oneMs, listMs }: Ways): boolean {
  return oneMs !== null && listMs !== null && oneMs < listMs;
}
