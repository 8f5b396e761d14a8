/** Edits of members where a vendor can add and remove single ones. */
import { VendorError, type Whom } from '../http/errors.js';
import type { Lock } from '../ledger/journal.js';
import type { Ledger } from '../ledger/ledger.js';
import { type Fact, type GroupType, type Path, type Ref } from '../vendors/vendor.js';
import { carryOut, doneItems, factsOf, wasLost, type CarriedOut, type Cleared } from './carry-out.js';
import { intentOf, outcomeOf } from './entries.js';
import { heldElsewhere, named, noLedger, type Failure } from './failure.js';
import type { Job } from './group-queues.js';
import { canLook, look } from './look.js';
import {
  expectationOfEdit,
  refusedShrinking,
  stateOfEdit,
  type EditResult,
  type MemberEdit,
  type MemberFate,
} from './member-edit.js';
import { memberKey, nativePlan, type NativePlan, type NativeStep } from './native-plan.js';
import { itemKey, planned, type CallRecord } from './plan.js';
import { proved, readBack } from './read-back.js';
import { unkept, type Recorder } from './recorder.js';
import { waitsUntil, type Queued } from './task.js';

/** An edit of members that is sent as the vendor's own adds and removes. */
export class NativeEdit implements Job {
  readonly share = null;
  readonly until: number;
  #tooFew: Failure | null = null;

  constructor(
    private readonly task: Queued<EditResult>,
    private readonly edit: MemberEdit,
    private readonly ledger: Ledger,
    private readonly recorder: Recorder,
  ) {
    this.until = waitsUntil(task);
  }

  refuse(failure: Failure, calls: readonly CallRecord[] = []): void {
    this.task.answer(this.task.conclude({ failure, fates: [], calls, group: null }));
  }

  async run(_together: readonly Job[], lock: Lock): Promise<void> {
    try {
      const reads: CallRecord[] = [];
      const plan = await nativePlan(this.task.at, this.edit, this.ledger, reads);
      if ('code' in plan) this.refuse(plan, reads);
      else if (!lock.isHeld) this.refuse(heldElsewhere(this.task.at.session.whom), reads);
      else await this.#carryOut(plan, reads);
    } catch (error) {
      this.task.fail(error);
    }
  }

  async #carryOut(plan: NativePlan, reads: readonly CallRecord[]): Promise<void> {
    const { order, at, ifLost } = this.task;
    const { source, session } = at;
    const of = (wanted: boolean) => plan.steps.filter((step) => step.wanted === wanted).flatMap(({ items }) => items);
    const calls = [...reads, ...plan.steps.map(({ call }) => planned(call, session))];
    const planKept = { calls, expects: expectationOfEdit(at, of(true), of(false)), ifLost };
    const intent = intentOf(order, at, planKept);
    if (plan.steps.length > 0 && !(await this.recorder.begin([intent])))
      return this.refuse(noLedger(session.whom), reads);
    const carried = await carryOut(plan.steps, {
      session,
      clearUp: (step) => this.#clearUp(step),
      objection: (step, before) => (step.wanted ? null : this.#leavesTooFew(plan, before)),
      keep: (facts) => this.recorder.keep(source.name, order.caller, facts),
    });
    const fates = await this.#fates(plan, carried);
    const result = { failure: null, fates, calls: [...reads, ...carried.map(({ call }) => call)], group: null };
    const [state, answer] = [stateOfEdit(result), this.task.conclude(result)];
    // What a look showed after a lost answer may have been so before, unless a read had shown that it was not.
    const mayComeLate = state === 'UNKNOWN' || (plan.count === null && carried.some(wasLost));
    // The facts of the steps before were kept before the next was sent.
    const outcome = outcomeOf(intent, state, answer, carried.slice(-1).flatMap(factsOf), mayComeLate);
    const isKept = await this.recorder.finish([outcome]);
    // Where nothing was sent, nothing needs to be kept.
    this.task.answer(isKept || carried.length === 0 ? answer : unkept(answer, session.whom));
  }

  /** Where some of a set's adds were refused, its removes leave fewer than was said. */
  #leavesTooFew({ count, unchanged }: NativePlan, before: readonly CarriedOut<NativeStep>[]): Failure | null {
    if (count === null) return null;
    const members = [...unchanged, ...before.flatMap(doneItems)];
    const { expectedCount } = this.edit;
    if (expectedCount !== null) return null;
    const edit = { ...this.edit, members };
    this.#tooFew ??= refusedShrinking(edit, count, this.task.at.session.whom, 'Nobody was taken out.');
    return this.#tooFew;
  }

  async #clearUp({ items, wanted }: NativeStep): Promise<Cleared | null> {
    const { at } = this.task;
    const { adapter } = at.source;
    const expects = expectationOfEdit(at, wanted ? items : [], wanted ? [] : items);
    if (!expects || !canLook(expects, adapter)) return null;
    try {
      const { at: lookedAt, members, seen } = await look(expects, { ...at.source, session: at.session });
      const keys = new Set(members.map(itemKey));
      const places = [...items.keys()].filter((place) => keys.has(itemKey(items[place]!)));
      const facts = 'ledger' in adapter.groups ? members.map((path) => factOf(at.group, path, wanted)) : [];
      return { at: lookedAt, seen: places, answer: { facts }, candidates: [], isAll: seen === 'all' };
    } catch (error) {
      if (!(error instanceof VendorError)) throw error;
      return null;
    }
  }

  async #fates(
    { unchanged, known }: NativePlan,
    carried: readonly CarriedOut<NativeStep>[],
  ): Promise<readonly MemberFate[]> {
    const { at } = this.task;
    const { whom } = at.session;
    const back = at.source.adapter.memberEdits === 'read-back' ? await readBack(at, carried) : null;
    const fates = carried.flatMap((one) =>
      one.step.items.map((path, place) => {
        const fate = fateOf(one, path, place, whom);
        if (back) return proved(fate, one.step.wanted, back, whom);
        return fate.became === 'added' && known.has(memberKey(path)) ? { ...fate, became: 'unchanged' as const } : fate;
      }),
    );
    return [...unchanged.map((path): MemberFate => ({ path, row: null, became: 'unchanged', by: null })), ...fates];
  }
}

/** What the outcome of its step means for one member. */
function fateOf({ step, outcome, call }: CarriedOut<NativeStep>, path: Path, place: number, whom: Whom): MemberFate {
  const fate = (became: MemberFate['became'], by: MemberFate['by'] = null) => ({ path, row: null, became, by });
  const made = step.wanted ? 'added' : 'removed';
  switch (outcome.is) {
    case 'done':
      return outcome.answer.refused?.includes(place) ? fate(refusedItem(whom, call.status)) : fate(made, outcome.by);
    case 'failed':
      return outcome.cleared?.seen.includes(place) ? fate(made, 'READ_BACK') : fate(outcome.failure);
    case 'skipped':
      return fate(outcome.failure);
  }
}

function refusedItem(whom: Whom, status: number | null): Failure {
  const message = `${named(whom)} refused this member, though not the whole call (status ${status}).`;
  return { code: 'VENDOR_REJECTED', message, retryAfterSeconds: null, state: 'REFUSED', about: 'item' };
}

/** What the answer that was lost would have had the ledger remember. */
function factOf(group: Ref, path: Path, wanted: boolean): Fact {
  const member = { type: 'User', path, vendorId: path.at(-1)! } as const;
  const kind = wanted ? 'membership' : 'departure';
  return { kind, group: group as Ref & { type: GroupType }, member };
}
