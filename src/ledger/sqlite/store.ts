import { randomUUID } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import type Database from 'libsql';
import { DummyDriver, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler, sql, type SqlBool } from 'kysely';
import { KeyHeld } from '../journal.js';
import type { Store } from '../store.js';
import type { Tables } from '../tables.js';
import { codeOf, refusing } from './refusals.js';
import { inOneTransaction, pragmaNumber } from './schema.js';

/** So few that a step takes a few milliseconds. */
const PAGES_AT_ONCE = 100;

/** The tables of one file. `name` is what people call it. */
export function sqliteStore(database: Database.Database, name: string): Store {
  return {
    tables: new Kysely<Tables>({ dialect: statementsOnly }),
    writer: randomUUID(),
    isAmong: (column, texts) =>
      sql<SqlBool>`${sql.ref(column)} in (select value from json_each(${JSON.stringify(texts)}))`,

    read: <R, Value>(query: Parameters<Store['read']>[0], toValue: (row: R) => Value) =>
      refusing(name, () => {
        const { sql: text, parameters } = query.compile();
        return (database.prepare(text).all(parameters) as R[]).map(toValue);
      }),

    write: (queries) =>
      refusing(name, () => {
        const statements = queries.map((query) => query.compile());
        try {
          return inOneTransaction(database, () =>
            statements.map(({ sql: text, parameters }) => database.prepare(text).run(parameters).changes),
          );
        } catch (error) {
          throw isSecondHolder(error) ? new KeyHeld({ cause: error }) : error;
        }
      }),

    // There is one writer, so that all others have ended.
    ended: async (writers) => writers,

    shrink: () =>
      refusing(name, async () => {
        for (let before = Infinity, left = freePages(database); left < before; await turn()) {
          database.exec(`pragma incremental_vacuum(${PAGES_AT_ONCE})`);
          [before, left] = [left, freePages(database)];
        }
      }),
  };
}

const statementsOnly = {
  createAdapter: () => new SqliteAdapter(),
  createDriver: () => new DummyDriver(),
  createIntrospector: (tables: Kysely<Tables>) => new SqliteIntrospector(tables),
  createQueryCompiler: () => new SqliteQueryCompiler(),
};

function isSecondHolder(error: unknown): boolean {
  return codeOf(error) === 'SQLITE_CONSTRAINT' && (error as Error).message.endsWith('entries.mutation, entries.key');
}

function freePages(database: Database.Database): number {
  return pragmaNumber(database, 'freelist_count');
}
