import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { LedgerError, type Ledger } from '../../src/ledger/ledger.js';
import { ledgerAt } from '../../src/ledger/open.js';
import { anIntent, batch, outcome } from '../support/ledger-writer.js';
import { startPostgres, wayTo, type PostgresServer, type Way } from '../support/postgres.js';
import { until } from '../support/until.js';

/** The longest that anybody waits for a database that does not answer. */
const BOUND_MS = 8_000;

let server: PostgresServer;
let way: Way;
let ledger: Ledger;
let url: string;

beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.close());
beforeEach(async () => {
  way = await wayTo(server.port);
  url = await server.databaseUrl();
  ledger = await ledgerAt(Object.assign(new URL(url), { port: `${way.port}` }).href);
});
afterEach(async () => {
  await ledger.close();
  await way.close();
});

const asked: readonly [string, (ledger: Ledger) => Promise<unknown>][] = [
  ['begin', (it) => it.begin([anIntent('meanwhile')])],
  ['finish', (it) => it.finish([outcome(anIntent('before'), { facts: batch('a', 1) })])],
  ['remember', (it) => it.remember('updraft', 'ann', batch('b', 1), new Date())],
  ['holder', (it) => it.holder('ann', 'addGroupMembers', 'before')],
  ['entries', (it) => it.entries({ limit: 9 })],
  ['groups', (it) => it.groups('updraft')],
  ['lock', (it) => it.lock('x', 60_000)],
];

/** Asks for everything at once; each must refuse with a sentence, and in time. */
async function everythingRefuses(): Promise<void> {
  const began = performance.now();
  const ends = await Promise.all(
    asked.map(async ([name, ask]) => {
      const error: unknown = await ask(ledger).catch((reason: unknown) => reason);
      return { name, error, ms: performance.now() - began };
    }),
  );
  for (const { name, error, ms } of ends) {
    expect([name, error]).toEqual([name, expect.any(LedgerError)]);
    expect((error as Error).message).toMatch(
      /^The ledger postgres:\/\/127\.0\.0\.1:\d+\/db\d+ (cannot be reached|is shutting down)/,
    );
    expect([name, ms < BOUND_MS]).toEqual([name, true]);
  }
}

async function everythingWorks(): Promise<void> {
  await vi.waitFor(() => ledger.groups('updraft'), { timeout: 10_000 });
  for (const [, ask] of asked.slice(1, -1)) await ask(ledger);
  const lock = await ledger.lock('x', 5000);
  expect(lock?.isHeld).toBe(true);
  await lock?.release();
  expect(await ledger.holder('ann', 'addGroupMembers', 'before')).toMatchObject({ state: 'DONE' });
}

describe('A database', { timeout: 60_000 }, () => {
  it('that stops answering is refused in time, and used again when it is back', async () => {
    await ledger.begin([anIntent('before')]);
    const lock = await ledger.lock('held', 0);

    way.block();
    await everythingRefuses();
    // What hangs is given up, and with it what it held.
    await until(() => !lock!.isHeld, BOUND_MS);
    await expect(lock!.release()).resolves.toBeUndefined();
    way.unblock();

    await everythingWorks();
    await ledger.begin([anIntent('after')]);
  });

  it('that is stopped is refused, and used again when it is started', async () => {
    await ledger.begin([anIntent('before')]);
    const lock = await ledger.lock('held', 0);

    await server.stop();
    await until(() => !lock!.isHeld);
    await everythingRefuses();
    await lock!.release();
    await server.start();

    await everythingWorks();
    expect((await ledger.lock('held', 0))?.isHeld).toBe(true);
  });

  it('that breaks every connection, also those at work, ends no process and loses nothing', async () => {
    await ledger.begin([anIntent('before')]);
    const begun: string[] = [];
    let isOver = false;
    const work = Array.from({ length: 8 }, async (_, worker) => {
      for (let time = 0; !isOver; time++) {
        const key = `${worker}-${time}`;
        await ledger.begin([anIntent(key)]).then(
          () => begun.push(key),
          (error: unknown) => expect(error).toBeInstanceOf(LedgerError),
        );
        await pause(1);
      }
    });

    for (let time = 1; time <= 10; time++) {
      await until(() => begun.length > 5 * time, BOUND_MS);
      way.cut();
    }
    isOver = true;
    await Promise.all(work);

    await everythingWorks();
    const there = new Set((await ledger.entries({ limit: 100_000 })).map(({ key }) => key));
    expect(begun.filter((key) => !there.has(key))).toEqual([]);
  });

  it('that is not there when it is time to stop keeps nobody from stopping', async () => {
    way.block();
    const began = performance.now();

    await ledger.close();

    expect(performance.now() - began).toBeLessThan(5000);
  });
});
