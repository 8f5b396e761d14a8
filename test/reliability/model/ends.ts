/** How an edit ends whose process is killed, or whose ledger fails. */
import { nothing, wishesOf, type Edit, type Outcome } from './edit.js';
import type { GroupState, ModelVendor } from './vendors.js';
import type { Mishap } from './wire.js';

export interface Ended extends Outcome {
  /** Before anybody was answered. */
  readonly isKilled?: boolean;
  /** Its outcome could not be kept, and its caller is told so. */
  readonly isUnkept?: boolean;
}

/** What is left of an outcome when the process is killed on the way, or the ledger cannot be written. */
export function cutShort(
  outcome: Outcome,
  before: GroupState,
  edit: Edit,
  vendor: ModelVendor,
  mishap: Mishap | null,
): Ended {
  const { after, writes, held } = outcome;
  const lost: Ended = { ...nothing(after, 'OUTCOME_UNKNOWN'), confirmedBy: 'UNKNOWN', held: 'UNKNOWN', isOpen: true };
  if (mishap?.is === 'a full disk') {
    if (mishap.at === 'begin') return writes === 0 ? outcome : notBegun(before, edit, vendor);
    if (writes === 0) return { ...outcome, held: null };
    return { ...outcome, held: 'INTENT', isOpen: true, isUnkept: true };
  }
  if (mishap?.is !== 'a kill') return outcome;
  const isKilled = true;
  const forgotten: Ended = { ...nothing(before, 'OUTCOME_UNKNOWN'), isKilled };
  switch (mishap.at) {
    case 'before begin':
      return writes === 0 ? outcome : forgotten;
    case 'after begin':
      return writes === 0 ? outcome : { ...lost, after: before, isKilled };
    case 'a write':
      return writes <= mishap.nth ? outcome : { ...lost, writes, isKilled };
    case 'before finish':
      if (writes > 0) return { ...lost, writes, isKilled };
      return held === null ? outcome : forgotten;
    case 'after finish':
      return writes === 0 && held === null ? outcome : { ...outcome, isKilled };
  }
}

/** Nothing was sent. Where the vendor was read, who is as he was to be is told so. */
function notBegun(before: GroupState, edit: Edit, vendor: ModelVendor): Ended {
  const unsent = nothing(before, 'LEDGER_UNAVAILABLE');
  if (vendor.edits !== 'the list' || edit.does === 'change') return unsent;
  const fates = wishesOf(edit, before).map(({ member, wanted }) => {
    const isSo = before.members.has(member) === wanted;
    return [member, isSo ? 'unchanged' : 'LEDGER_UNAVAILABLE'] as const;
  });
  return { ...unsent, failure: null, fates: new Map(fates) };
}
