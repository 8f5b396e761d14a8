import { rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, expect, it } from 'vitest';
import { allWrites, Writers, type Replayed } from '../support/killed.js';
import { openService, type Life, type Service } from '../support/service.js';
import { until } from '../support/until.js';
import { isWrite } from '../support/vendor-writes.js';
import { company } from '../support/verbs.js';

/** The long form is of 200. */
const kills = Number(process.env['ROLLCALL_KILLS'] ?? 15);
const writers = 16;

let service: Service;
afterEach(() => service.close());

/** Vendors that take a moment, and lose the answer to every twentieth write, done or not. */
async function open(random: () => number): Promise<void> {
  service = await openService({
    population: company(1_000 + 100 * kills),
    latencyMs: 4,
    sources: { settleSeconds: 0 },
  });
  for (const name of Object.keys(service.sandbox.sources)) {
    const server = service.sandbox.server(name);
    server.fault({ mode: 'lost', match: (request) => isWrite(request) && random() < 0.03 });
    server.fault({ mode: 'status', status: 502, match: (request) => isWrite(request) && random() < 0.02 });
  }
}

/** Numbers from 0 to below 1, the same for the same seed. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** The writers write until so many more were answered, and a moment later the server is killed in the middle of it. */
async function killed(life: Life, all: Writers, answers: number, ms: number): Promise<void> {
  const enough = all.answered + answers;
  const written = all.untilItEnds(life, writers);
  await until(() => all.answered >= enough, 20_000);
  await pause(ms);
  await life.end('SIGKILL');
  await written;
}

it(
  `after kill -9, ${kills} times under ${writers} writers, no answered key is answered differently and nothing is sent twice`,
  { timeout: 60_000 + kills * 10_000 },
  async () => {
    const random = randomNumbers(20_261_121);
    await open(random);
    const all = new Writers(random);
    const told: Replayed[] = [];

    let life = await service.start();
    for (let kill = 0; kill < kills; kill += 1) {
      await killed(life, all, Math.floor(random() * 50), random() * 30);
      life = await service.start();
      // Those that a kill met are among the newest; the others have stood many a restart when all are asked in the end.
      told.push(await all.replay(life, kill < kills - 1 ? 300 : Infinity));
    }

    const writes = allWrites(service);
    const opened = told.flatMap(({ open: those }) => those);
    expect(told.flatMap(({ differently }) => differently)).toEqual([]);
    expect(new Set(told.flatMap(({ codes }) => codes))).toEqual(new Set(['OUTCOME_UNKNOWN']));
    expect(writes.length).toBeLessThanOrEqual(all.kept.size);
    expect(writes.length - new Set(writes).size).toBe(0);
    // What the ledger knew of was not carried out again; of what it did not know nothing had been sent.
    expect(opened.filter(({ state }) => state === 'UNKNOWN').length).toBeGreaterThan(0);
    expect(opened.filter(({ state }) => state !== 'UNKNOWN' && state !== 'DONE' && state !== null)).toEqual([]);
    expect(opened.filter(({ state, replayed }) => (state !== null) !== replayed)).toEqual([]);
  },
);

it('control: a server that has lost its ledger sends again what it has sent', { timeout: 60_000 }, async () => {
  await open(() => 1);
  const all = new Writers(randomNumbers(1));
  await killed(await service.start(), all, 30, 0);
  for (const end of ['', '-wal', '-shm', '.mark']) rmSync(`${service.ledger}${end}`, { force: true });

  const { differently } = await all.replay(await service.start());

  const writes = allWrites(service);
  expect(differently.length).toBeGreaterThan(0);
  expect(writes.length - new Set(writes).size).toBeGreaterThan(0);
});
