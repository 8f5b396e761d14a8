import type { Confirmation } from '../../schema/enums.js';
import { VendorError } from '../http/errors.js';
import { newReceipt } from '../http/receipt.js';
import type { Session } from '../http/session.js';
import type { Fact, GroupRow, Path, WriteAnswer, WriteStep } from '../vendors/vendor.js';
import { failureOf, noLedger, notSeen, skippedAfter, type Failure } from './failure.js';
import { planned, sent, type CallRecord } from './plan.js';

/** What became of one step. */
export type StepOutcome =
  /** The vendor did it, save the items that its answer refuses. */
  | { readonly is: 'done'; readonly answer: WriteAnswer; readonly by: Exclude<Confirmation, 'UNKNOWN'> }
  /** It was not done, or nobody knows, save of those items that a read then showed as they were to be. */
  | { readonly is: 'failed'; readonly failure: Failure; readonly wasSent: boolean; readonly cleared: Cleared | null }
  /** Nobody tried to send it, because of what became of a step before it. */
  | { readonly is: 'skipped'; readonly failure: Failure };

export interface CarriedOut<Step extends WriteStep = WriteStep> {
  readonly step: Step;
  readonly outcome: StepOutcome;
  readonly call: CallRecord;
}

/** What a read showed of a step whose answer was lost. */
export interface Cleared {
  readonly at: Date;
  /** The places of the items that are as they were to be. */
  readonly seen: readonly number[];
  /** What an answer would have told of them. */
  readonly answer: WriteAnswer;
  /** Groups that it may have made, where nothing proves it. */
  readonly candidates: readonly GroupRow[];
  /** Whether nothing of the step is open any more. */
  readonly isAll: boolean;
}

export interface CarryingOut<Step extends WriteStep = WriteStep> {
  readonly session: Session;
  /** Looks for what a step whose answer was lost was to bring about; null where nobody can be asked. It writes nothing. */
  clearUp(step: Step): Promise<Cleared | null>;
  /** Why a step is not to be sent after what became of those before it; null where it is. */
  objection?(step: Step, before: readonly CarriedOut<Step>[]): Failure | null;
  /** Keeps the facts of a step before the next is sent; false where they cannot be kept. */
  keep(facts: readonly Fact[]): Promise<boolean>;
}

/** Sends the steps of a plan in their order, each exactly once. It rejects for no failure of the vendor or of the ledger. */
export async function carryOut<Step extends WriteStep>(
  plan: readonly Step[],
  how: CarryingOut<Step>,
): Promise<readonly CarriedOut<Step>[]> {
  const { session } = how;
  // Made before anything is sent: what cannot be addressed stops the whole plan.
  const calls = plan.map(({ call }) => planned(call, session));
  const carried: CarriedOut<Step>[] = [];
  let stop: Failure | null = null;
  for (const [place, step] of plan.entries()) {
    if (stop) {
      const outcome = { is: 'skipped', failure: skippedAfter(stop, session.whom) } as const;
      carried.push({ step, outcome, call: calls[place]! });
      continue;
    }
    const failure = how.objection?.(step, carried);
    if (failure) {
      carried.push({ step, outcome: { is: 'skipped', failure }, call: calls[place]! });
      continue;
    }
    const one = await sendStep(step, how);
    carried.push(one);
    stop = reasonToStop(one.outcome);
    const facts = factsOf(one);
    if (place < plan.length - 1 && facts.length > 0 && !(await how.keep(facts))) stop ??= noLedger(session.whom);
  }
  return carried;
}

/** The items of a step that are as they were to be. */
export function doneItems({ step, outcome }: CarriedOut): readonly Path[] {
  if (outcome.is === 'skipped') return [];
  if (outcome.is === 'failed') return (outcome.cleared?.seen ?? []).map((place) => step.items[place]!);
  return step.items.filter((_, place) => !outcome.answer.refused?.includes(place));
}

/** What the ledger must remember of a step. */
export function factsOf({ outcome }: CarriedOut): readonly Fact[] {
  if (outcome.is === 'skipped') return [];
  return outcome.is === 'done' ? outcome.answer.facts : (outcome.cleared?.answer.facts ?? []);
}

async function sendStep<Step extends WriteStep>(
  step: Step,
  { session, clearUp }: CarryingOut<Step>,
): Promise<CarriedOut<Step>> {
  const calls: CallRecord[] = [];
  const receipt = newReceipt();
  try {
    const answer = await sent(step.call, session, calls, receipt);
    return { step, outcome: { is: 'done', answer, by: 'VENDOR_RESPONSE' }, call: calls[0]! };
  } catch (error) {
    if (!(error instanceof VendorError)) throw error;
    const failure = failureOf(error, receipt);
    const cleared = failure.state === 'UNKNOWN' ? await clearUp(step) : null;
    const outcome: StepOutcome = cleared?.isAll
      ? { is: 'done', answer: cleared.answer, by: 'READ_BACK' }
      : {
          is: 'failed',
          failure: cleared ? notSeen(failure, cleared.at, cleared.candidates) : failure,
          wasSent: receipt.sent,
          cleared,
        };
    return { step, outcome, call: calls[0]! };
  }
}

/**
 * After a lost answer or refused credentials nothing more is sent, nor to a source that cannot be reached: each further try
 * would wait for it again.
 */
function reasonToStop(outcome: StepOutcome): Failure | null {
  if (outcome.is !== 'failed') return null;
  const { failure, wasSent } = outcome;
  return failure.state === 'UNKNOWN' || failure.code === 'VENDOR_AUTH' || !wasSent ? failure : null;
}

/** Whether only a look afterwards told that it was done. */
export function wasLost({ outcome }: CarriedOut): boolean {
  return outcome.is === 'done' && outcome.by === 'READ_BACK';
}
