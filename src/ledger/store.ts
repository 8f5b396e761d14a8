/** What the ledger asks of a database. Which one it is, and what its errors look like, stay behind it. */
import {
  sql,
  type CompiledQuery,
  type Expression,
  type Kysely,
  type RawBuilder,
  type Selectable,
  type SelectQueryBuilder,
  type SqlBool,
} from 'kysely';
import type { LedgerError } from './ledger.js';
import type { Tables } from './tables.js';

/** A statement that Kysely has built, for rows of `R`. */
export interface Query<R = unknown> {
  compile(): CompiledQuery<R>;
}

/** Told of a row that cannot be answered with. */
export type OnDamaged = (error: LedgerError) => void;

/** As many rows as one statement takes: a database counts its parameters. */
const MOST_ROWS = 500;

export function inPieces<Row>(rows: readonly Row[]): (readonly Row[])[] {
  return Array.from({ length: Math.ceil(rows.length / MOST_ROWS) }, (_, index) =>
    rows.slice(index * MOST_ROWS, (index + 1) * MOST_ROWS),
  );
}

/** Sets columns of a row that stands already to what was to be inserted in its place. */
export function ofExcluded(columns: readonly string[]): Record<string, RawBuilder<never>> {
  return Object.fromEntries(columns.map((column) => [column, sql.ref<never>(`excluded.${column}`)]));
}

export interface Store {
  /** To build statements with; they are carried out by `read` and `write`. */
  readonly tables: Kysely<Tables>;
  /** Tells the intents of this opened ledger from those of any other, before it and beside it. */
  readonly writer: string;
  /** Whether a column is one of these texts, any number of them in one parameter. */
  isAmong(column: string, texts: readonly string[]): Expression<SqlBool>;
  /** These columns of a table's rows. Whatever is read from a table is read so: `read` knows then whether it is as it was written. */
  rows<Name extends keyof Tables, Column extends keyof Selectable<Tables[Name]> & string>(
    table: Name,
    columns: readonly Column[],
  ): SelectQueryBuilder<Tables, Name, Pick<Selectable<Tables[Name]>, Column>>;
  /** Values for columns of a row, with what `read` will know them by. */
  sealed<Values extends object>(table: keyof Tables, values: Values): Values;
  /**
   * Rejects with a `LedgerError` when the database cannot be read, or holds a row that is not as it was written or that
   * `toValue` cannot read. With `onDamaged` such a row is told and left out.
   */
  read<R, Value>(query: Query<R>, toValue: (row: R) => Value, onDamaged?: OnDamaged): Promise<Value[]>;
  /**
   * All of it or none, and on disk when it answers with how many rows each query changed. Rejects with a `LedgerError` when
   * it cannot be written, and with `KeyHeld` when it would give a key a second holder.
   */
  write(queries: readonly Query[]): Promise<readonly number[]>;
  /** Keeps other transactions of that name waiting until this one ends; left out where there is one at a time anyway. */
  alone?(name: string): Query;
  /** Which of these other writers have ended, so that their intents will have no outcome from them. */
  ended(writers: readonly string[]): Promise<readonly string[]>;
  /** Gives back to the disk what was deleted, in small steps; left out where the database does so by itself. */
  shrink?(): Promise<void>;
}
