/** Edits of members where a vendor only knows to replace the whole list: read, check, change, write, compare. */
import { VendorError } from '../http/errors.js';
import { newReceipt } from '../http/receipt.js';
import type { Lock } from '../ledger/journal.js';
import type { GroupRow, Path } from '../vendors/vendor.js';
import { areSameMembers, pathsOf } from './as-meant.js';
import {
  changedMeanwhile,
  failureOf,
  heldElsewhere,
  noLedger,
  notSeen,
  skippedAfter,
  type Failure,
} from './failure.js';
import { itemKey, planned, sent, type CallRecord } from './plan.js';
import { readBefore } from './read-before.js';
import type { GroupAt } from './source.js';

/** One member whom one edit wants in the group or out of it. */
export interface Change {
  readonly member: Path;
  readonly wanted: boolean;
  /** Whether a write of ours has brought it about, be it that somebody else has undone it since. */
  made: boolean;
  fate: Fate | null;
}

/** `by` is null where nothing had to be written. */
export type Fate = { readonly by: 'VENDOR_RESPONSE' | 'READ_BACK' | null } | { readonly failure: Failure };

/** One write of the list: what it is to be, and whose changes hang on it. */
interface Attempt {
  readonly row: GroupRow;
  readonly next: readonly Path[];
  readonly changes: readonly Change[];
  /** Those of them that change anything, in the order of the edits. */
  readonly changing: ReadonlySet<Change>;
  readonly round: number;
}

/** How often what somebody else undid meanwhile is done again. */
const MOST_ROUNDS = 3;

/** The changes of one turn at a group. What was sent, and what the group was last seen to be, is left in it. */
export class WholeListTurn {
  readonly calls: CallRecord[] = [];
  group: GroupRow | null = null;
  /** Whether a write whose answer was lost may still take effect. */
  isUnsettled = false;
  #begun = false;
  #stop: Failure | null = null;
  readonly #sent: (readonly Path[])[] = [];

  constructor(
    private readonly at: GroupAt,
    private readonly lock: Lock,
    private readonly how: {
      /** Whether changes that are refused together may be tried in parts. */
      readonly mayPart: boolean;
      /** Puts the intents of all edits on disk, once, before the first write; false where that fails. */
      begin(call: CallRecord): Promise<boolean>;
    },
  ) {}

  /** The group as it is now; a list that cannot be trusted is a failure, since it would be written back. */
  async read(): Promise<GroupRow | Failure> {
    const row = await readBefore(this.at, this.calls);
    this.group = 'code' in row ? null : row;
    return row;
  }

  /** Carries out changes, each of the lists in order; every change has a fate then. `before` was read just now. */
  async carryOut(edits: readonly (readonly Change[])[], before: GroupRow | null = null, round = 1): Promise<void> {
    const all = edits.flat();
    if (all.length === 0) return;
    if (this.#stop) return settle(all, { failure: skippedAfter(this.#stop, this.at.session.whom) });
    const row = before ?? (await this.read());
    if ('code' in row) return this.#fail(all, row);
    const now = pathsOf(row);
    const { next, changing } = listAfter(now, all);
    // Who only repeats what another of them does hangs on the same write.
    const touched = new Set([...changing].map(({ member }) => itemKey(member)));
    const changes = all.filter(({ member }) => touched.has(itemKey(member)));
    for (const change of without(all, changes)) change.fate = { by: change.made ? 'READ_BACK' : null };
    if (changing.size === 0) return;
    if (!areSameMembers(now, next)) return this.#write({ row, next, changes, changing, round });
    // Together they undo each other, and yet each is to be carried out.
    const open =
      edits.length > 1 ? edits.map((edit) => edit.filter(({ fate }) => !fate)) : all.map((change) => [change]);
    for (const edit of open) await this.carryOut([edit], null, round);
  }

  async #write(attempt: Attempt): Promise<void> {
    const { row, next, changes, round } = attempt;
    const { source, session } = this.at;
    const { call } = source.adapter.commands.replaceMembers!(row, next);
    const wasSent = round > 1 && this.#sent.some((list) => areSameMembers(list, next));
    if (wasSent) return settle(changes, { failure: this.#changed() });
    this.#sent.push(next);
    if (!this.#begun && !(await this.how.begin(planned(call, session))))
      return this.#fail(changes, noLedger(session.whom));
    this.#begun = true;
    if (!this.lock.isHeld) return this.#fail(changes, heldElsewhere(session.whom));
    const receipt = newReceipt();
    try {
      const { group } = await sent(call, session, this.calls, receipt);
      await this.#compare(group!, attempt);
    } catch (error) {
      if (!(error instanceof VendorError)) throw error;
      await this.#refused(failureOf(error, receipt), attempt);
    }
  }

  /** The answer holds the list as it is now: what somebody else has changed in it is not passed over. */
  async #compare(group: GroupRow, { changes, changing, round }: Attempt): Promise<void> {
    this.group = group;
    const undone = unlike(changes, pathsOf(group));
    for (const change of changing) change.made = true;
    settle(without(changes, undone), { by: 'VENDOR_RESPONSE' });
    if (undone.length === 0) return;
    if (round === MOST_ROUNDS) return settle(undone, { failure: this.#changed() });
    await this.carryOut([undone], null, round + 1);
  }

  async #refused(failure: Failure, attempt: Attempt): Promise<void> {
    const { changes } = attempt;
    if (failure.state === 'UNKNOWN') return this.#lookAgain(failure, attempt);
    const canPart = this.how.mayPart && changes.length > 1;
    if (failure.code !== 'VENDOR_REJECTED' || !canPart) return this.#fail(changes, failure);
    // Whom it refuses, only smaller writes can tell.
    const half = Math.ceil(changes.length / 2);
    for (const part of [changes.slice(0, half), changes.slice(half)]) await this.carryOut([part]);
  }

  /** That a change is seen proves that it was made; that it is not seen proves nothing. */
  async #lookAgain(failure: Failure, { next, changes, changing }: Attempt): Promise<void> {
    const told = this.calls.length;
    const row = await this.read();
    // A look is no part of the edit.
    this.calls.length = told;
    const now = 'code' in row ? null : pathsOf(row);
    this.isUnsettled = !now || !areSameMembers(now, next);
    const open = now ? unlike(changes, now) : changes;
    const seen = without(changes, open);
    for (const change of seen) change.made ||= changing.has(change);
    if (this.isUnsettled || open.length > 0) this.#stop = failure;
    settle(seen, { by: 'READ_BACK' });
    settle(open, { failure: now ? notSeen(failure, new Date()) : failure });
  }

  #fail(changes: readonly Change[], failure: Failure): void {
    // A refusal of one is none of the others.
    if (failure.code !== 'VENDOR_REJECTED') this.#stop = failure;
    settle(changes, { failure });
  }

  #changed(): Failure {
    return changedMeanwhile(this.at.session.whom, 'its answer is a list without this change');
  }
}

/** The list with the changes made to it in their order, and those that change anything. Who is there keeps his place. */
export function listAfter<Wish extends Pick<Change, 'member' | 'wanted'>>(
  now: readonly Path[],
  wishes: readonly Wish[],
) {
  const list = new Map(now.map((path) => [itemKey(path), path]));
  const changing = new Set<Wish>();
  for (const wish of wishes) {
    const key = itemKey(wish.member);
    if (list.has(key) === wish.wanted) continue;
    changing.add(wish);
    if (wish.wanted) list.set(key, wish.member);
    else list.delete(key);
  }
  return { next: [...list.values()], changing };
}

/** Those whose member, after all of them, is not as the last of them wanted him. */
function unlike(changes: readonly Change[], now: readonly Path[]): readonly Change[] {
  const there = new Set(now.map(itemKey));
  const last = new Map(changes.map(({ member, wanted }) => [itemKey(member), wanted]));
  return changes.filter(({ member }) => there.has(itemKey(member)) !== last.get(itemKey(member)));
}

function settle(changes: readonly Change[], fate: Fate): void {
  for (const change of changes) change.fate = fate;
}

function without(changes: readonly Change[], others: readonly Change[]): readonly Change[] {
  const left = new Set(others);
  return changes.filter((change) => !left.has(change));
}
