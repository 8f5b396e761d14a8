import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Ledger } from '../../src/ledger/ledger.js';
import { ledgerAt } from '../../src/ledger/open.js';
import type { Ref } from '../../src/vendors/vendor.js';
import {
  aGroup,
  aMember,
  anIntent,
  entryOf,
  membership,
  outcome,
  standing,
  theGroup,
} from '../support/ledger-writer.js';
import { bothKinds } from './ledger-places.js';

const monday = new Date('2024-01-01T08:00:00.001Z');
const tuesday = new Date('2024-01-02T08:00:00.002Z');
const wednesday = new Date('2024-01-03T08:00:00.003Z');
const beta = aGroup('1', 'Beta');

describe.each(bothKinds())('A journal $kind', ({ fresh, sql }) => {
  let place: string;
  let ledger: Ledger;

  beforeEach(async () => {
    place = await fresh();
    ledger = await ledgerAt(place);
  });

  afterEach(() => ledger.close());

  const holder = (key: string) => ledger.holder('ann', 'addGroupMembers', key);
  const keys = async (filter: Partial<Parameters<Ledger['entries']>[0]> = {}) =>
    (await ledger.entries({ limit: 100, ...filter })).map(({ key }) => key);

  it('tells an intent as it was begun, and its outcome once that is there', async () => {
    const intent = anIntent('k', { group: null });
    const done = outcome(intent, { state: 'UNKNOWN', unsettledSince: tuesday });

    await ledger.begin([intent]);
    expect(await holder('k')).toEqual(standing(intent));
    await ledger.finish([done]);

    expect(await holder('k')).toEqual(entryOf(done));
    expect(await ledger.newest('k')).toEqual(entryOf(done));
    expect(await ledger.entries({ limit: 9 })).toEqual([entryOf(done)]);
  });

  it('has all of it after a restart, and what stood open then as unknown since then', async () => {
    const [open, done] = [anIntent('open'), outcome(anIntent('done'))];
    await ledger.begin([open, done.intent]);
    await ledger.finish([done]);
    await ledger.close();

    const before = Date.now();
    ledger = await ledgerAt(place);

    const found = await holder('open');
    expect(found).toEqual({
      ...standing(open),
      state: 'UNKNOWN',
      finishedAt: expect.any(Date),
      unsettledSince: found?.finishedAt,
    });
    expect(found?.finishedAt?.getTime()).toBeGreaterThanOrEqual(before);
    expect(await ledger.unsettledSince('testrail', theGroup)).toEqual(found?.finishedAt);
    expect(await holder('done')).toEqual(entryOf(done));
  });

  it('knows no key that nobody used', async () => {
    expect([await holder('k'), await ledger.newest('k'), await ledger.entries({ limit: 9 })]).toEqual([null, null, []]);
  });

  describe('Outcomes', () => {
    it('may be of intents that were never begun', async () => {
      const refused = outcome(anIntent('k'), { state: 'REFUSED' });

      await ledger.finish([refused]);

      expect(await holder('k')).toEqual(entryOf(refused));
    });

    it('are entered together with their facts', async () => {
      const facts = [{ kind: 'group', row: beta }, membership(beta, aMember('9'))] as const;
      const [one, other] = ['1', '2'].map((key) => anIntent(key, { source: 'updraft', caller: key }));

      await ledger.finish([
        outcome(one!, { facts: facts.slice(0, 1) }),
        outcome(other!, { facts, finishedAt: tuesday }),
      ]);

      expect(await ledger.groups('updraft')).toEqual([{ row: beta, writtenAt: tuesday }]);
      expect(await ledger.groupsOf('updraft', aMember('9'))).toHaveLength(1);
      expect(await sql(place, 'select caller from memberships')).toEqual([{ caller: '2' }]);
    });

    it('are entered not at all when one of their facts cannot be', async () => {
      const intent = anIntent('k', { source: 'updraft' });
      const finish = () =>
        ledger.finish([outcome(intent, { facts: [{ kind: 'group', row: beta }, membership(beta, aMember('9'))] })]);
      await ledger.begin([intent]);
      await sql(place, 'alter table memberships rename to elsewhere');

      await expect(finish()).rejects.toThrow('memberships');

      expect((await holder('k'))?.state).toBe('INTENT');
      expect(await ledger.groups('updraft')).toEqual([]);

      await sql(place, 'alter table elsewhere rename to memberships');
      await finish();
      expect((await holder('k'))?.state).toBe('DONE');
      expect(await ledger.groups('updraft')).toHaveLength(1);
    });

    it('may follow each other: what was unknown is done once that is seen', async () => {
      const intent = anIntent('k');
      await ledger.finish([outcome(intent, { state: 'UNKNOWN', unsettledSince: monday })]);

      await ledger.finish([outcome(intent, { answer: '"seen"' })]);

      expect(await holder('k')).toMatchObject({ state: 'DONE', unsettledSince: null, answer: '"seen"' });
      expect(await ledger.unsettledSince('testrail', theGroup)).toBeNull();
    });

    it('of one intent at once come to the last', async () => {
      const intent = anIntent('k');

      await ledger.finish([outcome(intent, { state: 'UNKNOWN' }), outcome(intent)]);

      expect((await ledger.entries({ limit: 9 })).map(({ state }) => state)).toEqual(['DONE']);
    });

    it('are refused with a moment that is none', async () => {
      await expect(ledger.begin([anIntent('k', { createdAt: new Date(Number.NaN) })])).rejects.toThrow(RangeError);
      await expect(ledger.finish([outcome(anIntent('k'), { unsettledSince: new Date(Number.NaN) })])).rejects.toThrow(
        RangeError,
      );

      expect(await keys()).toEqual([]);
    });
  });

  describe('A group', () => {
    const unsettled = (key: string, unsettledSince: Date | null, group: Ref | null = theGroup, source = 'testrail') =>
      outcome(anIntent(key, { group, source }), { state: 'UNKNOWN', unsettledSince });

    it('is unsettled since the last write that may still take effect', async () => {
      expect(await ledger.unsettledSince('testrail', theGroup)).toBeNull();

      await ledger.finish([
        unsettled('1', tuesday),
        unsettled('2', wednesday),
        unsettled('3', monday),
        unsettled('4', null),
      ]);

      expect(await ledger.unsettledSince('testrail', theGroup)).toEqual(wednesday);
    });

    it('is unsettled by an intent since that began, until it has an outcome', async () => {
      await ledger.begin([anIntent('k', { createdAt: tuesday })]);
      expect(await ledger.unsettledSince('testrail', theGroup)).toEqual(tuesday);

      await ledger.finish([outcome(anIntent('k'))]);

      expect(await ledger.unsettledSince('testrail', theGroup)).toBeNull();
    });

    it('is not unsettled by what happens to others', async () => {
      const others: readonly Ref[] = [
        { ...theGroup, path: ['5', '5'] },
        { ...theGroup, type: 'AsaGroup' },
      ];

      await ledger.finish(others.map((group, index) => unsettled(`${index}`, tuesday, group)));
      await ledger.finish([unsettled('a', tuesday, null), unsettled('b', tuesday, theGroup, 'testrail-eu')]);

      expect(await ledger.unsettledSince('testrail', theGroup)).toBeNull();
      expect(await ledger.unsettledSince('testrail-eu', theGroup)).toEqual(tuesday);
    });
  });

  it('lists its entries, the last entered first, of the states and the source that are asked for', async () => {
    await ledger.begin(['1', '2', '3', '4'].map((key) => anIntent(key, { source: key === '3' ? 'velt' : 'testrail' })));
    await ledger.finish([
      outcome(anIntent('5'), { state: 'REFUSED' }),
      outcome(anIntent('1')),
      outcome(anIntent('2'), { state: 'UNSENT' }),
    ]);

    expect(await keys()).toEqual(['5', '4', '3', '2', '1']);
    expect(await keys({ limit: 2 })).toEqual(['5', '4']);
    expect(await keys({ states: ['INTENT', 'UNSENT'] })).toEqual(['4', '3', '2']);
    expect(await keys({ source: 'velt' })).toEqual(['3']);
    expect(await keys({ states: ['DONE', 'REFUSED'], source: 'testrail', limit: 1 })).toEqual(['5']);
    expect(await keys({ states: [] })).toEqual([]);
  });
});
