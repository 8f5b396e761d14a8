import { sentenceOf, type Whom } from '../../http/errors.js';
import type { Answer, Complaint } from '../../writes/answer.js';
import type { Order } from '../../writes/entries.js';
import { confirmationOf, type EditResult } from '../../writes/member-edit.js';
import type { StepsResult } from '../../writes/steps.js';
import { touchedBy } from './touched-by.js';
import type { Asked, ChangeIntended, EditIntended, Intention, StepsIntended } from './mutation.js';
import { answersOf } from './mutation.js';
import { shownOf } from './shown.js';
import { ofEdit, ofFailure, ofSteps, whereToLook } from './user-errors.js';

/** Carries out what is intended, and answers what came of it. */
export async function changed({ request }: Asked, intention: Intention, order: Order): Promise<Answer> {
  const { writes } = request;
  const { source } = intention;
  const session = request.session(source);
  const ifLost = lost(intention, session.whom);
  const at = { source, session };
  source.shared.begin();
  try {
    switch (intention.is) {
      case 'steps': {
        const { plan, expects } = intention;
        const conclude = (result: StepsResult) => ofStepsResult(intention, result);
        const task = { order, at: { ...at, group: null }, ifLost, conclude };
        const answer = await writes.carryOut(task, { plan, reads: [], expects });
        noteNew(intention, answer);
        return answer;
      }
      case 'edit': {
        const conclude = (result: EditResult) => ofEditResult(intention, result);
        return await writes.editMembers(
          { order, at: { ...at, group: intention.group.ref }, ifLost, conclude },
          intention.edit,
        );
      }
      case 'change': {
        const conclude = (result: StepsResult) => ofStepsResult(intention, result);
        return await writes.changeGroup(
          { order, at: { ...at, group: intention.group.ref }, ifLost, conclude },
          intention.change,
        );
      }
    }
  } finally {
    // What was read before is older than what was written.
    await source.shared.touch(touchedBy(intention));
    request.forget(source);
  }
}

/** A group that was made just now helps to tell the next one. */
function noteNew({ source, expects }: StepsIntended, { group }: Answer): void {
  if (group && expects?.of === 'new group') source.recentGroups.made(expects.scope, group, Date.parse(expects.since));
}

/** What an edit came to, or would. */
export function ofEditResult(intention: EditIntended, result: EditResult): Answer {
  const userErrors = ofEdit(intention, result);
  const { calls, group, failure } = result;
  return {
    source: intention.source.name,
    about: failure ? null : intention.group.ref,
    ...shownOf(result),
    group,
    userErrors,
    calls,
    confirmedBy: confirmationOf(result),
    hint: hintOf(userErrors),
    at: new Date().toISOString(),
  };
}

function ofStepsResult(intention: StepsIntended | ChangeIntended, result: StepsResult): Answer {
  const { failure, carried, calls, confirmedBy } = result;
  const userErrors = failure ? [ofFailure(failure, intention)] : ofSteps(intention, carried);
  const shown = intention.is === 'steps' ? intention.show(carried) : changeShown(intention, result);
  const hint = hintOf(userErrors);
  const about = intention.is === 'change' && !failure ? intention.group.ref : null;
  return {
    source: intention.source.name,
    about,
    ...shown,
    userErrors,
    calls,
    confirmedBy,
    hint,
    at: new Date().toISOString(),
  };
}

function changeShown({ change, group }: ChangeIntended, { carried, confirmedBy }: StepsResult) {
  const isDone = confirmedBy === 'VENDOR_RESPONSE' || confirmedBy === 'READ_BACK';
  if (!change) return { deletedId: isDone ? group.id : null };
  const [row] = answersOf(carried).flatMap((answer) => answer.group ?? []);
  return { group: row ?? null };
}

/** How to find out what became of it, and when that was tried already. */
function hintOf(userErrors: readonly Complaint[]): string | null {
  return userErrors.find(({ code }) => code === 'OUTCOME_UNKNOWN')?.message ?? null;
}

/** What is told of a write when its process ended before there was an outcome. */
function lost(intention: Intention, whom: Whom): Complaint {
  const code = 'OUTCOME_UNKNOWN';
  const message = `${sentenceOf(code, whom)} ${whereToLook(intention)}`;
  const target = intention.is === 'steps' ? null : intention.group.id;
  return { code, message, field: null, target, source: whom.source, retryAfterSeconds: null };
}
