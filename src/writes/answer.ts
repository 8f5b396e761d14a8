/** What a mutation is answered, as the ledger keeps it: JSON, so that it can be answered again as it was. */
import type { Confirmation, ErrorCode } from '../../schema/enums.js';
import type { GroupRow, MemberRef, Ref, TesterRow, UserRow } from '../vendors/vendor.js';
import type { CallRecord } from './plan.js';

/** One thing that went wrong, in words for the caller. */
export interface Complaint {
  readonly code: ErrorCode;
  readonly message: string;
  /** The place in the input; null when no single value is at fault. */
  readonly field: readonly string[] | null;
  /** Global id of the group or member that was refused. */
  readonly target: string | null;
  readonly source: string | null;
  readonly retryAfterSeconds: number | null;
}

/** A member by his id alone, or with his row where a read told it. */
export type ToldMember = MemberRef | UserRow;

/** What a mutation brought about, of the nouns that its payload shows. */
export interface Shown {
  readonly group?: GroupRow | null;
  readonly groups?: readonly GroupRow[];
  readonly tester?: TesterRow | null;
  readonly added?: readonly ToldMember[];
  readonly removed?: readonly ToldMember[];
  readonly unchanged?: readonly ToldMember[];
  readonly deletedId?: string | null;
  /** Several groups that were written to, to be shown as they are when the answer is given. */
  readonly touched?: readonly Ref[];
}

export interface Answer extends Shown {
  /** Null where the input named none that could be found. */
  readonly source: string | null;
  /** The one group that was edited, as the input named it. */
  readonly about: Ref | null;
  readonly userErrors: readonly Complaint[];
  readonly calls: readonly CallRecord[];
  readonly confirmedBy: Confirmation | null;
  /** How to find out what became of it, where that is not known. */
  readonly hint: string | null;
  /** When it was told, ISO 8601. */
  readonly at: string;
}
