/** What the graph may ask of what no vendor remembers. The SQL, and which database it is, stay behind it. */
import type { Journal, Lock } from './journal.js';
import type { Fact, GroupRow, MemberRef, Path, Ref, TesterRow } from '../vendors/vendor.js';

/** A group as last written, since no vendor can be asked what it is called now. */
export interface RememberedGroup {
  readonly row: GroupRow;
  /** The last write of the group or of a membership in it. */
  readonly writtenAt: Date;
}

/** A tester as last written; no vendor lists them. */
export interface RememberedTester {
  readonly row: TesterRow;
  readonly writtenAt: Date;
}

/** One membership, seen from its group. */
export interface RememberedMember {
  readonly member: MemberRef;
  /** The first write: putting a member in again changes nothing. */
  readonly writtenAt: Date;
}

/** The one durable store of what was written through here: what no vendor tells, and the journal. Lists come in any order. */
export interface Ledger extends Journal {
  groups(source: string): Promise<RememberedGroup[]>;
  group(source: string, ref: Ref): Promise<RememberedGroup | null>;
  testers(source: string): Promise<RememberedTester[]>;
  /**
   * Members of many groups at once, by `refKey` of the group; every asked group has an entry, perhaps empty. Memberships
   * of a group that `group` does not know are told as well: a configuration may name it, and a later write make it known.
   */
  members(source: string, groups: readonly Ref[]): Promise<ReadonlyMap<string, readonly RememberedMember[]>>;
  /** The groups that a user or tester was put into through here, whether `group` knows them or not. */
  groupsOf(source: string, member: Ref): Promise<readonly Ref[]>;
  /** All of it or none, and on disk before it answers: what is lost here, nobody can tell again. */
  remember(source: string, caller: string, facts: readonly Fact[], at: Date): Promise<void>;
  /**
   * Waits until no other process holds this name, at most so many milliseconds; null when it does then. Within one process
   * the caller sees to it that a name is asked for by one at a time.
   */
  lock(name: string, waitMs: number): Promise<Lock | null>;
  /** Whether other processes may write through the same ledger, so that what is held must be held in it. */
  readonly isShared: boolean;
  close(): Promise<void>;
}

/** A ledger that cannot be used. The message is one sentence for people: which file, what is wrong, what to do. */
export class LedgerError extends Error {
  override readonly name = 'LedgerError';

  constructor(
    readonly file: string,
    wrongAndRemedy: string,
    options?: ErrorOptions,
  ) {
    super(`The ledger ${file} ${wrongAndRemedy}.`, options);
  }
}

/** The ref that `refKey` made a key of. */
export function refOfKey(key: string): Ref {
  const [type, ...path] = JSON.parse(key) as [Ref['type'], ...Path];
  return { type, path };
}
