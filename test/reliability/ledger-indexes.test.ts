import { beforeEach, expect, it } from 'vitest';
import * as journal from '../../src/ledger/entries.js';
import * as facts from '../../src/ledger/facts.js';
import { settleAll } from '../../src/ledger/settle.js';
import { openFile } from '../../src/ledger/sqlite/file.js';
import { sqliteStore } from '../../src/ledger/sqlite/store.js';
import type { Query, Store } from '../../src/ledger/store.js';
import { aGroup, aMember, anIntent, outcome, theGroup } from '../support/ledger-writer.js';

const now = new Date();

let plans: string[];
let store: Store;

/** Keeps SQLite's own plan of every statement that finds something in a table. */
beforeEach(() => {
  plans = [];
  const { database } = openFile(':memory:');
  const real = sqliteStore(database, ':memory:');
  const explain = (query: Query) => {
    const { sql, parameters } = query.compile();
    const steps = database.prepare(`explain query plan ${sql}`).all(parameters) as { detail: string }[];
    plans.push(...steps.map(({ detail }) => detail));
  };
  store = {
    ...real,
    read: (query, toValue) => [explain(query), real.read(query, toValue)][1] as never,
    // Explained, not carried out: there is nothing in the tables.
    write: async (queries) => queries.map((query) => (explain(query), 0)),
  };
});

const asked: readonly [string, () => Promise<unknown>][] = [
  ['the holder of a key', () => journal.holder(store, 'ann', 'm', 'k')],
  ['the newest entry of a key', () => journal.newest(store, 'k', { caller: 'ann' })],
  ['since when a group is unsettled', () => journal.unsettledSince(store, 'testrail', theGroup)],
  ['the entries of some states', () => journal.entries(store, { states: ['UNKNOWN', 'INTENT'], limit: 9 })],
  ['the entries of a source', () => journal.entries(store, { source: 'testrail', limit: 9 })],
  ['what is old', () => journal.prune(store, now)],
  ['what others began', () => settleAll(store)],
  ['an entry that has an outcome', () => journal.finish(store, [outcome(anIntent('k'))])],
  ['a group', () => facts.group(store, 'updraft', aGroup('1'))],
  ['the members of groups', () => facts.members(store, 'updraft', [aGroup('1')])],
  ['the groups of a member', () => facts.groupsOf(store, 'updraft', aMember('1'))],
];

it.each(asked)('finds %s without looking through a table', async (_, ask) => {
  await ask();

  expect(plans.filter((step) => step.startsWith('SCAN') && !step.includes('json_each'))).toEqual([]);
  expect(plans.join()).toMatch(/SEARCH|^$/);
});

it('lists the newest of all entries from the end, without sorting them', async () => {
  await journal.entries(store, { limit: 9 });

  expect(plans).toEqual(['SCAN entries']);
});
