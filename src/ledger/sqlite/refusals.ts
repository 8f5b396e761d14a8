/** What a file system or SQLite refuses, as one sentence that names the file and the remedy. */
import { LedgerError } from '../ledger.js';
import { DamagedRow } from './sums.js';

const ANOTHER = 'name another file at `ledger` in the configuration';
const BACKUP = 'put its last backup in its place';

const refusals: Readonly<Record<string, string>> = {
  ENOENT: `cannot be created because its directory does not exist: make the directory, or ${ANOTHER}`,
  ENOTDIR: `cannot be created because its path leads through a file: ${ANOTHER}`,
  EISDIR: `is not a plain file: ${ANOTHER}`,
  EACCES: `may not be read and written by this process: change its owner or permission, or ${ANOTHER}`,
  EPERM: `may not be written by this process: change its owner or attributes, or ${ANOTHER}`,
  EROFS: `lies on a file system that is mounted read-only: ${ANOTHER}`,
  ENOSPC: 'cannot be created because the disk is full: free some space',
  SQLITE_NOTADB: `is not a SQLite file: ${ANOTHER}, or move this one away`,
  SQLITE_CORRUPT: `is damaged: ${BACKUP}`,
  SQLITE_BUSY: 'was kept locked by another process: end that process, or give this one a ledger of its own',
  SQLITE_READONLY: `cannot be written: change its owner or permission, or ${ANOTHER}`,
  SQLITE_CANTOPEN: `cannot be opened together with its -wal file: let this process write in its directory, or ${ANOTHER}`,
  SQLITE_FULL: 'cannot grow because the disk is full: free some space',
  SQLITE_IOERR:
    'could not be read or written by the disk: look for a full disk, a limit of file size, or a failing device',
};

/** What SQLite says of a file by a finer or a coarser code than that for damage. */
const unreadable = /^(database disk image is malformed|malformed database schema|unsupported file format)/;

/** Does it, and turns a refusal of the disk or of SQLite into a sentence; any other error is a mistake of ours and stays. */
export async function refusing<T>(file: string, act: () => T | Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    const sentence = sentenceFor(error);
    throw sentence === undefined ? error : new LedgerError(file, sentence, { cause: error });
  }
}

/** The name by which Node or SQLite calls an error, `SQLITE_BUSY` also for its finer kinds. */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  // libsql's constructor tells no code.
  if (error.message.startsWith('ConnectionFailed')) return 'SQLITE_CANTOPEN';
  if (unreadable.test(error.message)) return 'SQLITE_CORRUPT';
  const code = 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code.replace(/^(SQLITE_[A-Z]+)_.*/, '$1') : undefined;
}

/** What is wrong and the remedy, where the disk or SQLite refused or a row is damaged. */
export function sentenceFor(error: unknown): string | undefined {
  if (error instanceof DamagedRow) return `is damaged in ${error.message}: ${BACKUP}`;
  // What was written as JSON is none any more.
  if (error instanceof SyntaxError) return refusals['SQLITE_CORRUPT'];
  const code = codeOf(error);
  if (code === undefined || error instanceof LedgerError) return undefined;
  if (Object.hasOwn(refusals, code)) return refusals[code];
  return /^E[A-Z_]+$/.test(code) ? `cannot be opened (${code}): ${ANOTHER}` : undefined;
}
