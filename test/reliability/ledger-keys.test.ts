import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { KeyHeld } from '../../src/ledger/journal.js';
import type { Ledger } from '../../src/ledger/ledger.js';
import { ledgerAt } from '../../src/ledger/open.js';
import { anIntent, outcome } from '../support/ledger-writer.js';
import { bothKinds } from './ledger-places.js';

const monday = new Date('2024-01-01T08:00:00.001Z');
const tuesday = new Date('2024-01-02T08:00:00.002Z');
const wednesday = new Date('2024-01-03T08:00:00.003Z');

describe.each(bothKinds())('A key $kind', ({ fresh }) => {
  let ledger: Ledger;

  beforeEach(async () => {
    ledger = await ledgerAt(await fresh());
  });

  afterEach(() => ledger.close());

  const holder = (key: string) => ledger.holder('ann', 'addGroupMembers', key);
  const keys = async () => (await ledger.entries({ limit: 100 })).map(({ key }) => key);

  it.each(['INTENT', 'DONE', 'REFUSED', 'UNKNOWN'] as const)('is held by what is %s', async (state) => {
    await ledger.begin([anIntent('k')]);
    if (state !== 'INTENT') await ledger.finish([outcome(anIntent('k'), { state })]);

    await expect(ledger.begin([anIntent('other'), anIntent('k', { id: 'second' })])).rejects.toThrow(KeyHeld);

    expect((await holder('k'))?.state).toBe(state);
    expect(await keys()).toEqual(['k']);
  });

  it('is free again once what it was used for is UNSENT', async () => {
    const [first, second] = [anIntent('k', { id: 'first' }), anIntent('k', { id: 'second', createdAt: tuesday })];
    await ledger.begin([first]);
    await ledger.finish([outcome(first, { state: 'UNSENT' })]);
    expect(await holder('k')).toBeNull();
    expect((await ledger.newest('k'))?.state).toBe('UNSENT');

    await ledger.begin([second]);

    expect((await holder('k'))?.id).toBe('second');
    expect((await ledger.newest('k'))?.id).toBe('second');
    expect(await keys()).toEqual(['k', 'k']);
  });

  it('is one for each caller and mutation', async () => {
    const others = [anIntent('k', { id: '2', caller: 'bob' }), anIntent('k', { id: '3', mutation: 'deleteGroup' })];

    await ledger.begin([anIntent('k', { id: '1' }), ...others]);

    expect((await holder('k'))?.id).toBe('1');
    expect((await ledger.holder('bob', 'addGroupMembers', 'k'))?.id).toBe('2');
    expect((await ledger.holder('ann', 'deleteGroup', 'k'))?.id).toBe('3');
    expect(await ledger.holder('bob', 'deleteGroup', 'k')).toBeNull();
  });

  it('is got by one of many who begin with it at once', async () => {
    const tries = Array.from({ length: 30 }, (_, index) => ledger.begin([anIntent('k', { id: `${index}` })]));

    const ends = await Promise.allSettled(tries);

    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const end of ends) if (end.status === 'rejected') expect(end.reason).toBeInstanceOf(KeyHeld);
    expect(await keys()).toHaveLength(1);
  });

  it('finds its newest entry, of the caller and mutation that are asked for', async () => {
    const at = [monday, wednesday, tuesday];
    const of = [{}, { caller: 'bob' }, { mutation: 'deleteGroup' }];
    for (const [index, createdAt] of at.entries()) {
      await ledger.begin([anIntent('k', { id: `${index}`, createdAt, ...of[index] })]);
    }

    const newest = async (asked?: Parameters<Ledger['newest']>[1]) => (await ledger.newest('k', asked))?.id;
    expect([await newest(), await newest({ caller: 'ann' }), await newest({ caller: 'bob' })]).toEqual(['1', '2', '1']);
    expect(await newest({ caller: 'ann', mutation: 'addGroupMembers' })).toBe('0');
    expect(await newest({ caller: 'bob', mutation: 'deleteGroup' })).toBeUndefined();
  });
});
