import { accessSync, chmodSync, closeSync, constants, openSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import Database from 'libsql';
import { LedgerError } from './ledger.js';
import { codeOf } from './refusals.js';
import { checkedVersion, migrate } from './schema.js';

/** How long one connection waits for another that writes. */
const BUSY_MS = 5_000;

/** A connection to the file, made where there is none, with the tables of this version; readable by its owner alone. */
export async function openFile(file: string): Promise<Database.Database> {
  const inMemory = file === ':memory:';
  if (!inMemory) makeFile(file);
  // Absolute, since libsql takes some names for addresses of servers.
  const database = new Database(inMemory ? file : resolve(file));
  try {
    database.pragma(`busy_timeout = ${BUSY_MS}`);
    checkedVersion(database, file);
    await switchToWal(database);
    if (!inMemory) closeToOthers(file);
    database.pragma('synchronous = FULL');
    database.pragma('foreign_keys = ON');
    migrate(database, file);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

// A file that exists is never opened here: closing it would free the locks that another connection of this process holds.
function makeFile(file: string): void {
  try {
    closeSync(openSync(file, 'ax', 0o600));
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
    accessSync(file, constants.R_OK | constants.W_OK);
    if (!statSync(file).isFile()) throw Object.assign(new Error(`${file} is not a file`), { code: 'EISDIR' });
  }
}

// SQLite does not wait where two processes switch a new file at the same moment, whatever its busy_timeout.
async function switchToWal(database: Database.Database): Promise<void> {
  for (const end = Date.now() + BUSY_MS; ; await pause(10)) {
    try {
      database.pragma('journal_mode = WAL');
      return;
    } catch (error) {
      if (codeOf(error) !== 'SQLITE_BUSY' || Date.now() > end) throw error;
    }
  }
}

function closeToOthers(file: string): void {
  for (const part of [file, `${file}-wal`, `${file}-shm`]) {
    const mode = statSync(part, { throwIfNoEntry: false })?.mode ?? 0;
    if ((mode & 0o077) === 0) continue;
    try {
      chmodSync(part, 0o600);
    } catch (cause) {
      throw new LedgerError(
        file,
        'holds e-mail addresses that other users of this machine may read: `chmod 600` it as its owner',
        { cause },
      );
    }
  }
}
