/**
 * How many commits a ledger has come to, kept beside it. It is written after each has been synced, so that it is never ahead
 * of what the disk holds, and not synced itself: a ledger that has come less far than its mark has lost what it promised.
 */
import { closeSync, constants, openSync, readFileSync, writeSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { LedgerError } from '../ledger.js';
import { codeOf } from './refusals.js';

export interface Mark {
  /** After a commit. Where it cannot be written, the ledger is as good, and a loss not noticed. */
  advance(commits: number): void;
  close(): void;
}

export function markPath(file: string): string {
  return `${file}.mark`;
}

/** The mark of a file, made at its first commit. */
export function markOf(file: string): Mark {
  let descriptor: number | null = null;
  return {
    advance: (commits) => {
      try {
        descriptor ??= openSync(markPath(file), constants.O_WRONLY | constants.O_CREAT, 0o600);
        writeSync(descriptor, toText(commits), 0);
      } catch {
        // What was committed is on the disk all the same.
      }
    },
    close: () => {
      if (descriptor !== null) closeSync(descriptor);
      descriptor = null;
    },
  };
}

/** Refuses a ledger that has come less far than it had. `name` is what people call it. */
export function checkMark(file: string, name: string, commits: number): void {
  const marked = readMark(file);
  if (marked === null || marked <= commits) return;
  const missing = marked - commits;
  throw new LedgerError(
    name,
    `lacks the last ${missing} of its ${marked} commits, which had been promised to be kept: put a backup that has them, ` +
      `with its -wal file, in its place, or delete ${markPath(file)} to go on without them, after which whatever was written ` +
      'in that time and its idempotency keys are unknown here',
  );
}

/** Null where there is none, of an earlier version or deleted on purpose, or one that a power cut has left empty or in part. */
function readMark(file: string): number | null {
  try {
    const text = readFileSync(markPath(file), 'latin1');
    const commits = Number(text.slice(0, DIGITS));
    return text === toText(commits) ? commits : null;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}

const DIGITS = 16;

/** Always as long, so that one write replaces the other. */
function toText(commits: number): string {
  const digits = String(commits).padStart(DIGITS, '0');
  return `${digits} ${crc32(digits).toString(16).padStart(8, '0')}\n`;
}
