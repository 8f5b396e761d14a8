/** The entries of the journal as this room writes them. */
import { randomUUID } from 'node:crypto';
import type { Intent, Outcome } from '../ledger/journal.js';
import type { Fact } from '../vendors/vendor.js';
import type { Answer, Complaint } from './answer.js';
import type { Expectation } from './expectation.js';
import type { CallRecord } from './plan.js';
import { addressed, type At } from './source.js';

/** A mutation as its caller sent it: whose it is, and what makes it the same when it comes again. */
export interface Order {
  readonly caller: string;
  readonly mutation: string;
  readonly key: string;
  /** Equal for equal inputs. */
  readonly fingerprint: string;
}

/** What is kept of a write before it is sent. */
export interface Planned {
  readonly calls: readonly CallRecord[];
  readonly expects: Expectation | null;
  /** What the caller is told when the process ends before an outcome is known. */
  readonly ifLost: Complaint;
}

export function intentOf(order: Order, at: At, plan: Planned): Intent {
  const { source, group } = at;
  const named = group && addressed({ ...at, group });
  const createdAt = new Date();
  const longest = source.writeTimeoutMs * Math.max(1, plan.calls.length);
  return {
    ...order,
    id: randomUUID(),
    source: source.name,
    group: named,
    createdAt,
    underWayUntil: new Date(createdAt.getTime() + longest),
    plan: JSON.stringify(plan),
  };
}

export function outcomeOf(
  intent: Intent,
  state: Outcome['state'],
  answer: Answer,
  facts: readonly Fact[],
  isUnsettled: boolean,
): Outcome {
  const finishedAt = new Date();
  return {
    intent,
    state,
    finishedAt,
    unsettledSince: isUnsettled ? finishedAt : null,
    answer: JSON.stringify(answer),
    facts,
  };
}
