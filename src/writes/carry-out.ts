import { VendorError } from '../http/errors.js';
import type { Session } from '../http/session.js';
import { newReceipt, type Receipt } from '../http/receipt.js';
import type { Ledger } from '../ledger/ledger.js';
import type { Fact, Path, WriteAnswer, WriteStep } from '../vendors/vendor.js';
import { planned, type CallRecord, type Plan } from './plan.js';

/** What became of one step. */
export type Outcome =
  /** The vendor did it, save the items that its answer refuses. `remembered` is false where the ledger failed then. */
  | { readonly is: 'done'; readonly answer: WriteAnswer; readonly remembered: boolean }
  /** The vendor answered that it did nothing. */
  | { readonly is: 'refused'; readonly error: VendorError }
  /** It was sent, and nobody knows whether the vendor did it. */
  | { readonly is: 'unknown'; readonly error: VendorError }
  /** It could not be sent. */
  | { readonly is: 'unsent'; readonly error: VendorError }
  /** Nobody tried to send it, because of what became of a step before it. */
  | { readonly is: 'skipped'; readonly after: VendorError | 'forgotten' };

export interface CarriedOut {
  readonly step: WriteStep;
  readonly outcome: Outcome;
  readonly call: CallRecord;
}

/**
 * Sends the steps of a plan in their order, each exactly once, and remembers what an answer tells before the next is sent.
 * It rejects for no failure of the vendor or of the ledger.
 */
export async function carryOut(
  plan: Plan,
  session: Session,
  ledger: Ledger,
  caller: string,
): Promise<readonly CarriedOut[]> {
  // Made before anything is sent: what cannot be addressed stops the whole plan.
  const calls = plan.map((step) => planned(step, session));
  const carried: CarriedOut[] = [];
  let stopped: VendorError | 'forgotten' | null = null;
  for (const [place, step] of plan.entries()) {
    const receipt = newReceipt();
    const outcome: Outcome = stopped
      ? { is: 'skipped', after: stopped }
      : await outcomeOf(step, session, receipt, (facts) => remember(ledger, session.whom.source, caller, facts));
    const { status, durationMs } = receipt;
    carried.push({ step, outcome, call: { ...calls[place]!, status, durationMs } });
    stopped ??= reasonToStop(outcome);
  }
  return carried;
}

/** The items of a step that the vendor did not refuse. */
export function doneItems({ step, outcome }: CarriedOut): readonly Path[] {
  if (outcome.is !== 'done') return [];
  return step.items.filter((_, place) => !outcome.answer.refused?.includes(place));
}

async function outcomeOf(
  { call }: WriteStep,
  session: Session,
  receipt: Receipt,
  keep: (facts: readonly Fact[]) => Promise<boolean>,
): Promise<Outcome> {
  try {
    const answer = await session.write(call, receipt);
    return { is: 'done', answer, remembered: await keep(answer.facts) };
  } catch (error) {
    if (!(error instanceof VendorError)) throw error;
    if (error.code === 'OUTCOME_UNKNOWN') return { is: 'unknown', error };
    return { is: receipt.sent ? 'refused' : 'unsent', error };
  }
}

/**
 * Whether the facts are safe. When the ledger fails here the vendor has done its part already, and for all that nobody else
 * will ever tell the new id: so it stays done and is answered as the vendor answered it, with a word that it is forgotten.
 */
async function remember(ledger: Ledger, source: string, caller: string, facts: readonly Fact[]): Promise<boolean> {
  if (facts.length === 0) return true;
  try {
    await ledger.remember(source, caller, facts, new Date());
    return true;
  } catch {
    return false;
  }
}

/**
 * After a lost answer or refused credentials nothing more is sent, nor to a source that cannot be reached: each further try
 * would wait for it again. What would be forgotten is not begun.
 */
function reasonToStop(outcome: Outcome): VendorError | 'forgotten' | null {
  switch (outcome.is) {
    case 'unknown':
    case 'unsent':
      return outcome.error;
    case 'refused':
      return outcome.error.code === 'VENDOR_AUTH' ? outcome.error : null;
    case 'done':
      return outcome.remembered ? null : 'forgotten';
    case 'skipped':
      return outcome.after;
  }
}
