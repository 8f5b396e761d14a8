import { copyFileSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { expect, it } from 'vitest';
import type { Entry } from '../../src/ledger/journal.js';
import { LedgerError, type Ledger } from '../../src/ledger/ledger.js';
import { openLedger } from '../../src/ledger/sqlite.js';
import { eachInFolder } from '../support/ledger-folder.js';
import { anIntent, batch, entryOf, outcome } from '../support/ledger-writer.js';

const FRAME = 24 + 4096;
const outcomes = Array.from({ length: 12 }, (_, index) =>
  outcome(anIntent(`${index}`, { source: 'updraft' }), { facts: batch('a', index) }),
);

let directory: string;
let file: string;
let copies = 0;

eachInFolder((folder) => ({ directory, file } = folder));

/** The files as a process that was killed has left them, the -wal changed as a failing disk might. */
function copied(change: (wal: Buffer) => Buffer): string {
  const copy = join(directory, `copy-${copies++}.db`);
  copyFileSync(file, copy);
  writeFileSync(`${copy}-wal`, change(readFileSync(`${file}-wal`)));
  return copy;
}

/** What a ledger tells, or the sentence with which it refuses; nothing else may happen. */
async function told(place: string): Promise<readonly Entry[] | string> {
  let ledger: Ledger | null = null;
  try {
    ledger = await openLedger(place);
    await ledger.groups('updraft');
    const entries = (await ledger.entries({ limit: 99 })).toReversed();
    await ledger.finish([outcome(anIntent('next', { source: 'updraft' }), { facts: batch('b', 1) })]);
    return entries;
  } catch (error) {
    expect(error).toBeInstanceOf(LedgerError);
    expect((error as Error).message).toMatch(/^The ledger .*: [^:]*\.$/);
    return (error as Error).message;
  } finally {
    await ledger?.close();
  }
}

it('A torn tail costs at most what nobody was told of, wherever it is torn', { timeout: 120_000 }, async () => {
  const ledger = await openLedger(file);
  await ledger.finish(outcomes.slice(0, 3));
  const before = statSync(`${file}-wal`).size;
  await ledger.finish([outcomes[3]!]);
  const after = statSync(`${file}-wal`).size;
  // Every byte around the head of every page of the last record, and some of each page.
  const ends = Array.from({ length: after - before }, (_, index) => index).filter(
    (index) => index % FRAME < 26 || index % FRAME > FRAME - 3 || index % 509 === 0,
  );

  for (const end of ends) {
    const found = await told(copied((wal) => wal.subarray(0, before + end)));

    expect([end, found]).toEqual([end, outcomes.slice(0, 3).map(entryOf)]);
  }

  expect(ends.length).toBeGreaterThan(100);
  expect(await told(copied((wal) => wal))).toEqual(outcomes.slice(0, 4).map(entryOf));
  await ledger.close();
});

it(
  'Where no mark is kept, a flipped byte in the -wal costs what came after it, and leaves no entry in part',
  { timeout: 120_000 },
  async () => {
    const ledger = await openLedger(file);
    for (const each of outcomes) await ledger.finish([each]);
    const { size } = statSync(`${file}-wal`);

    const counts = new Set<number>();
    for (let place = 0; place < size; place += 1 + Math.floor(size / 150)) {
      const found = await told(copied((wal) => wal.fill(wal[place]! ^ 0x5a, place, place + 1)));

      expect(found).toEqual(outcomes.slice(0, found.length).map(entryOf));
      counts.add(found.length);
    }

    expect(counts.size).toBeGreaterThan(5);
    await ledger.close();
  },
);

it('A flipped byte in the file is found at the start, or hurts no page', { timeout: 120_000 }, async () => {
  const ledger = await openLedger(file);
  await ledger.finish(outcomes);
  await ledger.close();
  const whole = readFileSync(file);

  let refused = 0;
  for (let place = 0; place < whole.length; place += 97) {
    const copy = join(directory, `copy-${copies++}.db`);
    const bytes = Buffer.from(whole);
    writeFileSync(copy, bytes.fill(whole[place]! ^ 0x5a, place, place + 1));

    const found = await told(copy);

    if (typeof found === 'string') refused++;
    else expect(found.length).toBeLessThanOrEqual(outcomes.length);
  }

  expect(refused).toBeGreaterThan(10);
});

it('A damaged page in the midst is found at the start', async () => {
  const ledger = await openLedger(file);
  await ledger.finish(
    Array.from({ length: 300 }, (_, index) => outcome(anIntent(`${index}`, { plan: JSON.stringify('x'.repeat(500)) }))),
  );
  await ledger.close();
  const bytes = readFileSync(file);
  const [page] = new Database(file)
    .prepare("select rootpage from sqlite_schema where name = 'entries_by_key'")
    .all() as { rootpage: number }[];
  writeFileSync(file, bytes.fill(0x55, (page!.rootpage - 1) * 4096, page!.rootpage * 4096));

  await expect(openLedger(file)).rejects.toThrow(`The ledger ${file} is damaged: put its last backup in its place.`);
});
