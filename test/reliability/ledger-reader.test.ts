import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LedgerError } from '../../src/ledger/ledger.js';
import { journalAt, ledgerAt } from '../../src/ledger/open.js';
import { anIntent, entryOf, outcome, standing } from '../support/ledger-writer.js';
import { bothKinds } from './ledger-places.js';
import { startWriter } from './ledger-processes.js';

describe.each(bothKinds())('Whoever only looks at a ledger $kind', ({ fresh, kind }) => {
  it('sees what is written beside it, as soon as that is acknowledged', async () => {
    const place = await fresh();
    const ledger = await ledgerAt(place);
    const journal = await journalAt(place);
    const intent = anIntent('k');

    expect(await journal.newest('k')).toBeNull();
    await ledger.begin([intent]);
    expect(await journal.newest('k')).toEqual(standing(intent));
    await ledger.finish([outcome(intent)]);
    expect(await journal.newest('k', { caller: 'ann' })).toEqual(entryOf(outcome(intent)));
    expect(await journal.entries({ states: ['DONE'], limit: 9 })).toEqual([entryOf(outcome(intent))]);

    await journal.close();
    await ledger.close();
  });

  it('needs no writer beside it, and leaves what is under way as it is', async () => {
    const place = await fresh();
    const ledger = await ledgerAt(place);
    await ledger.begin([anIntent('open')]);
    await ledger.close();

    for (let time = 0; time < 2; time++) {
      const journal = await journalAt(place);
      expect(await journal.newest('open')).toEqual(standing(anIntent('open')));
      await journal.close();
    }
  });

  it('goes on while a writer comes and goes, and hinders none', { timeout: 60_000 }, async () => {
    const place = await fresh();
    await (await ledgerAt(place)).close();
    const journal = await journalAt(place);
    const writer = startWriter(place, 'w', 300);

    let seen = 0;
    while (writer.child.exitCode === null) {
      const found = (await journal.entries({ limit: 1000 })).length;
      expect(found).toBeGreaterThanOrEqual(seen);
      seen = found;
      await new Promise((resolve) => setTimeout(resolve, 1));
    }

    expect([await writer.end(), writer.complaint(), writer.done()]).toEqual([0, '', 300]);
    expect(await journal.entries({ limit: 1000 })).toHaveLength(300);
    await journal.close();
  });

  it('says so where there is no ledger yet, and makes none', async () => {
    const place = await fresh();

    await expect(journalAt(place)).rejects.toThrow(
      kind === 'in a file' ? /^The ledger .* does not exist: start/ : /holds no ledger yet: start/,
    );
    await expect(journalAt(place)).rejects.toThrow(LedgerError);
  });
});

describe('Whoever only looks at a file', () => {
  let directory: string;
  let file: string;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'ledger-'));
    file = join(directory, 'my ledger?mode=rw#1 %41 ü.db');
  });

  afterEach(() => rmSync(directory, { recursive: true }));

  it('leaves nothing beside it that its owner cannot read', { timeout: 60_000 }, async () => {
    const owner = process.getuid?.() === 0 ? 65_534 : process.getuid?.();
    chmodSync(directory, 0o777);
    const asOwner = process.getuid?.() === 0 ? { AS_NOBODY: '1' } : {};
    expect(await startWriter(file, 'before', 1, asOwner).end()).toBe(0);

    const journal = await journalAt(file);
    expect(await journal.entries({ limit: 9 })).toHaveLength(1);
    for (const name of readdirSync(directory))
      expect([name, statSync(join(directory, name)).uid]).toEqual([name, owner]);
    const beside = startWriter(file, 'beside', 2, asOwner);
    expect([await beside.end(), beside.complaint()]).toEqual([0, '']);
    await journal.close();

    for (const name of readdirSync(directory)) {
      const { uid, mode } = statSync(join(directory, name));
      expect([name, uid, mode & 0o777]).toEqual([name, owner, 0o600]);
    }
  });

  it.each([
    ['is not SQLite', 'A list of groups\n'.repeat(500), 'is not a SQLite file'],
    ['is empty', '', 'has no journal yet: start this version of Rollcall on it once'],
  ])('says so when it %s, and makes no file', async (_, text, sentence) => {
    writeFileSync(file, text);

    await expect(journalAt(file)).rejects.toThrow(sentence);

    expect(readdirSync(directory)).toHaveLength(1);
    expect(statSync(file).size).toBe(text.length);
  });

  it.each([
    ['is the database of another program', 'pragma application_id = 1', 'is the database of another program'],
    ['is of a newer version', 'pragma user_version = 99', 'was written by a newer Rollcall (its version is 99'],
    [
      'is older than the journal',
      'pragma user_version = 1',
      'has no journal yet: start this version of Rollcall on it once',
    ],
  ])('says so when it %s', async (_, statement, sentence) => {
    await (await ledgerAt(file)).close();
    const database = new Database(file);
    database.exec(statement);
    database.close();

    await expect(journalAt(file)).rejects.toThrow(sentence);
  });

  it('is told that a memory can be asked only through its process', async () => {
    await expect(journalAt(':memory:')).rejects.toThrow(
      'The ledger :memory: is in the memory of the process that writes it',
    );
  });
});
