import { setTimeout as pause } from 'node:timers/promises';
import type { Whom } from '../http/errors.js';
import type { Lock } from '../ledger/journal.js';
import type { Ledger } from '../ledger/ledger.js';
import { refKey, type Ref } from '../vendors/vendor.js';
import type { OnLedgerTrouble } from './recorder.js';
import { heldElsewhere, heldShut, noLedger, type Failure } from './failure.js';

/** An edit of a group that waits for its turn. */
export interface Job {
  /** Until when it may wait, in milliseconds of `Date.now()`. */
  readonly until: number;
  /** How many members it changes, where it may share a turn with others; null: it goes alone. */
  readonly share: number | null;
  /** Ends it before anything of it was sent. */
  refuse(failure: Failure): void;
  /** Carries it out together with those that share its turn, itself the first; never rejects. */
  run(together: readonly Job[], lock: Lock): Promise<void>;
}

/** As many changes of members as one write carries, unless a single edit has more. */
const MOST_CHANGES = 250;

/** After a turn that was shared or waited for, nobody is served before nobody new has come for so long; but not for longer than this. */
const QUIET_MS = 5;
const MOST_GATHERING_MS = 100;

/** Milliseconds, or as long as others keep coming. */
type Rest = number | 'gather';

/** The edits of all groups: of each group one turn at a time, in the order in which they came, in all processes together. */
export class GroupQueues {
  readonly #queues = new Map<string, GroupQueue>();

  constructor(
    private readonly ledger: Ledger,
    private readonly onTrouble: OnLedgerTrouble,
  ) {}

  /** How many groups have edits that wait or are being carried out. */
  get size(): number {
    return this.#queues.size;
  }

  /** How many edits wait, of all groups together. */
  get waiting(): number {
    let waiting = 0;
    for (const queue of this.#queues.values()) waiting += queue.waiting;
    return waiting;
  }

  enter(whom: Whom, group: Ref, settleMs: number, job: Job): void {
    const key = JSON.stringify([whom.source, refKey(group)]);
    const present = this.#queues.get(key);
    if (present) return present.enter(job);
    const { ledger, onTrouble } = this;
    const onIdle = () => this.#queues.delete(key);
    const queue = new GroupQueue({ name: `group ${key}`, whom, group, settleMs, ledger, onTrouble, onIdle });
    this.#queues.set(key, queue);
    queue.enter(job);
    void queue.work();
  }
}

interface QueueOf {
  /** In the ledger's locks. */
  readonly name: string;
  readonly whom: Whom;
  readonly group: Ref;
  readonly settleMs: number;
  readonly ledger: Ledger;
  readonly onTrouble: OnLedgerTrouble;
  /** Told at the moment when nobody waits any more: who comes after that needs a new queue. */
  readonly onIdle: () => void;
}

class GroupQueue {
  #waiting: Job[] = [];
  /** As many as ever shared a turn: when they are here again, there is nobody to wait for. */
  #most = 0;
  /** Until when the group is shut, in milliseconds of `Date.now()`. */
  #shutUntil = 0;

  constructor(private readonly of: QueueOf) {}

  get waiting(): number {
    return this.#waiting.length;
  }

  enter(job: Job): void {
    if (job.until < this.#shutUntil) job.refuse(heldShut(this.of.whom, this.#shutUntil - Date.now()));
    else this.#waiting.push(job);
  }

  /** Goes on until nobody waits. Who comes to an idle group is served at once. */
  async work(): Promise<void> {
    while (this.#waiting.length > 0) await this.#rest(await this.#turn());
    this.of.onIdle();
  }

  /** One turn, or none where the group is shut or held elsewhere; what to do before the next. */
  async #turn(): Promise<Rest> {
    try {
      const lock = await this.of.ledger.lock(this.of.name, this.#shortestWait());
      if (!lock) return this.#refuseLate(heldElsewhere(this.of.whom), Date.now());
      try {
        const shutMs = await this.#shutMs();
        if (shutMs > 0) return this.#refuseLate(heldShut(this.of.whom, shutMs), this.#shutUntil, shutMs);
        const together = this.#nextTogether();
        this.#most = Math.max(this.#most, together.length);
        await together[0]!.run(together, lock);
        return together.length > 1 || this.#waiting.length > 0 ? 'gather' : 0;
      } finally {
        await lock.release();
      }
    } catch (error) {
      this.of.onTrouble(error);
      return this.#refuseLate(noLedger(this.of.whom), Number.POSITIVE_INFINITY);
    }
  }

  /** Where several came at once, they come again: it is worth a moment, since each turn that is saved saves two calls. */
  async #rest(rest: Rest): Promise<void> {
    if (rest !== 'gather') return rest > 0 ? pause(rest) : undefined;
    const end = performance.now() + MOST_GATHERING_MS;
    // Whoever was just answered needs a moment to come again; it costs nobody anything as long as nobody waits.
    while (this.#waiting.length === 0 && performance.now() < end) await pause(QUIET_MS);
    for (let before = -1; before !== this.#waiting.length && performance.now() < end; await pause(QUIET_MS)) {
      if (this.#most > 1 && this.#waiting.length >= this.#most) return;
      before = this.#waiting.length;
    }
  }

  /** The first who waits, and those right behind him who may share his turn. */
  #nextTogether(): readonly Job[] {
    let changes = 0;
    const end = this.#waiting.findIndex(({ share }, place) => {
      if (place > 0 && (share === null || changes + share > MOST_CHANGES)) return true;
      changes += share ?? MOST_CHANGES;
      return false;
    });
    return this.#waiting.splice(0, end < 0 ? this.#waiting.length : end);
  }

  async #shutMs(): Promise<number> {
    const since = await this.of.ledger.unsettledSince(this.of.whom.source, this.of.group);
    this.#shutUntil = since ? since.getTime() + this.of.settleMs : 0;
    return this.#shutUntil - Date.now();
  }

  #shortestWait(): number {
    return Math.max(0, Math.min(...this.#waiting.map(({ until }) => until)) - Date.now());
  }

  /** Those whose time ends before `open` are refused; the others wait. */
  #refuseLate(failure: Failure, open: number, restMs = 0): number {
    const late = this.#waiting.filter(({ until }) => until <= open);
    this.#waiting = this.#waiting.filter(({ until }) => until > open);
    for (const job of late) job.refuse(failure);
    return restMs;
  }
}
