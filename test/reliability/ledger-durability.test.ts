import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Entry } from '../../src/ledger/journal.js';
import type { Ledger } from '../../src/ledger/ledger.js';
import { ledgerAt } from '../../src/ledger/open.js';
import { refKey } from '../../src/vendors/vendor.js';
import { aGroup, aMember, aTester } from '../support/ledger-writer.js';
import { bothKinds } from './ledger-places.js';
import { startWriter } from './ledger-processes.js';

/** Nobody waits for the outcome of a process that has ended, once the database has noticed that. */
async function entriesWithoutIntents(ledger: Ledger): Promise<Entry[]> {
  for (;;) {
    const entries = await ledger.entries({ limit: 10_000 });
    if (!entries.some(({ state }) => state === 'INTENT')) return entries;
    await pause(20);
  }
}

/** The states of a writer's entries by their numbers; what is done must be there with all its facts, the rest with none. */
async function statesOf(place: string, name: string): Promise<string[]> {
  const ledger = await ledgerAt(place);
  const entries = (await entriesWithoutIntents(ledger)).filter(({ key }) => key.startsWith(`${name}-`));
  const groups = new Set((await ledger.groups('updraft')).map(({ row }) => refKey(row)));
  const testers = new Set((await ledger.testers('updraft')).map(({ row }) => refKey(row)));
  const refs = entries.map(({ key }) => aGroup(key));
  const members = await ledger.members('updraft', refs);
  await ledger.close();

  for (const { key, state } of entries) {
    const there = [groups.has(refKey(aGroup(key))), testers.has(refKey(aTester(key)))];
    const isDone = state === 'DONE';
    expect([key, ...there]).toEqual([key, isDone, isDone]);
    expect(members.get(refKey(aGroup(key)))?.map(({ member }) => member)).toEqual(isDone ? [aMember(key)] : []);
  }
  return entries.toReversed().map(({ state }) => state);
}

describe.each(bothKinds())('A ledger $kind', ({ fresh }) => {
  it(
    'has all that it acknowledged after kill -9, whole, and what was under way as unknown',
    { timeout: 120_000 },
    async () => {
      const place = await fresh();
      for (const [round, enough] of [1, 40, 150].entries()) {
        const writer = startWriter(place, `r${round}`, 1_000_000);
        await writer.says(`done ${enough}`);
        // At any moment of the next.
        await pause(Math.random() * 3);
        await writer.kill();

        const states = await statesOf(place, `r${round}`);

        const [begun, done] = [writer.begun(), writer.done()];
        expect([writer.complaint(), done >= enough]).toEqual(['', true]);
        // One more may have reached the disk before the kill kept it from being told.
        expect([begun, begun + 1]).toContain(states.length);
        expect(states.slice(0, done)).toEqual(Array.from({ length: done }, () => 'DONE'));
        expect(states.length - done).toBeLessThanOrEqual(1);
        for (const state of states.slice(done)) expect(['UNKNOWN', 'DONE']).toContain(state);
      }
    },
  );

  it('loses nothing to a process that ends in the midst of opening it', { timeout: 60_000 }, async () => {
    const place = await fresh();
    for (let round = 0; round < 4; round++) {
      const writer = startWriter(place, `r${round}`, 1);
      await pause(300 + 60 * round);
      await writer.kill();
    }

    const writer = startWriter(place, 'last', 5);

    expect([await writer.end(), writer.complaint()]).toEqual([0, '']);
    expect(await statesOf(place, 'last')).toEqual(Array.from({ length: 5 }, () => 'DONE'));
  });
});
