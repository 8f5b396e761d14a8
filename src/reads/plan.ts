/** What a collection lets be done for keys of one scope, and how long its list is as far as we have seen. */
export interface Ways {
  readonly one: boolean;
  /** At most so many ids in one call; 0 where there is no such call. */
  readonly maxKeys: number;
  readonly pages: boolean;
  /** Pages of the list when it was last read whole; null while nobody knows. */
  readonly pagesSeen: number | null;
  /** Whether the list costs nothing: this request reads it anyway, or it is kept. */
  readonly listAtHand: boolean;
}

export type ReadPlan = 'list' | 'many' | 'one' | 'none';

/**
 * The cheapest way to read K keys of one scope, counted in calls. A list costs its pages, and is taken to be one page
 * long while nobody knows better, except where ids go many at a time: those cost what they cost. At equal cost several
 * keys are read by the list, since its rows serve every later key too.
 */
export function planFor(keys: number, { one, maxKeys, pages, pagesSeen, listAtHand }: Ways): ReadPlan {
  if (listAtHand) return 'list';
  if (maxKeys > 0) return pages && pagesSeen !== null && pagesSeen < Math.ceil(keys / maxKeys) ? 'list' : 'many';
  if (!pages) return one ? 'one' : 'none';
  return one && (keys === 1 || keys < (pagesSeen ?? 1)) ? 'one' : 'list';
}
