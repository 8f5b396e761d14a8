import { readdirSync, statSync, symlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LedgerError } from '../../src/ledger/ledger.js';
import { openLedger } from '../../src/ledger/sqlite.js';
import { eachInFolder } from '../support/ledger-folder.js';
import { anIntent } from '../support/ledger-writer.js';
import { startWriter } from './ledger-processes.js';

let directory: string;
let file: string;

eachInFolder((folder) => ({ directory, file } = folder));

const inUse = (name: string) =>
  `The ledger ${name} is in use by another Rollcall, and a file has one writer: ` +
  'end that process, or let several share `ledger: postgres://…`.';

describe('A ledger in a file has one writer', { timeout: 60_000 }, () => {
  it('and refuses a second process at once, which changes nothing for the first', async () => {
    const ledger = await openLedger(file);
    const second = startWriter(file, 'second', 1);

    expect([await second.end(), second.complaint()]).toEqual([1, `LedgerError: ${inUse(file)}\n`]);

    await ledger.begin([anIntent('k')]);
    expect((await ledger.entries({ limit: 9 })).map(({ key, state }) => [key, state])).toEqual([['k', 'INTENT']]);
    await ledger.close();
  });

  it('also within one process, under whatever name it is opened', async () => {
    const ledger = await openLedger(file);
    const link = join(directory, 'link.db');
    symlinkSync(file, link);

    for (const name of [file, relative(process.cwd(), file), link]) {
      const began = performance.now();
      await expect(openLedger(name)).rejects.toThrow(
        new LedgerError(name, inUse(name).slice(`The ledger ${name} `.length, -1)),
      );
      expect(performance.now() - began).toBeLessThan(1000);
    }

    // What was refused has not freed the lock.
    await expect(openLedger(file)).rejects.toThrow(inUse(file));
    await ledger.close();
  });

  it('and takes the next once the first is closed', async () => {
    for (let time = 0; time < 3; time++) {
      const ledger = await openLedger(file);
      await ledger.begin([anIntent(`${time}`)]);
      await ledger.close();
      await ledger.close();
    }

    const process = startWriter(file, 'next', 1);
    expect([await process.end(), process.complaint()]).toEqual([0, '']);
  });

  it('and takes the next at once after kill -9', async () => {
    const first = startWriter(file, 'first', 1_000_000);
    await first.says('done 3');
    await expect(openLedger(file)).rejects.toThrow(inUse(file));

    await first.kill();

    const ledger = await openLedger(file);
    expect((await ledger.entries({ limit: 99 })).length).toBeGreaterThanOrEqual(3);
    await ledger.close();
  });

  it('by an empty file beside it, for its owner alone', async () => {
    const ledger = await openLedger(file);

    const { size, mode } = statSync(`${file}.lock`);

    expect([size, mode & 0o777]).toEqual([0, 0o600]);
    await ledger.close();
  });

  it('but `:memory:` needs none, since each is another', async () => {
    const ledgers = [await openLedger(':memory:'), await openLedger(':memory:')];

    expect(readdirSync(process.cwd()).filter((name) => name.includes(':memory:'))).toEqual([]);
    await Promise.all(ledgers.map((ledger) => ledger.close()));
  });
});

it('An embedded ledger grants every name, since nobody else is there to hold it', async () => {
  const ledger = await openLedger(file);

  const [lock, other] = [await ledger.lock('a', 0), await ledger.lock('b', 0)];

  expect([ledger.isShared, lock?.isHeld, other?.isHeld]).toEqual([false, true, true]);
  await lock?.release();
  expect([lock?.isHeld, other?.isHeld]).toEqual([false, true]);
  await ledger.close();
});
