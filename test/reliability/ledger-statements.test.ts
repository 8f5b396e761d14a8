import { afterEach, describe, expect, it } from 'vitest';
import type { Ledger } from '../../src/ledger/ledger.js';
import { openLedger } from '../../src/ledger/sqlite.js';
import { eachInFolder } from '../support/ledger-folder.js';
import { anIntent, entryOf, outcome, standing, theGroup } from '../support/ledger-writer.js';

let ledger: Ledger;

eachInFolder(async ({ file }) => (ledger = await openLedger(file)));

afterEach(() => ledger.close());

const holder = (key: string) => ledger.holder('ann', 'addGroupMembers', key);
const intents = (turn: string, count: number) =>
  Array.from({ length: count }, (_, nth) => anIntent(`${turn}-${nth}`, { plan: `{"of":"${turn}-${nth}"}` }));

describe('Statements that are kept', () => {
  it('take the values of each time, however many rows there are and however often', async () => {
    const turns = [1, 2, 3, 1, 12, 2, 40, 1, 4, 5, 6, 7, 8, 9, 10, 11, 3, 12].map((count, nth) =>
      intents(`turn ${nth}`, count),
    );
    for (const turn of turns) {
      await ledger.begin(turn);
      for (const intent of turn) expect(await holder(intent.key)).toEqual(standing(intent));
      const outcomes = turn.map((intent, nth) => outcome(intent, { state: nth % 2 > 0 ? 'REFUSED' : 'DONE' }));
      await ledger.finish(outcomes);
      for (const one of outcomes) expect(await holder(one.intent.key)).toEqual(entryOf(one));
    }

    expect(await ledger.entries({ limit: 1_000 })).toHaveLength(turns.flat().length);
  });

  it('tell each group of its own', async () => {
    const others = [1, 2, 3].map((nth) => ({ ...theGroup, path: [`${nth}`] }));
    for (const [nth, group] of others.entries())
      await ledger.begin([anIntent(`${nth}`, { group, createdAt: new Date(nth) })]);

    const since = await Promise.all([...others, theGroup].map((group) => ledger.unsettledSince('testrail', group)));

    expect(since).toEqual([new Date(0), new Date(1), new Date(2), null]);
  });

  it('are good again after a refusal', async () => {
    const [first, second] = intents('one', 2) as [ReturnType<typeof anIntent>, ReturnType<typeof anIntent>];
    await ledger.begin([first]);

    await expect(ledger.begin([{ ...second, key: first.key }])).rejects.toThrow('holds this key');
    await ledger.begin([second]);

    expect(await holder(second.key)).toEqual(standing(second));
  });

  it('go on in no ledger that is closed', async () => {
    const [intent] = intents('one', 1);
    await ledger.begin([intent!]);
    expect(await holder(intent!.key)).not.toBeNull();

    await ledger.close();

    await expect(holder(intent!.key)).rejects.toThrow('not open');
  });
});
