import type { Ledger } from '../ledger/ledger.js';
import type { Answer } from './answer.js';
import type { Order } from './entries.js';
import { GroupChange, type Change } from './group-change.js';
import { GroupQueues, type Job } from './group-queues.js';
import { Keys, type Once } from './keys.js';
import type { EditResult, MemberEdit } from './member-edit.js';
import { NativeEdit } from './native-edit.js';
import { Recorder, type OnLedgerTrouble } from './recorder.js';
import { addressed, type At } from './source.js';
import { perform, type Steps, type StepsResult } from './steps.js';
import type { Queued, Task } from './task.js';
import { WholeListEdit } from './whole-list-edit.js';

/** What all writes of a process go through. */
interface Shared {
  readonly keys: Keys;
  readonly queues: GroupQueues;
}

/** The way of every write: once for its key, in its group's turn, with its intent on disk before and its outcome after. */
export class Writes {
  readonly #shared: Shared;
  readonly #recorder: Recorder;

  constructor(
    readonly ledger: Ledger,
    private readonly onTrouble: OnLedgerTrouble = () => {},
    shared?: Shared,
  ) {
    this.#shared = shared ?? { keys: new Keys(ledger), queues: new GroupQueues(ledger, onTrouble) };
    this.#recorder = new Recorder(ledger, onTrouble);
  }

  /** The same way; of trouble with the ledger that one of its own has, somebody else is told. */
  toldTo(onTrouble: OnLedgerTrouble): Writes {
    return new Writes(this.ledger, onTrouble, this.#shared);
  }

  /** How many edits wait for the turn of their group. */
  get waiting(): number {
    return this.#shared.queues.waiting;
  }

  /** How many groups have edits that wait or are being carried out. */
  get groups(): number {
    return this.#shared.queues.size;
  }

  /** Does it, unless its key has led to an answer already. */
  once(order: Order, isGiven: boolean, act: () => Promise<Answer>): Promise<Once> {
    return this.#shared.keys.once(order, isGiven, act, this.onTrouble);
  }

  /** Sends what edits no single group. */
  carryOut(task: Task<StepsResult, At>, steps: Steps): Promise<Answer> {
    return perform(task, steps, this.#recorder);
  }

  editMembers(task: Task<EditResult>, edit: MemberEdit): Promise<Answer> {
    const isWhole = task.at.source.adapter.commands.replaceMembers !== undefined;
    return this.#queued(task, (queued) =>
      isWhole
        ? new WholeListEdit(queued, edit, this.#recorder)
        : new NativeEdit(queued, edit, this.ledger, this.#recorder),
    );
  }

  changeGroup(task: Task<StepsResult>, change: Change): Promise<Answer> {
    return this.#queued(task, (queued) => new GroupChange(queued, change, this.#recorder));
  }

  #queued<Result>(task: Task<Result>, jobOf: (queued: Queued<Result>) => Job): Promise<Answer> {
    const { source, session } = task.at;
    return new Promise((answer, fail) => {
      this.#shared.queues.enter(session.whom, addressed(task.at), source.settleMs, jobOf({ ...task, answer, fail }));
    });
  }
}
