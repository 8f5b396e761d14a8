/** The tables in an embedded ledger's file, and how a file of an earlier version becomes one of this. */
import Database from 'libsql';
import { LedgerError } from '../ledger.js';

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
  `
  create table entries (
    seq integer primary key,
    id text not null unique,
    caller text not null, mutation text not null, key text not null, fingerprint text not null,
    source text not null, group_key text, writer text not null, created_at integer not null, plan text not null,
    state text not null, finished_at integer, unsettled_since integer, answer text
  ) strict;
  create unique index entries_held on entries (caller, mutation, key) where state <> 'UNSENT';
  create index entries_by_key on entries (key);
  create index entries_by_state on entries (state);
  create index entries_by_source on entries (source);
  create index entries_by_end on entries (finished_at) where finished_at is not null;
  create index entries_unsettled on entries (source, group_key) where unsettled_since is not null;
  `,
  // A row is known again by its sums, is found by its key in two places, and a change of when it was made is seen in one.
  `
  alter table "groups" add column row_sum integer;
  alter table "groups" add column written_sum integer;
  alter table testers add column row_sum integer;
  alter table testers add column written_sum integer;
  alter table memberships add column row_sum integer;
  alter table entries add column intent_sum integer;
  alter table entries add column state_sum integer;
  alter table entries add column answer_sum integer;
  create index groups_by_key on "groups" (key, source);
  create index testers_by_key on testers (key, source);
  drop index entries_by_key;
  create index entries_by_key on entries (key, created_at);
  create table commits (number integer not null) strict;
  insert into commits values (0);
  `,
];

/** The first version that has a journal. */
const JOURNAL_VERSION = 2;
/** The first version whose rows have sums. */
const SUMS_VERSION = 3;

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
  if (version < 0 || (version === 0 && !empty)) {
    throw Object.assign(new Error(`${file}: its version is ${version}`), { code: 'SQLITE_CORRUPT' });
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

/** Refuses what whoever only looks at the journal cannot make one of this version. */
export function checkJournal(database: Database.Database, file: string): void {
  const version = checkedVersion(database, file);
  if (version >= SUMS_VERSION) return;
  const what = version < JOURNAL_VERSION ? 'has no journal yet' : 'is of an earlier version';
  throw new LedgerError(file, `${what}: start this version of Rollcall on it once`);
}

/** Brings the file to this version, all of it or not at all. */
export function migrate(database: Database.Database, file: string, to = migrations.length): void {
  const version = checkedVersion(database, file);
  if (version === to) return;
  inOneTransaction(database, () => {
    for (const migration of migrations.slice(version, to)) database.exec(migration);
    database.exec(`pragma user_version = ${to}`);
  });
}

/** Whether the tables are those of a version, word by word; there may be others beside them. */
export function hasItsTables(database: Database.Database, version: number): boolean {
  const empty = new Database(':memory:');
  migrate(empty, ':memory:', version);
  const found = new Set(definitionsIn(database));
  const expected = definitionsIn(empty);
  empty.close();
  return expected.every((definition) => found.has(definition));
}

function definitionsIn(database: Database.Database): string[] {
  const rows = database.prepare('select hex(name) as name, hex(sql) as sql from sqlite_schema').all([]);
  return (rows as { name: string; sql: string }[]).map(({ name, sql }) => `${name}: ${sql}`);
}

/** Synchronous on purpose: a transaction that waits between its statements would take in what others write meanwhile. */
export function inOneTransaction<T>(database: Database.Database, act: () => T): T {
  database.exec('begin immediate');
  try {
    const done = act();
    database.exec('commit');
    return done;
  } catch (error) {
    // SQLite has rolled back by itself where the disk failed.
    if (database.inTransaction) database.exec('rollback');
    throw error;
  }
}

// By `all`, since `get` of libsql leaves the read open and `pluck` answers an object.
export function pragmaNumber(database: Database.Database, name: string): number {
  const [row] = database.pragma(name) as { [column: string]: number }[];
  return row?.[name] ?? 0;
}
