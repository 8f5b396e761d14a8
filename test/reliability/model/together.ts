/** Several edits at once: in which order they are served nobody promises, only that there is one which explains what they were told. */
import { isDeepStrictEqual } from 'node:util';
import { outcomeOf, type Edit, type Telling } from './edit.js';
import type { Payload } from './orders.js';
import { isTold } from './telling.js';
import { company, nobody, type GroupState, type Member, type ModelVendor } from './vendors.js';

export interface Told {
  readonly edit: Edit;
  readonly telling: Telling;
}

/**
 * How many writes it takes to serve them one after the other in an order in which each comes to what it was told; null where
 * no order explains that and what the group is now.
 */
export function writesInSomeOrder(
  vendor: ModelVendor,
  before: GroupState,
  after: GroupState,
  all: readonly { readonly edit: Edit; readonly payload: Payload }[],
): number | null {
  if (all.length === 0) return isDeepStrictEqual(plain(before), plain(after)) ? 0 : null;
  for (const first of all) {
    const outcome = outcomeOf(vendor, before, first.edit, null);
    // Who needed nothing may have shared a write with others, and is told that.
    const confirmedBy = outcome.confirmedBy ?? first.payload.confirmedBy;
    if (!isTold(vendor, first.edit, first.payload, { ...outcome, confirmedBy })) continue;
    const others = all.filter((one) => one !== first);
    const writes = writesInSomeOrder(vendor, outcome.after, after, others);
    if (writes !== null) return outcome.writes + writes;
  }
  return null;
}

/** What one edit says of one member. */
export interface Word {
  readonly wanted: boolean;
  readonly is: 'made' | 'unchanged' | 'perhaps made';
}

/** The same member by member, where some edits failed: those whom no order explains. */
export function unexplained(
  { edits }: ModelVendor,
  before: GroupState,
  after: GroupState,
  all: readonly Told[],
): readonly Member[] {
  // Calls are made about who is so already, too.
  const isLoose = edits !== 'the list';
  return [...company.keys(), nobody].filter(
    (member) => !leads(before.members.has(member), after.members.has(member), wordsOf(member, all), isLoose),
  );
}

/** What all of them say of a member. */
export function wordsOf(member: Member, all: readonly Told[]): readonly Word[] {
  return all.flatMap(({ edit, telling }): Word[] => {
    if (edit.does === 'change' || (edit.does !== 'set' && !edit.members.includes(member))) return [];
    const wanted = edit.does !== 'remove' && edit.members.includes(member);
    const is = telling.fates.get(member) ?? telling.failure;
    // What was left out because of what became of the one before has the same code, and nothing confirms it.
    if (is === 'OUTCOME_UNKNOWN' && telling.confirmedBy === 'UNKNOWN') return [{ wanted, is: 'perhaps made' }];
    return is === 'made' || is === 'unchanged' ? [{ wanted, is }] : [];
  });
}

/** What a group's value can be after changes of it. */
export function valuesOf(before: GroupState, all: readonly Told[]): readonly number[] {
  const valuesIf = (failure: Telling['failure']) =>
    all.flatMap(({ edit, telling }) => (edit.does === 'change' && telling.failure === failure ? edit.value : []));
  const made = valuesIf(null);
  return [...(made.length > 0 ? made : [before.value]), ...valuesIf('OUTCOME_UNKNOWN')];
}

/** Whether the words, in some order, lead from one to the other. */
function leads(from: boolean, to: boolean, words: readonly Word[], isLoose: boolean): boolean {
  if (words.length === 0) return from === to;
  return words.some((word) => {
    const rest = words.filter((one) => one !== word);
    const { wanted, is } = word;
    if (is === 'perhaps made') return leads(from, to, rest, isLoose) || leads(wanted, to, rest, isLoose);
    const fits = is === 'unchanged' ? from === wanted : isLoose || from !== wanted;
    return fits && leads(wanted, to, rest, isLoose);
  });
}

function plain({ members, value }: GroupState) {
  return { members: [...members].toSorted(), value };
}
