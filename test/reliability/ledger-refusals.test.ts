import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { describe, expect, it } from 'vitest';
import { LedgerError } from '../../src/ledger/ledger.js';
import { openLedger } from '../../src/ledger/sqlite.js';
import { eachInFolder } from '../support/ledger-folder.js';
import { batch } from '../support/ledger-writer.js';

const now = new Date('2024-01-01T08:00:00.000Z');

let directory: string;
let file: string;

eachInFolder((folder) => ({ directory, file } = folder));

async function refusal(path: string): Promise<string> {
  const error: unknown = await openLedger(path).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(LedgerError);
  return (error as LedgerError).message;
}

/** A file as some other program might have made it. */
function sqliteFile(statements: string): void {
  const database = new Database(file);
  database.exec(statements);
  database.close();
}

describe('A ledger that cannot be opened says in one sentence which and what to do', () => {
  it('when its directory does not exist', async () => {
    expect(await refusal(join(directory, 'none', 'rollcall.db'))).toBe(
      `The ledger ${directory}/none/rollcall.db cannot be created because its directory does not exist: ` +
        'make the directory, or name another file at `ledger` in the configuration.',
    );
  });

  it('when its path leads through a file', async () => {
    writeFileSync(file, '');

    expect(await refusal(join(file, 'rollcall.db'))).toMatch(
      /^The ledger .*\/rollcall\.db\/.* leads through a file: name/,
    );
  });

  it('when it is a directory', async () => {
    expect(await refusal(directory)).toBe(
      `The ledger ${directory} is not a plain file: name another file at \`ledger\` in the configuration.`,
    );
  });

  it('when its name is none', async () => {
    expect(await refusal(`${file}\0`)).toMatch(
      /^The ledger .* cannot be opened \(ERR_INVALID_ARG_VALUE\): name another file/,
    );
    expect(await refusal(`${file}${'x'.repeat(300)}`)).toMatch(/cannot be opened \(ENAMETOOLONG\): name another file/);
  });

  it('when it is a device', async () => {
    expect(await refusal('/dev/null')).toMatch(/^The ledger \/dev\/null is not a plain file: name/);
  });

  it.each(['xy', 'A list of groups\n'.repeat(500)])('when it is not SQLite, and leaves it as it is', async (text) => {
    writeFileSync(file, text, { mode: 0o644 });

    expect(await refusal(file)).toBe(
      `The ledger ${file} is not a SQLite file: name another file at \`ledger\` in the configuration, or move this one away.`,
    );

    expect(readFileSync(file, 'utf8')).toBe(text);
    expect(statSync(file).mode & 0o777).toBe(0o644);
  });

  it('when it is the database of another program, and leaves it as it is', async () => {
    sqliteFile('create table songs (title text)');
    const before = readFileSync(file);

    expect(await refusal(file)).toMatch(/^The ledger .* is the database of another program: name another file/);

    expect(readFileSync(file)).toEqual(before);
    expect(readdirSync(directory)).toEqual(['rollcall.db']);
  });

  it('when a newer version made it, and leaves it as it is', async () => {
    await (await openLedger(file)).close();
    sqliteFile('pragma user_version = 99');

    expect(await refusal(file)).toBe(
      `The ledger ${file} was written by a newer Rollcall (its version is 99, this one knows 3): ` +
        'start the newer Rollcall, or name another file at `ledger` in the configuration.',
    );

    const database = new Database(file);
    expect(database.pragma('user_version')).toEqual([{ user_version: 99 }]);
    database.close();
  });

  it('when its pages are damaged', async () => {
    const ledger = await openLedger(file);
    await ledger.remember('updraft', 'ann', batch('a', 1), now);
    await ledger.close();
    sqliteFile('pragma wal_checkpoint(truncate)');
    const bytes = readFileSync(file);
    rmSync(`${file}-wal`, { force: true });
    rmSync(`${file}-shm`, { force: true });
    const copy = join(directory, 'copy.db');
    writeFileSync(copy, bytes.fill(0x55, 100, 4096));

    expect(await refusal(copy)).toMatch(/^The ledger .*copy\.db is damaged: put its last backup in its place\.$/);
  });
});
