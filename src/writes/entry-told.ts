/** The entries of the journal as they are read out again. */
import type { Entry } from '../ledger/journal.js';
import type { Ref } from '../vendors/vendor.js';
import type { Answer } from './answer.js';
import type { Planned } from './entries.js';
import type { Expectation, NewGroup } from './expectation.js';

/** What the caller of an entry was answered, or has to be told where the process ended before there was an answer. */
export function answerOf(entry: Entry): Answer {
  if (entry.answer !== null) return JSON.parse(entry.answer) as Answer;
  const { calls, ifLost } = plannedOf(entry);
  const { source, group: about } = entry;
  const at = (entry.finishedAt ?? entry.createdAt).toISOString();
  return { source, about, userErrors: [ifLost], calls, confirmedBy: 'UNKNOWN', hint: ifLost.message, at };
}

/** What can be looked for at the vendor, by its id where that was told; null where no read is documented for it. */
export function expectationOf(entry: Entry): Expectation | null {
  const { expects } = plannedOf(entry);
  const group = expects?.of === 'new group' ? groupMade(entry) : null;
  if (expects?.of !== 'new group' || !group) return expects;
  const { name, roles } = expects;
  return { of: 'group', group, changes: { name, roles } };
}

/** The create of a group that can be looked for by its name; null for any other write. */
export function createOf(entry: Entry): NewGroup | null {
  const { expects } = plannedOf(entry);
  return expects?.of === 'new group' ? expects : null;
}

/** The group that a create was answered with, or that was found for it; null where that is not known. */
export function groupMade(entry: Entry): Ref | null {
  const { group = null } = entry.answer === null ? {} : answerOf(entry);
  return group && { type: group.type, path: group.path };
}

/** An entry for people. */
export function toldOf(entry: Entry): Pick<Answer, 'calls' | 'userErrors' | 'hint'> {
  if (entry.state !== 'INTENT') return answerOf(entry);
  const { calls, ifLost } = plannedOf(entry);
  return {
    calls,
    userErrors: [],
    hint: `It is being carried out, or its process has ended just now. ${ifLost.message}`,
  };
}

function plannedOf({ plan }: Entry): Planned {
  return JSON.parse(plan) as Planned;
}
