/** The tables of a ledger in PostgreSQL, in a schema of their own, and how those of an earlier version become these. */
import type { ClientBase } from 'pg';
import { LedgerError } from '../ledger.js';
import { lockNumber } from './lock-number.js';

export const SCHEMA = 'rollcall';

/** Each makes the next version of its predecessor; a released one is never changed. Texts are compared by their bytes. */
const migrations = [
  `
  create table rollcall.ledger (version integer not null);
  insert into rollcall.ledger values (0);

  create table rollcall.groups (
    source text collate "C" not null, key text collate "C" not null,
    row text not null, caller text not null, written_at text not null,
    primary key (source, key)
  );
  create table rollcall.testers (
    source text collate "C" not null, key text collate "C" not null,
    row text not null, caller text not null, written_at text not null,
    primary key (source, key)
  );
  create table rollcall.memberships (
    source text collate "C" not null, group_key text collate "C" not null, member_key text collate "C" not null,
    member text not null, caller text not null, written_at text not null,
    primary key (source, group_key, member_key)
  );
  create index memberships_by_member on rollcall.memberships (source, member_key, group_key);

  create table rollcall.entries (
    seq bigint generated always as identity primary key,
    id text collate "C" not null unique,
    caller text collate "C" not null, mutation text collate "C" not null, key text collate "C" not null,
    fingerprint text not null, source text collate "C" not null, group_key text collate "C",
    writer text collate "C" not null, created_at bigint not null, plan text not null,
    state text collate "C" not null, finished_at bigint, unsettled_since bigint, answer text
  );
  create unique index entries_held on rollcall.entries (caller, mutation, key) where state <> 'UNSENT';
  create index entries_by_key on rollcall.entries (key);
  create index entries_by_state on rollcall.entries (state, seq);
  create index entries_by_source on rollcall.entries (source, seq);
  create index entries_by_end on rollcall.entries (finished_at) where finished_at is not null;
  create index entries_unsettled on rollcall.entries (source, group_key) where unsettled_since is not null;
  `,
];

/** Brings the tables to this version, all of it or not at all; of several processes that start at once one does it. */
export async function migrate(client: ClientBase, place: string): Promise<void> {
  await client.query('begin');
  await client.query('select pg_advisory_xact_lock($1)', [lockNumber('migration')]);
  const version = await checkedVersion(client, place);
  if (version === null && !(await hasSchema(client))) await client.query(`create schema ${SCHEMA}`);
  for (const migration of migrations.slice(version ?? 0)) await client.query(migration);
  await client.query('update rollcall.ledger set version = $1 where version <> $1', [migrations.length]);
  await client.query('commit');
}

/** Refuses what whoever only looks at the journal cannot make one of this version. */
export async function checkJournal(client: ClientBase, place: string): Promise<void> {
  if ((await checkedVersion(client, place)) !== null) return;
  throw new LedgerError(place, 'holds no ledger yet: start Rollcall on it once');
}

/** The version of the tables, null where there are none; what is not ours, or of a later version, is refused unchanged. */
async function checkedVersion(client: ClientBase, place: string): Promise<number | null> {
  const about = await client.query<{ encoding: string; ledger: boolean; tables: number }>(`
    select current_setting('server_encoding') as encoding, to_regclass('${SCHEMA}.ledger') is not null as ledger,
      (select count(*)::int from pg_tables where schemaname = '${SCHEMA}') as tables`);
  const { encoding, ledger, tables } = about.rows[0]!;
  if (encoding !== 'UTF8') {
    throw new LedgerError(place, `keeps its texts as ${encoding}: create a database with the encoding UTF8 for it`);
  }
  if (!ledger && tables > 0) {
    throw new LedgerError(place, `has a schema \`${SCHEMA}\` of another program: name another database for the ledger`);
  }
  if (!ledger) return null;
  const { rows } = await client.query<{ version: number }>('select version from rollcall.ledger');
  const version = rows[0]?.version ?? 0;
  if (version <= migrations.length) return version;
  throw new LedgerError(
    place,
    `was written by a newer Rollcall (its version is ${version}, this one knows ${migrations.length}): ` +
      'start the newer Rollcall, or name another database for the ledger',
  );
}

async function hasSchema(client: ClientBase): Promise<boolean> {
  const { rows } = await client.query(`select 1 from pg_namespace where nspname = '${SCHEMA}'`);
  return rows.length > 0;
}
