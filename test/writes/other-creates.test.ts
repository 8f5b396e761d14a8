import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Intent } from '../../src/ledger/journal.js';
import { LedgerError, type Ledger } from '../../src/ledger/ledger.js';
import { openLedger } from '../../src/ledger/sqlite.js';
import { otherCreates } from '../../src/writes/other-creates.js';
import { itemKey } from '../../src/writes/plan.js';
import { anIntent, outcome } from '../support/ledger-writer.js';

const since = '2024-01-01T08:00:00.000Z';
const create = {
  of: 'new group',
  scope: [],
  name: 'Smoke',
  members: [],
  roles: [],
  since,
  before: null,
} as const;

let ledger: Ledger;
beforeEach(async () => {
  ledger = await openLedger(':memory:');
});
afterEach(() => ledger.close());

/** A create of that name, under way. */
async function begun(key: string, expects: object = create, given: Partial<Intent> = {}): Promise<Intent> {
  const intent = anIntent(key, { group: null, plan: JSON.stringify({ calls: [], expects, ifLost: {} }), ...given });
  await ledger.begin([intent]);
  return intent;
}

const toldOf = (id: string) => JSON.stringify({ group: { type: 'TestRailGroup', path: [id] } });
const others = (own: Intent) => otherCreates(ledger, own, create);
const nothing = { isOpen: false, told: new Set() };

it('are none where only its own is open', async () => {
  expect(await others(await begun('own'))).toEqual(nothing);
});

it('are open where one of that name is under way or unknown, case and blanks aside', async () => {
  const own = await begun('own');
  const other = await begun('other', { ...create, name: ' SMOKE' });
  const underWay = await others(own);
  await ledger.finish([outcome(other, { state: 'UNKNOWN' })]);

  expect([underWay, await others(own)]).toEqual([
    { ...nothing, isOpen: true },
    { ...nothing, isOpen: true },
  ]);
});

it('are not those of another name, scope or source, nor what edits a group, nor what was refused', async () => {
  const own = await begun('own');
  await begun('name', { ...create, name: 'Smoke 2' });
  await begun('scope', { ...create, scope: ['other'] });
  await begun('source', create, { source: 'other' });
  await begun('edit', { of: 'group', group: { type: 'TestRailGroup', path: ['1'] }, changes: { name: 'Smoke' } });
  await ledger.finish([outcome(await begun('refused'), { state: 'REFUSED' })]);

  expect(await others(own)).toEqual(nothing);
});

it('tell the groups that they were answered with', async () => {
  const own = await begun('own');
  await ledger.finish([outcome(await begun('other'), { answer: toldOf('7') })]);

  expect(await others(own)).toEqual({ isOpen: false, told: new Set([itemKey(['7'])]) });
});

it('cannot be told where more was written lately than is looked through', async () => {
  const own = await begun('own');
  const minutes = (number: number) => new Date(Date.parse(since) - number * 60_000);
  const done = (count: number, name: string, createdAt: Date) =>
    Array.from({ length: count }, (_, nth) => outcome(anIntent(`${name}-${nth}`, { createdAt, plan: '{}' })));
  await ledger.finish(done(500, 'old', minutes(11)));
  const quiet = await others(own);
  await ledger.finish(done(500, 'young', minutes(9)));

  expect(quiet).toEqual(nothing);
  expect(await others(own)).toBeNull();
});

it('cannot be told where the ledger cannot be asked', async () => {
  const own = anIntent('own');
  const entries = () => Promise.reject(new LedgerError('x.db', 'is damaged; do something'));

  expect(await otherCreates({ entries }, own, create)).toBeNull();
});
