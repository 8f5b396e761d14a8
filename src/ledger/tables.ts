/**
 * The tables of a ledger, the same in any database: columns to find rows by, and what is found as JSON text. An embedded one
 * has columns beside them by which it knows its rows again.
 */
import type { Generated } from 'kysely';
import type { LedgerState } from '../../schema/enums.js';

interface RowTable {
  source: string;
  key: string;
  row: string;
  /** Who wrote the row as it is now. */
  caller: string;
  /** ISO 8601. */
  written_at: string;
}

interface MembershipTable {
  source: string;
  group_key: string;
  member_key: string;
  member: string;
  caller: string;
  written_at: string;
}

/** Moments are milliseconds since 1970. */
export interface EntryTable {
  /** The order in which they were entered. */
  seq: Generated<number>;
  id: string;
  caller: string;
  mutation: string;
  key: string;
  fingerprint: string;
  source: string;
  group_key: string | null;
  /** The opened ledger that entered it. */
  writer: string;
  created_at: number;
  plan: string;
  state: LedgerState;
  finished_at: number | null;
  /** Of an intent, since it began: until it has an outcome it may take effect at any moment. */
  unsettled_since: number | null;
  answer: string | null;
}

/** What is said of an entry when it is begun, and never changed. */
export const intentColumns = [
  'id',
  'caller',
  'mutation',
  'key',
  'fingerprint',
  'source',
  'group_key',
  'writer',
  'created_at',
  'plan',
] as const;

/** What is known of its outcome, apart from the answer. */
export const stateColumns = ['state', 'finished_at', 'unsettled_since'] as const;

export interface Tables {
  groups: RowTable;
  testers: RowTable;
  memberships: MembershipTable;
  entries: EntryTable;
}
