/** What the ledger asks of a database. Which one it is, and what its errors look like, stay behind it. */
import type { CompiledQuery, Expression, Kysely, SqlBool } from 'kysely';
import type { Tables } from './tables.js';

/** A statement that Kysely has built, for rows of `R`. */
export interface Query<R = unknown> {
  compile(): CompiledQuery<R>;
}

/** As many rows as one statement takes: a database counts its parameters. */
const MOST_ROWS = 500;

export function inPieces<Row>(rows: readonly Row[]): (readonly Row[])[] {
  return Array.from({ length: Math.ceil(rows.length / MOST_ROWS) }, (_, index) =>
    rows.slice(index * MOST_ROWS, (index + 1) * MOST_ROWS),
  );
}

export interface Store {
  /** To build statements with; they are carried out by `read` and `write`. */
  readonly tables: Kysely<Tables>;
  /** Tells the intents of this opened ledger from those of any other, before it and beside it. */
  readonly writer: string;
  /** Whether a column is one of these texts, any number of them in one parameter. */
  isAmong(column: string, texts: readonly string[]): Expression<SqlBool>;
  /** Rejects with a `LedgerError` when the database cannot be read, or holds a row that `toValue` cannot read. */
  read<R, Value>(query: Query<R>, toValue: (row: R) => Value): Promise<Value[]>;
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
