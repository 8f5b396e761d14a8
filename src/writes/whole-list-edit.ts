import type { Intent, Lock } from '../ledger/journal.js';
import type { GroupRow } from '../vendors/vendor.js';
import { pathsOf } from './as-meant.js';
import { intentOf, outcomeOf } from './entries.js';
import type { Failure } from './failure.js';
import type { Job } from './group-queues.js';
import {
  changesOf,
  expectationOfEdit,
  refusedShrinking,
  stateOfEdit,
  type EditResult,
  type MemberEdit,
  type MemberFate,
} from './member-edit.js';
import type { CallRecord } from './plan.js';
import { unkept, type Recorder } from './recorder.js';
import { waitsUntil, type Queued } from './task.js';
import { WholeListTurn, type Change } from './whole-list.js';

/** An edit of members that shares one read and one write of the whole list with those that wait beside it. */
export class WholeListEdit implements Job {
  readonly share: number | null;
  readonly until: number;
  #failure: Failure | null = null;
  #changes: readonly Change[] = [];
  #intent: Intent | null = null;

  constructor(
    private readonly task: Queued<EditResult>,
    private readonly edit: MemberEdit,
    private readonly recorder: Recorder,
  ) {
    // A set is judged by the list that it replaces, not by what others add to it in the same turn.
    this.share = edit.does === 'set' ? null : edit.members.length;
    this.until = waitsUntil(task);
  }

  refuse(failure: Failure): void {
    this.task.answer(this.task.conclude({ failure, fates: [], calls: [], group: null }));
  }

  async run(together: readonly Job[], lock: Lock): Promise<void> {
    const edits = together as readonly WholeListEdit[];
    try {
      const turn = new WholeListTurn(this.task.at, lock, {
        // A set is the whole list or nothing: a part of it was never meant.
        mayPart: this.edit.does !== 'set',
        begin: (call) => this.#begin(edits, call),
      });
      const before = await turn.read();
      for (const edit of edits) edit.#face(before);
      await turn.carryOut(
        edits.map((edit) => edit.#changes),
        'code' in before ? null : before,
      );
      await this.#conclude(edits, turn);
    } catch (error) {
      for (const { task } of edits) task.fail(error);
    }
  }

  /** What the edit is, seen from the list as it is now. */
  #face(before: GroupRow | Failure): void {
    if ('code' in before) {
      this.#failure = before;
      return;
    }
    const now = pathsOf(before);
    this.#failure = refusedShrinking(this.edit, now.length, this.task.at.session.whom);
    if (this.#failure) return;
    const { adds, removes, unchanged } = changesOf(this.edit, now);
    const change = (wanted: boolean) => (member: Change['member']) => ({
      member,
      wanted,
      made: false,
      fate: null,
    });
    this.#changes = [...[...adds, ...unchanged].map(change(true)), ...removes.map(change(false))];
  }

  /** An edit has an intent only once that is on disk. */
  async #begin(edits: readonly WholeListEdit[], call: CallRecord): Promise<boolean> {
    const intents = edits.map((edit) => edit.#intentWith([call]));
    if (!(await this.recorder.begin(intents))) return false;
    for (const [place, edit] of edits.entries()) edit.#intent = intents[place]!;
    return true;
  }

  #intentWith(calls: readonly CallRecord[]): Intent {
    const { order, at, ifLost } = this.task;
    const of = (wanted: boolean) =>
      this.#changes.filter((change) => change.wanted === wanted).map(({ member }) => member);
    const expects = expectationOfEdit(at, of(true), of(false));
    return intentOf(order, at, { calls, expects, ifLost });
  }

  async #conclude(edits: readonly WholeListEdit[], turn: WholeListTurn): Promise<void> {
    const ended = edits.map((edit) => {
      const result = edit.#result(turn);
      const state = stateOfEdit(result);
      const answer = edit.task.conclude(result);
      // Of what was not even begun there is nothing to keep: its key is free.
      const intent = edit.#intent ?? (state === 'UNSENT' ? null : edit.#intentWith([]));
      return {
        edit,
        answer,
        outcome: intent && outcomeOf(intent, state, answer, [], turn.isUnsettled),
      };
    });
    const isKept = await this.recorder.finish(ended.flatMap(({ outcome }) => outcome ?? []));
    for (const { edit, answer } of ended) {
      const { task } = edit;
      // Where nothing was sent, nothing needs to be kept.
      task.answer(isKept || !edit.#intent ? answer : unkept(answer, task.at.session.whom));
    }
  }

  #result({ calls, group }: WholeListTurn): EditResult {
    return { failure: this.#failure, fates: this.#changes.map(fateOf), calls, group };
  }
}

function fateOf({ member: path, wanted, made, fate }: Change): MemberFate {
  if (!fate) throw new Error('a change was left without a fate');
  if ('failure' in fate) return { path, row: null, became: fate.failure, by: null };
  const became = !made ? 'unchanged' : wanted ? 'added' : 'removed';
  return { path, row: null, became, by: fate.by };
}
