import type Database from 'libsql';
import { Recent } from '../../memory/recent.js';

/** As many as the statements of this room are, some of them for several numbers of rows. */
const MOST_KEPT = 32;

const ofDatabases = new WeakMap<Database.Database, Recent<string, Database.Statement>>();

/** A statement of a database, prepared the first time that it is asked for. Reads need `all`: `get` leaves them open. */
export function prepared(database: Database.Database, text: string): Database.Statement {
  // One that was kept would go on in a database that is closed.
  if (!database.open) return database.prepare(text);
  const kept = ofDatabases.get(database) ?? new Recent(MOST_KEPT);
  ofDatabases.set(database, kept);
  return kept.get(text, () => database.prepare(text));
}
