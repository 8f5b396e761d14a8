import type { Lock } from '../ledger/journal.js';
import type { GroupChanges } from '../vendors/vendor.js';
import { isAsMeant } from './as-meant.js';
import { heldElsewhere, type Failure } from './failure.js';
import type { Job } from './group-queues.js';
import type { CallRecord } from './plan.js';
import { readBefore } from './read-before.js';
import type { Recorder } from './recorder.js';
import type { GroupAt } from './source.js';
import { notSent, perform, type Steps, type StepsResult } from './steps.js';
import { waitsUntil, type Queued } from './task.js';

/** What is to be changed of a group; null where it is to be deleted. */
export type Change = GroupChanges | null;

/** A change of a group itself, or its end; it goes alone. */
export class GroupChange implements Job {
  readonly share = null;
  readonly until: number;

  constructor(
    private readonly task: Queued<StepsResult>,
    private readonly change: Change,
    private readonly recorder: Recorder,
  ) {
    this.until = waitsUntil(task);
  }

  refuse(failure: Failure): void {
    this.task.answer(notSent(this.task, failure));
  }

  async run(_together: readonly Job[], lock: Lock): Promise<void> {
    const { task } = this;
    try {
      const reads: CallRecord[] = [];
      const steps = await changeSteps(task.at, this.change, reads);
      if ('code' in steps) task.answer(notSent(task, steps, reads));
      else if (!lock.isHeld) this.refuse(heldElsewhere(task.at.session.whom));
      else task.answer(await perform(task, steps, this.recorder));
    } catch (error) {
      task.fail(error);
    }
  }
}

/** The calls of a change, once the group has been read where the vendor needs that. */
export async function changeSteps(at: GroupAt, change: Change, reads: CallRecord[]): Promise<Steps | Failure> {
  const { source, group } = at;
  const { commands, groupBefore } = source.adapter;
  const mustRead = groupBefore?.writes.includes(change ? 'update' : 'delete');
  const row = mustRead ? await readBefore(at, reads) : null;
  if (row && 'code' in row) return row;
  const expects = change ? ({ of: 'group', group, changes: change } as const) : ({ of: 'no group', group } as const);
  const step = change ? commands.updateGroup!.step(row ?? group, change) : commands.deleteGroup!(group);
  // Of a group that is gone nothing is left that a delete which comes late could undo.
  const mayBeSoAlready = change !== null && (row === null || isAsMeant(row, change));
  return { plan: [step], reads, expects, mayBeSoAlready };
}
