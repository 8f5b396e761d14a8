/** Writes that are a row of calls: creates, adds to several groups, changes of a group itself. */
import type { Confirmation } from '../../schema/enums.js';
import { VendorError, type Whom } from '../http/errors.js';
import type { Outcome } from '../ledger/journal.js';
import type { Answer } from './answer.js';
import { isAsMeant } from './as-meant.js';
import { carryOut, doneItems, factsOf, wasLost, type CarriedOut, type Cleared } from './carry-out.js';
import { intentOf, outcomeOf } from './entries.js';
import type { Expectation, NewGroup } from './expectation.js';
import { changedMeanwhile, noLedger, type Failure } from './failure.js';
import { canLook, look, type OthersLike } from './look.js';
import { planned, type CallRecord, type Plan } from './plan.js';
import { unkept, type Recorder } from './recorder.js';
import type { At } from './source.js';
import type { Task } from './task.js';

export interface Steps {
  readonly plan: Plan;
  /** The reads that it hangs on. */
  readonly reads: readonly CallRecord[];
  readonly expects: Expectation | null;
  /** Whether no read just before showed that what is expected is not so yet: that it is seen afterwards proves nothing then. */
  readonly mayBeSoAlready?: boolean;
}

export interface StepsResult {
  /** Why nothing of it was sent at all. */
  readonly failure: Failure | null;
  readonly carried: readonly CarriedOut[];
  readonly calls: readonly CallRecord[];
  readonly confirmedBy: Confirmation | null;
}

/** What a task ends as when nothing of it was sent. */
export function notSent<Where extends At>(
  task: Task<StepsResult, Where>,
  failure: Failure,
  calls: readonly CallRecord[] = [],
): Answer {
  return task.conclude({ failure, carried: [], calls, confirmedBy: null });
}

/** Puts the intent on disk, sends the steps, and puts on disk what became of them. */
export async function perform<Where extends At>(
  task: Task<StepsResult, Where>,
  { plan, reads, expects, mayBeSoAlready = false }: Steps,
  recorder: Recorder,
): Promise<Answer> {
  const { order, at, ifLost } = task;
  const { source, session, group } = at;
  const calls = [...reads, ...plan.map(({ call }) => planned(call, session))];
  const intent = intentOf(order, at, { calls, expects, ifLost });
  if (!(await recorder.begin([intent]))) return notSent(task, noLedger(session.whom), reads);
  const othersLike = (expected: NewGroup) => recorder.otherCreates(intent, expected);
  const sent = await carryOut(plan, {
    session,
    clearUp: () => (plan.length === 1 ? cleared(expects, at, othersLike) : Promise.resolve(null)),
    keep: (facts) => recorder.keep(source.name, order.caller, facts),
  });
  const carried = await Promise.all(sent.map((one) => proved(one, expects, at)));
  const state = stateOf(carried);
  const told = [...reads, ...carried.map(({ call }) => call)];
  const answer = task.conclude({ failure: null, carried, calls: told, confirmedBy: confirmationOf(carried) });
  // The facts of the steps before were kept before the next was sent.
  const facts = carried.slice(-1).flatMap(factsOf);
  const mayComeLate = state === 'UNKNOWN' || (mayBeSoAlready && sent.some(wasLost));
  const outcome = outcomeOf(intent, state, answer, facts, group !== null && mayComeLate);
  return (await recorder.finish([outcome])) ? answer : unkept(answer, session.whom);
}

async function cleared(
  expects: Expectation | null,
  { source, session }: At,
  othersLike?: OthersLike,
): Promise<Cleared | null> {
  if (!expects || !canLook(expects, source.adapter)) return null;
  try {
    const { at, seen, group, candidates } = await look(expects, { ...source, session }, othersLike);
    return { at, seen: [], answer: { ...(group && { group }), facts: [] }, candidates, isAll: seen === 'all' };
  } catch (error) {
    if (!(error instanceof VendorError)) throw error;
    return null;
  }
}

/** A change of a group is compared with what the vendor answered or, where that is nothing, with what a read shows. */
async function proved(one: CarriedOut, expects: Expectation | null, at: At): Promise<CarriedOut> {
  if (one.outcome.is !== 'done' || expects?.of !== 'group' || one.outcome.by === 'READ_BACK') return one;
  const told = one.outcome.answer.group;
  if (told && isAsMeant(told, expects.changes)) return one;
  const shown = told ? null : await cleared(expects, at);
  if (!told && !shown) return one;
  if (shown?.isAll) return { ...one, outcome: { ...one.outcome, answer: shown.answer, by: 'READ_BACK' } };
  return { ...one, outcome: contradicted(at.session.whom) };
}

function contradicted(whom: Whom): CarriedOut['outcome'] {
  const failure = changedMeanwhile(whom, 'what it shows now is not what was sent');
  return { is: 'failed', failure, wasSent: true, cleared: null };
}

function stateOf(carried: readonly CarriedOut[]): Outcome['state'] {
  const failures = carried.flatMap(({ outcome }) => (outcome.is === 'done' ? [] : [outcome.failure.state]));
  if (failures.includes('UNKNOWN')) return 'UNKNOWN';
  if (carried.some(wroteSomething)) return 'DONE';
  return failures.length < carried.length || failures.includes('REFUSED') ? 'REFUSED' : 'UNSENT';
}

/** The weakest of the calls that wrote something. */
function confirmationOf(carried: readonly CarriedOut[]): Confirmation | null {
  if (stateOf(carried) === 'UNKNOWN') return 'UNKNOWN';
  const all = new Set(
    carried.filter(wroteSomething).flatMap(({ outcome }) => (outcome.is === 'done' ? outcome.by : [])),
  );
  return (['VENDOR_RESPONSE', 'READ_BACK'] as const).find((by) => all.has(by)) ?? null;
}

function wroteSomething(one: CarriedOut): boolean {
  if (one.outcome.is !== 'done') return false;
  return one.step.items.length === 0 || doneItems(one).length > 0 || factsOf(one).length > 0;
}
