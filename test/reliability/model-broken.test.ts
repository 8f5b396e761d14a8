import fc from 'fast-check';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Outcome } from '../../src/ledger/journal.js';
import type { Ledger } from '../../src/ledger/ledger.js';
import { Writes } from '../../src/writes/writes.js';
import { returnClock, takeClock } from './model/clock.js';
import type { Command } from './model/commands.js';
import { bursts, everything, lateChanges, lateness } from './model/draws.js';
import { agreement } from './model/hold.js';
import { modelVendors, type ModelVendor } from './model/vendors.js';
import type { WorldOptions } from './model/world.js';

vi.mock(import('node:timers/promises'), async (original) => {
  const { pause } = await import('./model/clock.js');
  return { ...(await original()), setTimeout: pause as never };
});
beforeAll(takeClock);
afterAll(returnClock);

const { testrail, velt, asa } = modelVendors;

interface Variant {
  readonly vendor: ModelVendor;
  readonly commands: readonly fc.Arbitrary<Command>[];
  readonly options: WorldOptions;
  /** How many commands are drawn at most; as many as all need when left out. */
  readonly most?: number;
  /** What the model finds wrong. */
  readonly finds: RegExp;
  /** As many commands as it takes to show it. */
  readonly shown: number;
}

/** A ledger in which no such outcome shuts a group. */
function opening(which: (outcome: Outcome) => boolean): WorldOptions['ledgerOf'] {
  return (ledger) => ({
    ...ledger,
    finish: (outcomes) => ledger.finish(outcomes.map((one) => (which(one) ? { ...one, unsettledSince: null } : one))),
  });
}

const variants: Readonly<Record<string, Variant>> = {
  'queues that share nothing, as of two processes without a common lock': {
    vendor: testrail,
    commands: [bursts(testrail, fc.constant(false))],
    // Bursts take long, and to find the one that shows it in many of them longer.
    most: 3,
    options: { writesOf: (ledger) => () => new Writes(ledger) },
    finds: /an order that explains what became|whom of group \d no order explains/,
    shown: 1,
  },
  'groups that are not shut after a lost answer, at a vendor that takes whole lists': {
    vendor: testrail,
    commands: lateness(testrail),
    options: { settleMs: 0 },
    finds: /what was acknowledged of group \d and is not so/,
    shown: 3,
  },
  'groups that are not shut after a lost answer, at a vendor that takes adds and removes': {
    vendor: velt,
    commands: lateness(velt),
    options: { settleMs: 0 },
    finds: /what was acknowledged of group \d and is not so/,
    shown: 3,
  },
  'edits whose unknown outcome leaves the group open, at a vendor that takes several members in one call': {
    vendor: velt,
    commands: lateness(velt),
    options: { ledgerOf: opening(({ state }) => state === 'UNKNOWN') },
    finds: /whether group \d is shut/,
    shown: 1,
  },
  'edits whose unknown outcome leaves the group open, at a vendor that takes one member a call': {
    vendor: asa,
    commands: lateness(asa),
    options: { ledgerOf: opening(({ state }) => state === 'UNKNOWN') },
    finds: /whether group \d is shut/,
    shown: 1,
  },
  'lost adds and removes that are taken for done because it was so before, at a vendor that takes several members in one call':
    {
      vendor: velt,
      commands: lateness(velt),
      options: { ledgerOf: opening(({ state }) => state === 'DONE') },
      finds: /whether group \d is shut/,
      shown: 1,
    },
  'lost adds and removes that are taken for done because it was so before, at a vendor that takes one member a call': {
    vendor: asa,
    commands: lateness(asa),
    options: { ledgerOf: opening(({ state }) => state === 'DONE') },
    finds: /whether group \d is shut/,
    shown: 1,
  },
  'lost changes that are taken for done because it was so before, at a vendor that is not read first': {
    vendor: asa,
    commands: lateChanges(asa),
    options: { ledgerOf: opening(({ state }) => state === 'DONE') },
    finds: /whether group \d is shut/,
    shown: 2,
  },
  'lost renames that are taken for done because the group had the name before': {
    vendor: testrail,
    commands: lateChanges(testrail),
    options: { ledgerOf: opening(({ state }) => state === 'DONE') },
    finds: /whether group \d is shut/,
    shown: 2,
  },
  'a ledger that keeps no intents': {
    vendor: testrail,
    commands: everything(testrail),
    options: { ledgerOf: (ledger) => ({ ...ledger, begin: () => ledger.begin([]) }) },
    finds: /whether group \d is shut|the entries that hold their keys|whether the process was killed/,
    shown: 2,
  },
  'a ledger that finds no keys': {
    vendor: testrail,
    commands: everything(testrail),
    options: { ledgerOf: (ledger): Ledger => ({ ...ledger, holder: async () => null }) },
    finds: /whether it is the earlier answer|Another entry of the ledger holds this key/,
    shown: 2,
  },
};

it.each(Object.entries(variants))(
  'finds %s, and shows it in few commands',
  { timeout: 120_000 },
  async (_name, { vendor, commands, most = 16, options, finds, shown }) => {
    const { failed, counterexample, errorInstance } = await fc.check(agreement(vendor, commands, most, options), {
      numRuns: 200,
      seed: 1,
    });

    expect(failed).toBe(true);
    expect(String(errorInstance)).toMatch(finds);
    expect([...counterexample![0]].length).toBeLessThanOrEqual(shown);
  },
);
