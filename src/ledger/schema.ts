/** The tables of the embedded ledger, and how a file of an earlier version becomes one of this. */
import type Database from 'libsql';
import { LedgerError } from './ledger.js';

interface RowTable {
  source: string;
  key: string;
  row: string;
  /** Who wrote the row as it is now. */
  caller: string;
  written_at: string;
}

/** What Kysely knows of the file: key columns to find rows by, the rows themselves as JSON text. */
export interface Tables {
  groups: RowTable;
  testers: RowTable;
  memberships: {
    source: string;
    group_key: string;
    member_key: string;
    member: string;
    caller: string;
    written_at: string;
  };
}

/** Marks the file as ours in its header (`Roll`), so that no other program's database is ever written into. */
const APPLICATION_ID = 0x526f6c6c;

/** Each makes the next version of its predecessor's file; a released one is never changed. */
const migrations = [
  `
  create table "groups" (
    source text not null, key text not null, row text not null, caller text not null, written_at text not null,
    primary key (source, key)
  ) strict, without rowid;
  create table testers (
    source text not null, key text not null, row text not null, caller text not null, written_at text not null,
    primary key (source, key)
  ) strict, without rowid;
  create table memberships (
    source text not null, group_key text not null, member_key text not null,
    member text not null, caller text not null, written_at text not null,
    primary key (source, group_key, member_key)
  ) strict, without rowid;
  create index memberships_by_member on memberships (source, member_key, group_key);
  pragma application_id = ${APPLICATION_ID};
  `,
];

/** The version of a ledger's file, 0 for an empty one; what is no ledger of ours, or a later one, is refused unchanged. */
export function checkedVersion(database: Database.Database, file: string): number {
  const version = pragmaNumber(database, 'user_version');
  const empty = database.prepare('select 1 from sqlite_schema limit 1').all([]).length === 0;
  if (!empty && pragmaNumber(database, 'application_id') !== APPLICATION_ID) {
    throw new LedgerError(
      file,
      'is the database of another program: name another file at `ledger` in the configuration',
    );
  }
  if (version > migrations.length) {
    throw new LedgerError(
      file,
      `was written by a newer Rollcall (its version is ${version}, this one knows ${migrations.length}): ` +
        'start the newer Rollcall, or name another file at `ledger` in the configuration',
    );
  }
  return version;
}

/** Brings the file to this version, all of it or not at all; of several processes at a new file one does it. */
export function migrate(database: Database.Database, file: string): void {
  if (checkedVersion(database, file) === migrations.length) return;
  inOneTransaction(database, () => {
    for (const migration of migrations.slice(checkedVersion(database, file))) database.exec(migration);
    database.exec(`pragma user_version = ${migrations.length}`);
  });
}

/** Synchronous on purpose: a transaction that waits between its statements would lock out every other connection meanwhile. */
export function inOneTransaction(database: Database.Database, act: () => void): void {
  database.exec('begin immediate');
  try {
    act();
    database.exec('commit');
  } catch (error) {
    // SQLite has rolled back by itself where the disk failed.
    if (database.inTransaction) database.exec('rollback');
    throw error;
  }
}

// By `all`, since `get` of libsql leaves the read open and `pluck` answers an object.
function pragmaNumber(database: Database.Database, name: string): number {
  const [row] = database.pragma(name) as { [column: string]: number }[];
  return row?.[name] ?? 0;
}
