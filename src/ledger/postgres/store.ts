import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  sql,
  type CompiledQuery,
  type SqlBool,
} from 'kysely';
import type { ClientBase, Pool } from 'pg';
import { KeyHeld } from '../journal.js';
import type { Query, Store } from '../store.js';
import type { Tables } from '../tables.js';
import { lockNumber } from './lock-number.js';
import { isAnswer, refusingAt } from './refusals.js';
import { SCHEMA } from './schema.js';

/** How often something is begun again that the database has undone as a whole, so that another could go on. */
const TRIES = 5;

/** The tables of one database. `place` is what people call it. */
export function postgresStore(pool: Pool, place: string, { writer, ended }: Pick<Store, 'writer' | 'ended'>): Store {
  const tables = new Kysely<Tables>({ dialect: statementsOnly }).withSchema(SCHEMA);
  return {
    tables,
    writer,
    ended,
    // A server can check its pages by itself, and does so where `data_checksums` is on.
    rows: (table, columns) => tables.selectFrom(table as 'entries').select(columns as never) as never,
    sealed: (_, values) => values,
    isAmong: (column, texts) => sql<SqlBool>`${sql.ref(column)} = any(cast(${texts} as text[]))`,
    alone: (name) => ({ compile: () => sql`select pg_advisory_xact_lock(${lockNumber(name)})`.compile(tables) }),

    read: <R, Value>(query: Query<R>, toValue: (row: R) => Value) =>
      refusingAt(place, async () => {
        const { rows } = await withClient(pool, (client) => run(client, query.compile()));
        return (rows as R[]).map((row) => toValue(row));
      }),

    write: (queries) =>
      refusingAt(place, async () => {
        const statements = queries.map((query) => query.compile());
        try {
          return await again(() => withClient(pool, (client) => together(client, statements)));
        } catch (error) {
          throw isSecondHolder(error) ? new KeyHeld({ cause: error }) : error;
        }
      }),
  };
}

/** A connection of the pool for a while. One that did not answer goes back to nobody. */
export async function withClient<T>(pool: Pool, act: (client: ClientBase) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    const done = await act(client);
    client.release();
    return done;
  } catch (error) {
    client.release(!isAnswer(error) || !(await undone(client)));
    throw error;
  }
}

async function undone(client: ClientBase): Promise<boolean> {
  try {
    await client.query('rollback');
    return true;
  } catch {
    return false;
  }
}

async function together(client: ClientBase, statements: readonly CompiledQuery[]): Promise<number[]> {
  // A single statement is a transaction of its own, and three times as quick.
  const isOne = statements.length === 1;
  const changed: number[] = [];
  if (!isOne) await client.query('begin');
  for (const statement of statements) changed.push((await run(client, statement)).rowCount ?? 0);
  if (!isOne) await client.query('commit');
  return changed;
}

function run(client: ClientBase, { sql: text, parameters }: CompiledQuery) {
  return client.query(text, [...parameters]);
}

/** Two that wait for each other, or saw each other's rows: the database undid one of them, which lost nothing by it. */
async function again<T>(act: () => Promise<T>): Promise<T> {
  for (let left = TRIES; ; left--) {
    try {
      return await act();
    } catch (error) {
      if (left <= 1 || !isAnswer(error) || !/^40(001|P01)$/.test(error.code ?? '')) throw error;
    }
  }
}

function isSecondHolder(error: unknown): boolean {
  return isAnswer(error) && error.code === '23505' && error.constraint === 'entries_held';
}

const statementsOnly = {
  createAdapter: () => new PostgresAdapter(),
  createDriver: () => new DummyDriver(),
  createIntrospector: (tables: Kysely<Tables>) => new PostgresIntrospector(tables),
  createQueryCompiler: () => new PostgresQueryCompiler(),
};
