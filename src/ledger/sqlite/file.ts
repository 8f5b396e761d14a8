import { chmodSync, constants, existsSync, realpathSync, statSync } from 'node:fs';
import Database from 'libsql';
import { LedgerError } from '../ledger.js';
import { inspect, readOnly } from './inspect.js';
import { checkFile, makeFile } from './make-file.js';
import { markOf, type Mark } from './mark.js';
import { becomeOnlyWriter } from './only-writer.js';
import { checkedVersion, checkJournal, migrate } from './schema.js';

/** How long one connection waits for another that writes. */
const BUSY_MS = 5_000;
/** How long the end of this process waits for one that reads. */
const PARTING_MS = 200;

/** A connection to a ledger's file, and how it ends. */
export interface OpenFile {
  readonly database: Database.Database;
  /** Of the commits to a file that others than this process outlive. */
  readonly mark?: Mark;
  close(): void;
}

/** The file as its only writer, made where there is none, with the tables of this version; readable by its owner alone. */
export function openFile(name: string): OpenFile {
  if (name === ':memory:') return connected(name, name, () => {});
  makeFile(name);
  // A writer is the only one under whatever name it knows the file. Absolute, since libsql takes some names for addresses.
  const file = realpathSync(name);
  const writer = becomeOnlyWriter(file, name);
  try {
    inspect(file, name);
    const mark = markOf(file);
    const { database, close } = connected(file, name, writer.release);
    return { database, mark, close: () => [close(), mark.close()] };
  } catch (error) {
    writer.withdraw();
    throw error;
  }
}

/** The file for whoever only looks. It takes no lock, and writes nothing. */
export function openFileToLook(name: string): OpenFile {
  if (name === ':memory:') throw new LedgerError(name, 'is in the memory of the process that writes it: ask that one');
  if (!existsSync(name)) {
    throw new LedgerError(
      name,
      'does not exist: start Rollcall on it once, or look whether the configuration is right',
    );
  }
  checkFile(name, constants.R_OK);
  const database = readOnly(name);
  return closedUnless(database, () => {
    database.pragma(`busy_timeout = ${BUSY_MS}`);
    checkJournal(database, name);
    return { database, close: () => database.close() };
  });
}

function connected(file: string, name: string, release: () => void): OpenFile {
  const database = new Database(file);
  return closedUnless(database, () => {
    database.pragma(`busy_timeout = ${BUSY_MS}`);
    const isNew = checkedVersion(database, name) === 0;
    // Only a file without tables takes it; an older one keeps its size, and writes again where it has forgotten.
    if (isNew) database.pragma('auto_vacuum = INCREMENTAL');
    database.pragma('journal_mode = WAL');
    if (file !== ':memory:') closeToOthers(file, name);
    database.pragma('synchronous = FULL');
    database.pragma('foreign_keys = ON');
    migrate(database, name);
    return { database, close: () => closeWhole(database, release) };
  });
}

function closedUnless<T>(database: Database.Database, act: () => T): T {
  try {
    return act();
  } catch (error) {
    database.close();
    throw error;
  }
}

/** What is in the -wal goes into the file itself, so that a copy of that alone is whole; busy or full, it may stay there. */
function closeWhole(database: Database.Database, release: () => void): void {
  if (!database.open) return;
  try {
    database.pragma(`busy_timeout = ${PARTING_MS}`);
    database.pragma('wal_checkpoint(TRUNCATE)');
  } catch {
    // Nothing is lost: the next one to open the file reads the -wal.
  }
  database.close();
  release();
}

function closeToOthers(file: string, name: string): void {
  for (const part of [file, `${file}-wal`, `${file}-shm`]) {
    const mode = statSync(part, { throwIfNoEntry: false })?.mode ?? 0;
    if ((mode & 0o077) === 0) continue;
    try {
      chmodSync(part, 0o600);
    } catch (cause) {
      throw new LedgerError(
        name,
        'holds e-mail addresses that other users of this machine may read: `chmod 600` it as its owner',
        { cause },
      );
    }
  }
}
