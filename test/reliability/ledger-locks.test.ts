import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Ledger } from '../../src/ledger/ledger.js';
import { openPostgresLedger } from '../../src/ledger/postgres.js';
import { startPostgres, type PostgresServer } from '../support/postgres.js';
import { until } from '../support/until.js';
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
  for (const ledger of open) await ledger.close();
});

/** As another process opens it: with connections of its own. */
async function aLedger(): Promise<Ledger> {
  const ledger = await openPostgresLedger(url);
  open.push(ledger);
  return ledger;
}

/** Ends the connections that hold locks, as a restart of the database or a broken network does. */
async function breakLockHolders(): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(
    "select pg_terminate_backend(pid) from (select distinct pid from pg_locks where locktype = 'advisory') as held",
  );
  await client.end();
}

describe('A name', () => {
  it('is held by one of several ledgers, until he releases it', async () => {
    const [one, other] = [await aLedger(), await aLedger()];
    const lock = await one.lock('group 5', 0);
    expect([one.isShared, lock?.isHeld]).toEqual([true, true]);

    expect(await other.lock('group 5', 0)).toBeNull();
    expect((await other.lock('group 6', 0))?.isHeld).toBe(true);
    await lock?.release();

    expect(lock?.isHeld).toBe(false);
    expect((await other.lock('group 5', 0))?.isHeld).toBe(true);
    expect(await one.lock('group 5', 0)).toBeNull();
  });

  it('is waited for as long as is said, and got as soon as it is free', async () => {
    const [one, other] = [await aLedger(), await aLedger()];
    const lock = await one.lock('x', 0);

    const began = performance.now();
    expect(await other.lock('x', 150)).toBeNull();
    const waited = performance.now() - began;
    const waiting = other.lock('x', 5000);
    await pause(100);
    const released = performance.now();
    await lock?.release();

    expect((await waiting)?.isHeld).toBe(true);
    expect(performance.now() - released).toBeLessThan(200);
    expect(waited).toBeGreaterThanOrEqual(145);
    expect(waited).toBeLessThan(600);
  });

  it('is one for two who ask in one process, too', async () => {
    const ledger = await aLedger();
    const lock = await ledger.lock('x', 0);

    expect(await ledger.lock('x', 50)).toBeNull();
    const waiting = ledger.lock('x', 5000);
    await lock?.release();

    expect((await waiting)?.isHeld).toBe(true);
    expect(await ledger.lock('x', 0)).toBeNull();
  });

  it('is one for many who ask in one process at the same moment', async () => {
    const ledger = await aLedger();
    let inside = 0;

    const most = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const lock = await ledger.lock('x', 10_000);
        const seen = ++inside;
        await pause(2);
        inside--;
        await lock?.release();
        return seen;
      }),
    );

    expect(Math.max(...most)).toBe(1);
  });

  it('may be released twice, which frees nobody else', async () => {
    const [one, other] = [await aLedger(), await aLedger()];
    const lock = await one.lock('x', 0);
    await lock?.release();
    const second = await one.lock('x', 0);

    await lock?.release();

    expect(second?.isHeld).toBe(true);
    expect(await other.lock('x', 0)).toBeNull();
  });

  it('may be any text', async () => {
    const [one, other] = [await aLedger(), await aLedger()];
    for (const name of ['', 'a\u0000b', '\ud800', "'; select 1", 'x'.repeat(100_000)]) {
      const lock = await one.lock(name, 0);
      expect([lock?.isHeld, await other.lock(name, 0)]).toEqual([true, null]);
      await lock?.release();
    }
  });

  it('keeps a count right that several processes read, wait and write back', { timeout: 60_000 }, async () => {
    const ledgers = [await aLedger(), await aLedger(), await aLedger()];
    const count = async (isLocked: boolean) => {
      let number = 0;
      const add = async (ledger: Ledger) => {
        const lock = isLocked ? await ledger.lock('count', 20_000) : null;
        const read = number;
        await pause(1);
        number = read + 1;
        await lock?.release();
      };
      const work = ledgers.map(async (ledger) => {
        for (let time = 0; time < 20; time++) await add(ledger);
      });
      await Promise.all(work);
      return number;
    };

    expect(await count(true)).toBe(60);
    expect(await count(false)).toBeLessThan(60);
  });

  it('comes to each of those who want it all the time', { timeout: 60_000 }, async () => {
    const ledgers = [await aLedger(), await aLedger(), await aLedger()];
    const turns = ledgers.map(() => 0);
    const end = performance.now() + 3000;

    const work = ledgers.map(async (ledger, index) => {
      while (performance.now() < end) {
        const lock = await ledger.lock('busy', 10_000);
        await pause(10);
        turns[index]!++;
        await lock?.release();
      }
    });
    await Promise.all(work);

    const most = Math.max(...turns);
    for (const each of turns) expect(each, `turns: ${turns.join()}`).toBeGreaterThan(most / 4);
  });

  it('is free again after kill -9 of who held it', { timeout: 60_000 }, async () => {
    const holder = startWriter(url, 'w', 0, { HOLD: 'x' });
    await holder.says('held');
    const ledger = await aLedger();
    expect(await ledger.lock('x', 100)).toBeNull();

    await holder.kill();

    expect((await ledger.lock('x', 3000))?.isHeld).toBe(true);
  });
});

describe('A connection that is lost', () => {
  it('takes its locks along, which say so, and a new one holds later ones', async () => {
    const ledger = await aLedger();
    const [lost, alsoLost] = [await ledger.lock('x', 0), await ledger.lock('y', 0)];

    await breakLockHolders();

    await until(() => !lost!.isHeld);
    expect(alsoLost?.isHeld).toBe(false);
    await expect(Promise.all([lost?.release(), alsoLost?.release()])).resolves.toBeDefined();
    const again = await ledger.lock('x', 2000);
    expect(again?.isHeld).toBe(true);
    expect(await (await aLedger()).lock('x', 0)).toBeNull();
  });

  it('keeps nobody from a name who waits for it in another process', async () => {
    const [one, other] = [await aLedger(), await aLedger()];
    const lock = await one.lock('x', 0);
    const waiting = other.lock('x', 10_000);
    await pause(50);

    await breakLockHolders();

    expect((await waiting)?.isHeld).toBe(true);
    expect(lock?.isHeld).toBe(false);
    expect(await one.lock('x', 0)).toBeNull();
  });
});
