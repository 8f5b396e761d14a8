import { chmodSync, copyFileSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { describe, expect, it } from 'vitest';
import { openJournal, openLedger } from '../../src/ledger/sqlite.js';
import { migrate } from '../../src/ledger/sqlite/schema.js';
import { refKey } from '../../src/vendors/vendor.js';
import { eachInFolder } from '../support/ledger-folder.js';
import { aGroup, anIntent, batch } from '../support/ledger-writer.js';

const now = new Date('2024-01-01T08:00:00.000Z');

let directory: string;
let file: string;

eachInFolder((folder) => ({ directory, file } = folder));

/** A ledger as an earlier version has left it, with one group. */
function madeAs(version: number, statements: readonly string[] = []): void {
  const database = new Database(file);
  database.pragma('journal_mode = WAL');
  migrate(database, file, version);
  const group = JSON.stringify(aGroup('1'));
  database
    .prepare('insert into "groups" (source, key, row, caller, written_at) values (?, ?, ?, ?, ?)')
    .run(['updraft', refKey(aGroup('1')), group, 'ann', now.toISOString()]);
  for (const statement of statements) database.exec(statement);
  database.close();
}

describe('The file of a ledger', () => {
  it('is for its owner alone, with all that lies beside it', async () => {
    const ledger = await openLedger(file);
    await ledger.remember('updraft', 'ann', batch('a', 1), now);

    const modes = readdirSync(directory).map((name) => [name, statSync(join(directory, name)).mode & 0o777]);

    expect(modes).toEqual([
      ['rollcall.db', 0o600],
      ['rollcall.db-shm', 0o600],
      ['rollcall.db-wal', 0o600],
      ['rollcall.db.lock', 0o600],
      ['rollcall.db.mark', 0o600],
    ]);
    await ledger.close();
  });

  it('is whole in a copy of it alone, once the ledger is closed', async () => {
    const ledger = await openLedger(file);
    await ledger.remember('updraft', 'ann', batch('a', 1), now);
    await ledger.close();
    copyFileSync(file, join(directory, 'copy.db'));

    const copied = await openLedger(join(directory, 'copy.db'));

    expect(await copied.groups('updraft')).toHaveLength(1);
    await copied.close();
  });

  it('of the first version, which had no journal, becomes one of this and keeps what it knows', async () => {
    madeAs(1);

    const ledger = await openLedger(file);
    await ledger.begin([anIntent('k')]);

    expect(await ledger.groups('updraft')).toHaveLength(1);
    expect((await ledger.holder('ann', 'addGroupMembers', 'k'))?.state).toBe('INTENT');
    await ledger.close();
  });

  it('of the second version, whose rows have no sums, becomes one of this and answers as before', async () => {
    madeAs(2, [
      `insert into entries (id, caller, mutation, key, fingerprint, source, writer, created_at, plan, state, finished_at, answer)
        values ('i', 'ann', 'm', 'k', 'f', 'updraft', 'w', 1, '{}', 'DONE', 2, '{"was":1}')`,
    ]);
    await expect(openJournal(file)).rejects.toThrow(
      `The ledger ${file} is of an earlier version: start this version of Rollcall on it once.`,
    );

    const ledger = await openLedger(file);

    expect(await ledger.groups('updraft')).toHaveLength(1);
    expect(await ledger.holder('ann', 'm', 'k')).toMatchObject({ state: 'DONE', answer: '{"was":1}' });
    await ledger.close();
  });

  it('is closed to others when it was copied with an open permission', async () => {
    await (await openLedger(file)).close();
    chmodSync(file, 0o664);

    const ledger = await openLedger(file);
    await ledger.remember('updraft', 'ann', batch('a', 1), now);

    for (const name of readdirSync(directory)) expect(statSync(join(directory, name)).mode & 0o077).toBe(0);
    await ledger.close();
  });

  it('may be empty, and have a name that looks like an address or holds blanks', async () => {
    mkdirSync(join(directory, 'file:x'));

    for (const name of ['empty.db', 'file:x/my ledger?mode=ro#1.db', 'ü😀.db']) {
      const path = join(directory, name);
      writeFileSync(path, '');
      const ledger = await openLedger(path);
      await ledger.remember('updraft', 'ann', batch('a', 1), now);
      await ledger.close();
      const again = await openLedger(path);
      expect(await again.groups('updraft')).toHaveLength(1);
      await again.close();
    }
  });

  it('is in WAL and says so, so that a reader never waits for a writer', async () => {
    const ledger = await openLedger(file);

    const database = new Database(file);
    expect(database.pragma('journal_mode')).toEqual([{ journal_mode: 'wal' }]);
    expect(database.pragma('user_version')).toEqual([{ user_version: 3 }]);
    database.close();
    await ledger.close();
  });

  it('is none for `:memory:`, and two such ledgers are two', async () => {
    const [one, other] = [await openLedger(':memory:'), await openLedger(':memory:')];

    await one.remember('updraft', 'ann', batch('a', 1), now);

    expect(await one.groups('updraft')).toHaveLength(1);
    expect(await other.groups('updraft')).toEqual([]);
    await Promise.all([one.close(), other.close()]);
  });

  it('may be closed twice, and answers nothing afterwards', async () => {
    const ledger = await openLedger(file);
    await ledger.close();
    await ledger.close();

    await expect(ledger.groups('updraft')).rejects.toThrow();
    await expect(ledger.remember('updraft', 'ann', batch('a', 1), now)).rejects.toThrow();
  });
});
