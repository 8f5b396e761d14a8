import { VendorError, type Whom } from '../http/errors.js';
import type { UserRow } from '../vendors/vendor.js';
import { doneItems, type CarriedOut } from './carry-out.js';
import { changedMeanwhile, type Failure } from './failure.js';
import { membersNow } from './look.js';
import type { MemberFate } from './member-edit.js';
import type { NativeStep } from './native-plan.js';
import { itemKey } from './plan.js';
import type { GroupAt } from './source.js';

/** The members as a read after the edit told them. */
export type ReadBack = ReadonlyMap<string, UserRow>;

/** What a refusal may mean of a member who is as he was to be already: nobody documents which of these it is. */
function mayMeanAlready({ code }: Failure, wanted: boolean): boolean {
  return code === 'VENDOR_CONFLICT' || (code === 'NOT_FOUND' && !wanted);
}

/** Reads the members once for a whole edit, no further than it takes; null where there is nothing to see, or no way. */
export async function readBack(
  { source, session, group }: GroupAt,
  carried: readonly CarriedOut<NativeStep>[],
): Promise<ReadBack | null> {
  // A source that has just left a write unanswered, and a look at it too, is not waited for again.
  if (carried.some(isSilent)) return null;
  if (!carried.some((one) => doneItems(one).length > 0 || isPerhapsAlready(one))) return null;
  const isOnlyAdds = carried.every((one) => one.step.wanted && !isPerhapsAlready(one));
  try {
    const sought = isOnlyAdds ? carried.flatMap(doneItems) : undefined;
    const members = await membersNow(group, { ...source, session }, sought);
    return members && new Map((members as readonly UserRow[]).map((row) => [itemKey(row.path), row]));
  } catch (error) {
    // The write stands by its answer, whatever became of a look at it.
    if (!(error instanceof VendorError)) throw error;
    return null;
  }
}

/** What became of a member, now that it can be seen. */
export function proved(fate: MemberFate, wanted: boolean, back: ReadBack, whom: Whom): MemberFate {
  const row = back.get(itemKey(fate.path)) ?? null;
  const isAsWanted = (row !== null) === wanted;
  const { became } = fate;
  if (typeof became !== 'string') {
    const isAlready = isAsWanted && mayMeanAlready(became, wanted);
    return isAlready ? { path: fate.path, row, became: 'unchanged', by: null } : fate;
  }
  if (isAsWanted) return { ...fate, row, by: 'READ_BACK' };
  const what = `a read after it ${wanted ? 'does not show' : 'still shows'} this member in the group`;
  return { ...fate, became: changedMeanwhile(whom, what), by: null };
}

function isSilent({ outcome }: CarriedOut): boolean {
  return outcome.is === 'failed' && outcome.failure.state === 'UNKNOWN' && !outcome.cleared;
}

function isPerhapsAlready({ step, outcome }: CarriedOut<NativeStep>): boolean {
  return outcome.is === 'failed' && mayMeanAlready(outcome.failure, step.wanted);
}
