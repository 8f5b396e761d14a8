import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Ledger } from '../../src/ledger/ledger.js';
import { openPostgresLedger } from '../../src/ledger/postgres.js';
import { anIntent, outcome, standing, theGroup } from '../support/ledger-writer.js';
import { startPostgres, type PostgresServer } from '../support/postgres.js';
import { startWriter } from './ledger-processes.js';

let server: PostgresServer;
let url: string;
let open: Ledger[];

beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.close());
beforeEach(async () => {
  url = await server.databaseUrl();
  open = [];
});
afterEach(async () => {
  vi.useRealTimers();
  for (const ledger of open) await ledger.close();
});

async function aLedger(): Promise<Ledger> {
  const ledger = await openPostgresLedger(url);
  open.push(ledger);
  return ledger;
}

async function sql<Row extends object>(text: string): Promise<Row[]> {
  const client = new Client({ connectionString: url, options: '-c search_path=rollcall' });
  await client.connect();
  const { rows } = await client.query<Row>(text);
  await client.end();
  return rows;
}

const breakLockHolders = () =>
  sql("select pg_terminate_backend(pid) from (select distinct pid from pg_locks where locktype = 'advisory') as held");
const holder = (ledger: Ledger, key: string) => ledger.holder('ann', 'addGroupMembers', key);

describe('The intent of another process', { timeout: 60_000 }, () => {
  it('is left alone as long as that process lives, whoever looks and whoever starts', async () => {
    const living = await aLedger();
    await living.begin([anIntent('k')]);

    const other = await aLedger();

    expect(await holder(other, 'k')).toEqual(standing(anIntent('k')));
    expect(await other.newest('k')).toEqual(standing(anIntent('k')));
    expect(await other.entries({ limit: 9 })).toEqual([standing(anIntent('k'))]);
    expect(await other.unsettledSince('testrail', theGroup)).toEqual(anIntent('k').createdAt);
  });

  it('is unknown once that process is dead: to whoever starts', async () => {
    const ended = await aLedger();
    await ended.begin([anIntent('k')]);
    await ended.close();

    await aLedger();

    expect(await sql('select state from entries')).toEqual([{ state: 'UNKNOWN' }]);
  });

  it.each([
    ['its key', async (ledger: Ledger) => (await holder(ledger, 'k'))?.state],
    ['its newest entry', async (ledger: Ledger) => (await ledger.newest('k'))?.state],
    [
      'the list',
      async (ledger: Ledger) => (await ledger.entries({ states: ['INTENT', 'UNKNOWN'], limit: 1 }))[0]?.state,
    ],
  ])('is unknown once that process is dead: to whoever asks for %s', async (_, ask) => {
    const [ledger, ended] = [await aLedger(), await aLedger()];
    await ended.begin([anIntent('k')]);
    expect(await ask(ledger)).toBe('INTENT');

    await ended.close();

    expect(await ask(ledger)).toBe('UNKNOWN');
  });

  it('is unknown soon after kill -9 of that process', async () => {
    const ledger = await aLedger();
    const writer = startWriter(url, 'w', 0, { HOLD: 'k' });
    await writer.says('held');
    expect((await holder(ledger, 'k'))?.state).toBe('INTENT');

    await writer.kill();

    await vi.waitFor(async () => expect((await holder(ledger, 'k'))?.state).toBe('UNKNOWN'), 5000);
  });

  it('shuts its group from the moment on when it was found dead', async () => {
    const [ledger, ended] = [await aLedger(), await aLedger()];
    await ended.begin([anIntent('k')]);
    await ended.close();
    const before = Date.now();

    const since = await ledger.unsettledSince('testrail', theGroup);

    expect(since?.getTime()).toBeGreaterThanOrEqual(before);
    expect(await ledger.unsettledSince('testrail', theGroup)).toEqual(since);
  });

  it('is found dead within ten seconds by those who only go on', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    await aLedger();
    const ended = await aLedger();
    await ended.begin([anIntent('k')]);
    await ended.close();

    vi.advanceTimersByTime(10_000);

    await vi.waitFor(async () => {
      expect(await sql('select state from entries')).toEqual([{ state: 'UNKNOWN' }]);
    }, 5000);
  });

  it('still gets its outcome when it was found dead by mistake', async () => {
    const [ledger, other] = [await aLedger(), await aLedger()];
    await ledger.begin([anIntent('k')]);
    await sql("update entries set state = 'UNKNOWN', finished_at = 1, unsettled_since = 1");

    await ledger.finish([outcome(anIntent('k'))]);

    expect(await holder(other, 'k')).toMatchObject({ state: 'DONE', unsettledSince: null });
  });
});

describe('A process that lost its connection', () => {
  it('is not called dead by the others who lost theirs with it', async () => {
    const [one, other] = [await aLedger(), await aLedger()];
    await one.begin([anIntent('k')]);

    for (let time = 0; time < 5; time++) {
      await breakLockHolders();
      expect((await holder(other, 'k'))?.state).toBe('INTENT');
    }
  });

  it('does not call its own intents dead', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const ledger = await aLedger();
    await ledger.begin([anIntent('k')]);
    await breakLockHolders();

    vi.advanceTimersByTime(30_000);
    await pause(200);

    expect((await holder(ledger, 'k'))?.state).toBe('INTENT');
  });
});
