import { execFileSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import Database from 'libsql';
import { expect, it } from 'vitest';
import { LedgerError } from '../../src/ledger/ledger.js';
import { openLedger } from '../../src/ledger/sqlite.js';
import { eachInFolder } from '../support/ledger-folder.js';
import { anIntent, batch } from '../support/ledger-writer.js';
import { startWriter } from './ledger-processes.js';

let directory: string;
let file: string;

eachInFolder((folder) => ({ directory, file } = folder));

/** Lets this process write no file beyond so many bytes, as if the disk were full there. */
function limitFiles(bytes: number | 'unlimited'): void {
  execFileSync('prlimit', ['--pid', String(process.pid), `--fsize=${bytes}:`]);
}

it('a full disk lets nothing begin, reads go on, and all is well once there is space again', async () => {
  const ledger = await openLedger(file);
  await ledger.begin([anIntent('before')]);
  const full = new RegExp(`^The ledger ${file} (could not be|cannot grow)[^.]*: [^.]*\\.$`);

  limitFiles(4096);
  try {
    for (let time = 0; time < 3; time++) {
      const error: unknown = await ledger.begin([anIntent('meanwhile')]).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(LedgerError);
      expect((error as Error).message).toMatch(full);
      await expect(ledger.remember('updraft', 'ann', batch('a', 1), new Date())).rejects.toThrow(LedgerError);
      expect((await ledger.entries({ limit: 9 })).map(({ key }) => key)).toEqual(['before']);
      expect(await ledger.holder('ann', 'addGroupMembers', 'meanwhile')).toBeNull();
    }
  } finally {
    limitFiles('unlimited');
  }

  await ledger.begin([anIntent('meanwhile')]);
  await ledger.close();
  const again = await openLedger(file);
  expect((await again.entries({ limit: 9 })).map(({ key }) => key)).toEqual(['meanwhile', 'before']);
  expect(await again.groups('updraft')).toEqual([]);
  await again.close();
});

it('a disk that is full from the start on is said in a sentence', async () => {
  limitFiles(4096);
  try {
    await expect(openLedger(file)).rejects.toThrow(LedgerError);
  } finally {
    limitFiles('unlimited');
  }

  const ledger = await openLedger(file);
  await ledger.begin([anIntent('k')]);
  await ledger.close();
});

it('a file that its process may not read is said in a sentence', { timeout: 60_000 }, async () => {
  writeFileSync(file, '');
  chmodSync(directory, 0o755);
  chmodSync(file, 0o000);

  const writer = startWriter(file, 'x', 1, { AS_NOBODY: '1' });
  await writer.end();

  expect(writer.complaint()).toBe(
    `LedgerError: The ledger ${file} may not be read and written by this process: ` +
      'change its owner or permission, or name another file at `ledger` in the configuration.\n',
  );
});

it('a file that some other program is writing is waited for, and then said to be locked', async () => {
  const ledger = await openLedger(file);
  const other = new Database(file);
  other.exec('begin immediate');

  await expect(ledger.begin([anIntent('k')])).rejects.toThrow(
    `The ledger ${file} was kept locked by another process: end that process, or give this one a ledger of its own.`,
  );
  expect(await ledger.entries({ limit: 9 })).toEqual([]);

  other.exec('rollback');
  other.close();
  await ledger.begin([anIntent('k')]);
  expect(await ledger.entries({ limit: 9 })).toHaveLength(1);
  await ledger.close();
});
