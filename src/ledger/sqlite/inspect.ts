/** What is looked at before a ledger is opened to be written, by a connection that writes nothing: a refused one stays as it was. */
import { realpathSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import Database from 'libsql';
import { commitsOf } from './commits.js';
import { checkMark } from './mark.js';
import { checkedVersion, hasItsTables } from './schema.js';

/** To read from, and never write, not even what the -wal holds into the file. */
export function readOnly(file: string): Database.Database {
  return new Database(`${pathToFileURL(realpathSync(file)).href}?mode=ro`);
}

/** Refuses a ledger that has lost commits, or whose tables or pages are damaged. `name` is what people call it. */
export function inspect(file: string, name: string): void {
  const database = readOnly(file);
  try {
    const version = checkedVersion(database, name);
    if (version > 0) {
      if (!hasItsTables(database, version)) throw damaged(name, 'its tables are others than they were made');
      checkPages(database, name);
    }
    checkMark(file, name, commitsOf(database));
  } finally {
    database.close();
  }
}

/** Pages, and whether each row is found by its keys: what hides a row is found now, not by its absence. 1 s for 100,000 entries. */
function checkPages(database: Database.Database, name: string): void {
  const [found] = database.pragma('integrity_check(1)') as { readonly integrity_check: string }[];
  if (found?.integrity_check !== 'ok') throw damaged(name, `${found?.integrity_check}`);
}

function damaged(name: string, how: string): Error {
  return Object.assign(new Error(`${name}: ${how}`), { code: 'SQLITE_CORRUPT' });
}
