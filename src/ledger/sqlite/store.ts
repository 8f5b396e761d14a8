import { randomUUID } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import type Database from 'libsql';
import { DummyDriver, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler, sql, type SqlBool } from 'kysely';
import { KeyHeld } from '../journal.js';
import type { OnDamaged, Query, Store } from '../store.js';
import type { Tables } from '../tables.js';
import { LedgerError } from '../ledger.js';
import { countCommit } from './commits.js';
import type { Mark } from './mark.js';
import { codeOf, refusing, sentenceFor } from './refusals.js';
import { inOneTransaction, pragmaNumber } from './schema.js';
import { prepared } from './statements.js';
import { sealed, sumColumns, unsealed, type Values } from './sums.js';

/** So few that a step takes a few milliseconds. */
const PAGES_AT_ONCE = 100;

/** The tables of one file. `name` is what people call it; `mark` is told of each commit. */
export function sqliteStore(database: Database.Database, name: string, mark?: Mark): Store {
  const tables = new Kysely<Tables>({ dialect: statementsOnly });
  return {
    tables,
    rows: (table, columns) => tables.selectFrom(table as 'entries').select(selected(table, columns)) as never,
    sealed,
    writer: randomUUID(),
    isAmong: (column, texts) =>
      sql<SqlBool>`${sql.ref(column)} in (select value from json_each(${JSON.stringify(texts)}))`,

    read: <R, Value>(query: Query<R>, toValue: (row: R) => Value, onDamaged?: OnDamaged) =>
      refusing(name, () => {
        const { sql: text, parameters } = query.compile();
        const rows = prepared(database, text).all(parameters) as Selected[];
        return rows.flatMap(({ of, ...row }) => {
          try {
            return [toValue(unsealed(of, row) as R)];
          } catch (error) {
            const sentence = sentenceFor(error);
            if (onDamaged === undefined || sentence === undefined) throw error;
            onDamaged(new LedgerError(name, sentence, { cause: error }));
            return [];
          }
        });
      }),

    write: (queries) =>
      refusing(name, () => {
        const statements = queries.map((query) => query.compile());
        try {
          const { changes, commits } = inOneTransaction(database, () => ({
            changes: statements.map(({ sql: text, parameters }) => prepared(database, text).run(parameters).changes),
            commits: countCommit(database),
          }));
          mark?.advance(commits);
          return changes;
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

/** A row, and the table that it is of. */
type Selected = Values & { readonly of: keyof Tables };

/** Texts as bytes: libsql ends the process for one whose bytes are none. With the sums of all that can be summed. */
function selected(table: keyof Tables, columns: readonly string[]) {
  const sums = sumColumns(table, columns);
  const seq = table === 'entries' ? [sql.ref('seq').as('seq')] : [];
  return [
    sql.lit(table).as('of'),
    ...seq,
    ...[...columns, ...sums].map((column) =>
      sql`iif(typeof(${sql.ref(column)}) = 'text', cast(${sql.ref(column)} as blob), ${sql.ref(column)})`.as(column),
    ),
  ];
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
