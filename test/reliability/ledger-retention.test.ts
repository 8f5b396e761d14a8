import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LedgerError } from '../../src/ledger/ledger.js';
import { ledgerAt } from '../../src/ledger/open.js';
import { keepFor } from '../../src/ledger/retention.js';
import { openLedger } from '../../src/ledger/sqlite.js';
import { aGroup, anIntent, outcome, standing } from '../support/ledger-writer.js';
import { bothKinds } from './ledger-places.js';

const monday = new Date('2024-01-01T00:00:00.000Z');
const tuesday = new Date('2024-01-02T00:00:00.000Z');
const wednesday = new Date('2024-01-03T00:00:00.000Z');

const finishedAt = (moment: Date, keys: readonly string[], plan = '{}') =>
  keys.map((key) => outcome(anIntent(key, { createdAt: monday, plan }), { finishedAt: moment }));
const numbers = (count: number, prefix = '') => Array.from({ length: count }, (_, index) => `${prefix}${index}`);

describe.each(bothKinds())('A ledger $kind', ({ fresh }) => {
  it('forgets what was finished before a moment, and says how many', async () => {
    const ledger = await ledgerAt(await fresh());
    await ledger.finish([...finishedAt(monday, numbers(1234, 'old')), ...finishedAt(tuesday, ['at that moment'])]);
    await ledger.finish(finishedAt(wednesday, ['new']));

    expect(await ledger.prune(tuesday)).toBe(1234);

    expect((await ledger.entries({ limit: 9 })).map(({ key }) => key)).toEqual(['new', 'at that moment']);
    expect(await ledger.prune(tuesday)).toBe(0);
    // Its key may be used again.
    await ledger.begin([anIntent('old1')]);
    await ledger.close();
  });

  it('never forgets an intent, however old, nor a fact', async () => {
    const ledger = await ledgerAt(await fresh());
    const intent = anIntent('open', { createdAt: monday });
    const [done] = finishedAt(monday, ['done']);
    await ledger.begin([intent]);
    await ledger.finish([{ ...done!, facts: [{ kind: 'group', row: aGroup('1') }] }]);

    expect(await ledger.prune(wednesday)).toBe(1);

    expect(await ledger.entries({ limit: 9 })).toEqual([standing(intent)]);
    expect(await ledger.groups('testrail')).toHaveLength(1);
    await ledger.close();
  });

  it('lets others write meanwhile, and loses none of theirs', async () => {
    const ledger = await ledgerAt(await fresh());
    for (const part of numbers(4)) await ledger.finish(finishedAt(monday, numbers(1000, `${part}-`)));

    let written = 0;
    let isDone = false;
    const pruning = ledger.prune(tuesday).finally(() => (isDone = true));
    while (!isDone) {
      await ledger.begin([anIntent(`new-${written++}`)]);
      await turn();
    }

    expect(await pruning).toBe(4000);
    expect(written).toBeGreaterThan(5);
    expect(await ledger.entries({ limit: 10_000 })).toHaveLength(written);
    await ledger.close();
  });
});

describe('A file', () => {
  let directory: string;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'ledger-'));
  });

  afterEach(() => rmSync(directory, { recursive: true }));

  it('becomes small again when it has forgotten', async () => {
    const file = join(directory, 'rollcall.db');
    const ledger = await openLedger(file);
    await ledger.finish(finishedAt(monday, numbers(2000), JSON.stringify('x'.repeat(2000))));
    await ledger.close();
    const before = statSync(file).size;

    const again = await openLedger(file);
    await again.prune(tuesday);
    await again.close();

    expect(before).toBeGreaterThan(4_000_000);
    expect(statSync(file).size).toBeLessThan(200_000);
  });
});

describe('What keeps a ledger small', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: wednesday });
  });

  afterEach(() => vi.useRealTimers());

  const HOUR_MS = 3_600_000;
  const noTrouble = (error: unknown) => expect.fail(String(error));

  it('forgets at the start and every hour what was finished so many days ago, until it is stopped', async () => {
    const asked: Date[] = [];
    const stop = keepFor({ prune: async (before) => asked.push(before) }, 2, noTrouble);
    expect(asked).toEqual([monday]);

    await vi.advanceTimersByTimeAsync(3 * HOUR_MS);
    expect(asked.map((before) => (before.getTime() - monday.getTime()) / HOUR_MS)).toEqual([0, 1, 2, 3]);

    await stop();
    await vi.advanceTimersByTimeAsync(3 * HOUR_MS);
    expect(asked).toHaveLength(4);
  });

  it('is stopped when what is under way has ended, and never runs twice at once', async () => {
    let end: (forgotten: number) => void = () => {};
    let runs = 0;
    const prune = () => new Promise<number>((resolve) => [runs++, (end = resolve)]);
    const stop = keepFor({ prune }, 30, noTrouble);

    await vi.advanceTimersByTimeAsync(3 * HOUR_MS);
    let isStopped = false;
    const stopping = stop().then(() => (isStopped = true));
    await vi.advanceTimersByTimeAsync(1000);
    expect([runs, isStopped]).toEqual([1, false]);

    end(0);
    await stopping;
    expect(isStopped).toBe(true);
  });

  it('tells of a failure, and tries again an hour later', async () => {
    const full = new LedgerError('rollcall.db', 'cannot grow because the disk is full: free some space');
    const troubles: unknown[] = [];
    const stop = keepFor({ prune: () => Promise.reject(full) }, 30, (error) => troubles.push(error));

    await vi.advanceTimersByTimeAsync(HOUR_MS);

    expect(troubles).toEqual([full, full]);
    await stop();
  });
});
