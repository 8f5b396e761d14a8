/** How many commits a ledger has come to, as it says itself: counted in the very transactions that it counts. */
import type Database from 'libsql';
import { prepared } from './statements.js';

/** Within a transaction; the number of its commit. */
export function countCommit(database: Database.Database): number {
  return numberOf(prepared(database, 'update commits set number = number + 1 returning number'));
}

/** 0 where no version of it has counted yet. */
export function commitsOf(database: Database.Database): number {
  const counts = database.prepare("select 1 from sqlite_schema where name = 'commits'").all([]);
  return counts.length === 0 ? 0 : numberOf(database.prepare('select number from commits'));
}

/** A ledger whose one row of them is gone has lost count, and may have lost more. */
function numberOf(statement: Database.Statement): number {
  const [row] = statement.all([]) as { readonly number: number }[];
  return row?.number ?? 0;
}
