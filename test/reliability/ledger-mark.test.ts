import { copyFileSync, existsSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LedgerError } from '../../src/ledger/ledger.js';
import { openLedger } from '../../src/ledger/sqlite.js';
import { eachInFolder } from '../support/ledger-folder.js';
import { anIntent, entryOf, outcome } from '../support/ledger-writer.js';

let directory: string;
let file: string;

eachInFolder((folder) => ({ directory, file } = folder));

const done = ['one', 'two', 'three'].map((key) => outcome(anIntent(key)));

/** A copy of what a process that was killed leaves after three commits, without some of it. */
async function leftWithout(...ends: readonly string[]): Promise<string> {
  const ledger = await openLedger(file);
  for (const each of done) await ledger.finish([each]);
  const copy = join(directory, 'copy.db');
  for (const end of ['', '-wal', '.mark']) {
    if (!ends.includes(end)) copyFileSync(`${file}${end}`, `${copy}${end}`);
  }
  await ledger.close();
  return copy;
}

async function refusal(place: string): Promise<string> {
  const error: unknown = await openLedger(place).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(LedgerError);
  return (error as Error).message;
}

async function holders(place: string): Promise<unknown[]> {
  const ledger = await openLedger(place);
  const found = await Promise.all(done.map(({ intent: { key } }) => ledger.holder('ann', 'addGroupMembers', key)));
  await ledger.close();
  return found;
}

const lacking = (place: string, count: number) =>
  `The ledger ${place} lacks the last ${count} of its 3 commits, which had been promised to be kept: put a backup that has ` +
  `them, with its -wal file, in its place, or delete ${place}.mark to go on without them, after which whatever was written ` +
  'in that time and its idempotency keys are unknown here.';

describe('The mark beside a ledger', () => {
  it('lets a ledger start that has all it promised, as often as it is started', async () => {
    const place = await leftWithout();

    expect(await holders(place)).toEqual(done.map(entryOf));
    expect(await holders(place)).toEqual(done.map(entryOf));
  });

  it('refuses one whose -wal is gone, as where somebody copied the file alone', async () => {
    const place = await leftWithout('-wal');

    expect(await refusal(place)).toBe(lacking(place, 3));
  });

  it('refuses one whose -wal was cut, says how much is missing, and touches nothing', async () => {
    const place = await leftWithout();
    truncateSync(`${place}-wal`, readFileSync(`${place}-wal`).length - 1);
    const before = ['', '-wal', '.mark'].map((end) => readFileSync(`${place}${end}`));

    expect(await refusal(place)).toBe(lacking(place, 1));

    expect(['', '-wal', '.mark'].map((end) => readFileSync(`${place}${end}`))).toEqual(before);
  });

  it('refuses an older copy put in the place of a newer one', async () => {
    await (await openLedger(file)).close();
    const older = readFileSync(file);
    await leftWithout();
    writeFileSync(file, older);

    expect(await refusal(file)).toBe(lacking(file, 3));
  });

  it('refuses a ledger that is not there any more', async () => {
    const place = await leftWithout('', '-wal');

    expect(await refusal(place)).toBe(lacking(place, 3));
  });

  it('is deleted to accept the loss, and made anew', async () => {
    const place = await leftWithout('-wal', '.mark');

    expect(await holders(place)).toEqual([null, null, null]);
    const ledger = await openLedger(place);
    await ledger.begin([anIntent('next')]);
    await ledger.close();

    expect(existsSync(`${place}.mark`)).toBe(true);
  });

  it.each([
    ['is empty', () => ''],
    ['has NUL in it, as a power cut may leave it', (text: string) => '\0'.repeat(text.length)],
    ['is damaged itself', (text: string) => text.replace('3', '7')],
    ['is behind, as a power cut may leave it', () => undefined],
  ])('hinders nobody where it %s', async (_, change) => {
    const place = await leftWithout();
    const text = change(readFileSync(`${place}.mark`, 'latin1'));
    if (text === undefined) await setBack(place);
    else writeFileSync(`${place}.mark`, text);

    expect(await holders(place)).toEqual(done.map(entryOf));
  });

  it('is neither made nor looked for where a ledger is in memory', async () => {
    const ledger = await openLedger(':memory:');
    await ledger.begin([anIntent('k')]);
    await ledger.close();

    expect(existsSync(':memory:.mark')).toBe(false);
  });
});

/** The mark of a ledger with one commit. */
async function setBack(place: string): Promise<void> {
  const other = join(directory, 'other.db');
  const ledger = await openLedger(other);
  await ledger.begin([anIntent('k')]);
  await ledger.close();
  copyFileSync(`${other}.mark`, `${place}.mark`);
}
