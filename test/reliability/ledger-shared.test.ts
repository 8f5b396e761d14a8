import { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { KeyHeld } from '../../src/ledger/journal.js';
import { ledgerAt } from '../../src/ledger/open.js';
import { anIntent, batch, outcome } from '../support/ledger-writer.js';
import { startPostgres, type PostgresServer } from '../support/postgres.js';
import { startWriter } from './ledger-processes.js';

let server: PostgresServer;
let url: string;

beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.close());
beforeEach(async () => {
  url = await server.databaseUrl();
});

async function sql<Row extends object>(text: string): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<Row>(text);
  await client.end();
  return rows;
}

describe('A shared ledger', () => {
  it(
    'is made once by several processes that start at the same moment, and loses no write of theirs',
    { timeout: 120_000 },
    async () => {
      const writers = ['a', 'b', 'c', 'd'].map((name) => startWriter(url, name, 60));

      const ends = await Promise.all(writers.map((writer) => writer.end()));

      expect(writers.map((writer, index) => [ends[index], writer.complaint(), writer.done()])).toEqual(
        writers.map(() => [0, '', 60]),
      );
      const ledger = await ledgerAt(url);
      expect(await ledger.groups('updraft')).toHaveLength(240);
      const entries = await ledger.entries({ limit: 1000 });
      expect(entries.filter(({ state }) => state === 'DONE')).toHaveLength(240);
      await ledger.close();
    },
  );

  it('takes facts about the same groups from several at once, in whatever order', { timeout: 60_000 }, async () => {
    const ledgers = [await ledgerAt(url), await ledgerAt(url)];
    const facts = Array.from({ length: 20 }, (_, index) => batch('g', index));

    const work = ledgers.flatMap((ledger, index) =>
      Array.from({ length: 20 }, () =>
        ledger.remember('updraft', 'ann', (index === 0 ? facts : facts.toReversed()).flat(), new Date()),
      ),
    );
    await Promise.all(work);

    expect(await ledgers[0]?.groups('updraft')).toHaveLength(20);
    for (const ledger of ledgers) await ledger.close();
  });

  it('gives each of two keys to one of two who begin with both, in opposite orders', { timeout: 60_000 }, async () => {
    const ledgers = [await ledgerAt(url), await ledgerAt(url)];

    for (let time = 0; time < 10; time++) {
      const intents = [`a${time}`, `b${time}`].map((key) => anIntent(key));
      const ends = await Promise.allSettled([
        ledgers[0]!.begin(intents),
        ledgers[1]!.begin(intents.toReversed().map((intent) => ({ ...intent, id: `other ${intent.id}` }))),
      ]);

      expect(ends.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
      for (const end of ends) if (end.status === 'rejected') expect(end.reason).toBeInstanceOf(KeyHeld);
    }

    expect(await ledgers[0]!.entries({ limit: 99 })).toHaveLength(20);
    for (const ledger of ledgers) await ledger.close();
  });

  it('is on disk when it answers, whatever the default of the server is', async () => {
    expect(await sql('show synchronous_commit')).toEqual([{ synchronous_commit: 'off' }]);
    const ledger = await ledgerAt(url);
    await sql(`
      create table public.seen (setting text);
      create function see() returns trigger language plpgsql as
        $$ begin insert into public.seen select current_setting('synchronous_commit'); return null; end $$;
      create trigger see after insert or update on rollcall.entries execute function see()`);

    await Promise.all(['a', 'b', 'c'].map((key) => ledger.begin([anIntent(key)])));
    await ledger.finish([outcome(anIntent('a'), { facts: batch('a', 1) })]);

    const seen = await sql<{ setting: string }>('select distinct setting from public.seen');
    expect(seen).toEqual([{ setting: 'on' }]);
    await ledger.close();
  });

  it('keeps its tables in a schema of its own, beside whatever else is there', async () => {
    await sql('create table public.entries (mine text); create table public.groups (mine text)');

    const ledger = await ledgerAt(url);
    await ledger.finish([outcome(anIntent('a'), { facts: batch('a', 1) })]);
    await ledger.close();

    expect(await sql('select * from public.entries')).toEqual([]);
    expect(await sql('select count(*)::int as count from rollcall.entries')).toEqual([{ count: 1 }]);
  });

  it('may be closed twice, and answers nothing afterwards', async () => {
    const ledger = await ledgerAt(url);
    await ledger.close();
    await ledger.close();

    await expect(ledger.groups('updraft')).rejects.toThrow();
    await expect(ledger.begin([anIntent('k')])).rejects.toThrow();
    await expect(ledger.lock('x', 100)).rejects.toThrow();
  });

  it('leaves no connection open when it is closed', async () => {
    const ledger = await ledgerAt(url);
    await Promise.all(['a', 'b', 'c'].map((key) => ledger.begin([anIntent(key)])));
    await ledger.close();

    const others = () =>
      sql("select 1 from pg_stat_activity where application_name = 'rollcall' and datname = current_database()");
    await expect.poll(others, { timeout: 5000 }).toEqual([]);
  });
});
