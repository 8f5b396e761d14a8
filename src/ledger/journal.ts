/** The journal of intents: what is about to be sent, under which key, and what became of it. */
import type { LedgerState } from '../../schema/enums.js';
import type { Fact, Ref } from '../vendors/vendor.js';
import type { LedgerError } from './ledger.js';

/** One mutation that is about to be sent. */
export interface Intent {
  /** Ours, and nobody else's. */
  readonly id: string;
  readonly caller: string;
  readonly mutation: string;
  /** Holds its outcome for the same caller and mutation, unless that is UNSENT. */
  readonly key: string;
  /** Equal for equal inputs. */
  readonly fingerprint: string;
  readonly source: string;
  /** The group that is edited; null for what makes a new one or touches several. */
  readonly group: Ref | null;
  readonly createdAt: Date;
  /** Until when its calls may be under way. As long as it stands without an outcome it is unsettled since then, or since `createdAt`. */
  readonly underWayUntil?: Date;
  /** JSON of `writes/`: the calls as values, and what to look for at the vendor when their answer is lost. */
  readonly plan: string;
}

/** What became of an intent. */
export interface Outcome {
  readonly intent: Intent;
  readonly state: Exclude<LedgerState, 'INTENT'>;
  readonly finishedAt: Date;
  /** Since when it is open whether the vendor will still apply the write; null where that is settled. */
  readonly unsettledSince: Date | null;
  /** JSON of what the caller was answered, to be answered again. */
  readonly answer: string;
  /** What the ledger must remember of it, since no vendor will tell. */
  readonly facts: readonly Fact[];
}

/** An intent as it stands in the ledger. Without an answer when it is under way, or its process ended before it came. */
export interface Entry extends Omit<Intent, 'underWayUntil'> {
  readonly state: LedgerState;
  readonly finishedAt: Date | null;
  readonly unsettledSince: Date | null;
  readonly answer: string | null;
}

export interface EntryFilter {
  readonly states?: readonly LedgerState[];
  readonly source?: string;
  readonly limit: number;
}

/** What may be asked of a journal by whoever only looks. */
export interface JournalReader {
  /** The newest entry of a key, whatever became of it; `caller` and `mutation` left out mean any. */
  newest(key: string, of?: { readonly caller?: string; readonly mutation?: string }): Promise<Entry | null>;
  /** Newest first. Rejects for a damaged one, unless there is somebody to be told of it: it is left out then. */
  entries(filter: EntryFilter, onDamaged?: (error: LedgerError) => void): Promise<Entry[]>;
  close(): Promise<void>;
}

/** What `begin` and `finish` reject with when another entry holds one of the keys: nothing of theirs was entered then. */
export class KeyHeld extends Error {
  override readonly name = 'KeyHeld';

  constructor(options?: ErrorOptions) {
    super('Another entry of the ledger holds this key.', options);
  }
}

/**
 * Every promise here answers when what it did is on disk. An intent whose process has ended without an outcome is UNKNOWN,
 * finished and unsettled since that was noticed: at the start, or where several processes share a ledger, soon after.
 */
export interface Journal extends JournalReader {
  /** The entry that holds a key: the one that is not UNSENT. */
  holder(caller: string, mutation: string, key: string): Promise<Entry | null>;
  /** All of them or none, before anything is sent. Rejects when one of the keys is held. */
  begin(intents: readonly Intent[]): Promise<void>;
  /** All of them or none, with their facts, before anybody is answered. What was never begun is entered now. */
  finish(outcomes: readonly Outcome[]): Promise<void>;
  /** Since when the last write of a group that may still take effect is unsettled; an intent that stands there counts. */
  unsettledSince(source: string, group: Ref): Promise<Date | null>;
  /** Forgets what was finished before that; how many. Facts stay. In small steps, so that others get their turn. */
  prune(before: Date): Promise<number>;
}

/** A name that is held by one, in whatever process of those that share the ledger. */
export interface Lock {
  /** False once it was lost, with the connection that held it. */
  readonly isHeld: boolean;
  release(): Promise<void>;
}
