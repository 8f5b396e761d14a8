import Database from 'libsql';
import { afterEach, describe, expect, it } from 'vitest';
import type { Ledger } from '../../src/ledger/ledger.js';
import { openLedger } from '../../src/ledger/sqlite.js';
import { refKey, type Fact } from '../../src/vendors/vendor.js';
import { eachInFolder } from '../support/ledger-folder.js';
import { aGroup, aMember, membership } from '../support/ledger-writer.js';

const monday = new Date('2024-01-01T08:00:00.001Z');
const tuesday = new Date('2024-01-02T08:00:00.002Z');
const beta = aGroup('1', 'Beta');

let file: string;
let ledger: Ledger;

eachInFolder(async (folder) => {
  ({ file } = folder);
  ledger = await openLedger(file);
});

afterEach(() => ledger.close());

async function restart(): Promise<void> {
  await ledger.close();
  ledger = await openLedger(file);
}

async function remember(at: Date, ...facts: readonly Fact[]): Promise<void> {
  await ledger.remember('updraft', 'ann', facts, at);
}

async function members() {
  return (await ledger.members('updraft', [beta])).get(refKey(beta));
}

describe('Many facts at once', () => {
  const facts = Array.from({ length: 500 }, (_, index) => membership(beta, aMember(String(index))));

  it('are remembered all', async () => {
    await remember(monday, { kind: 'group', row: beta }, ...facts);

    expect(await members()).toHaveLength(500);
  });

  it('are remembered not at all when the database refuses the last, and the ledger works on', async () => {
    const database = new Database(file);
    database.exec(`
      create trigger refuse before insert on memberships when new.member_key like '%"499"%'
      begin select raise(abort, 'refused'); end`);

    await expect(remember(monday, { kind: 'group', row: beta }, ...facts)).rejects.toThrow('refused');

    expect(await ledger.groups('updraft')).toEqual([]);
    expect(await members()).toEqual([]);

    database.exec('drop trigger refuse');
    database.close();
    await remember(tuesday, { kind: 'group', row: beta }, ...facts);
    await restart();

    expect(await members()).toHaveLength(500);
  });

  it('are remembered not at all when one of them cannot be written down', async () => {
    const unwritable = { kind: 'group', row: { ...aGroup('2'), attributes: { size: 1n } } } as const;

    await expect(remember(monday, { kind: 'group', row: beta }, unwritable)).rejects.toThrow('BigInt');

    expect(await ledger.groups('updraft')).toEqual([]);
  });

  it('are refused with a moment that is none, rather than remembered at an unknown time', async () => {
    await expect(remember(new Date(Number.NaN), { kind: 'group', row: beta })).rejects.toThrow(RangeError);

    expect(await ledger.groups('updraft')).toEqual([]);
  });
});
