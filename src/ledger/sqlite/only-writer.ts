import { rmSync } from 'node:fs';
import Database from 'libsql';
import { LedgerError } from '../ledger.js';
import { makeFile } from './make-file.js';
import { codeOf } from './refusals.js';

/** The right to write a file, until it is released or its process ends, however that ends. */
export interface OnlyWriter {
  release(): void;
  /** The same where the file turned out to be none to write: leaves nothing beside it that was not there. */
  withdraw(): void;
}

/**
 * Makes this opened ledger the only writer of a file. The lock is that of SQLite on a second, empty file beside it, so that
 * the ledger itself can be read meanwhile. `name` is what people call the file.
 */
export function becomeOnlyWriter(file: string, name: string): OnlyWriter {
  const path = `${file}.lock`;
  const isNew = makeFile(path);
  // By `exec` alone: a prepared statement would keep the file open, and so locked, until it is collected as garbage.
  const lock = new Database(path);
  try {
    // An empty file is never written, and needs no journal beside it.
    lock.exec('pragma journal_mode = memory');
    lock.exec('begin exclusive');
  } catch (cause) {
    lock.close();
    if (codeOf(cause) !== 'SQLITE_BUSY') throw cause;
    throw new LedgerError(
      name,
      'is in use by another Rollcall, and a file has one writer: end that process, or let several share ' +
        '`ledger: postgres://…`',
      { cause },
    );
  }
  return {
    release: () => lock.close(),
    withdraw: () => {
      // While it is held still, so that nobody can hold a file that is no more.
      if (isNew) rmSync(path, { force: true });
      lock.close();
    },
  };
}
