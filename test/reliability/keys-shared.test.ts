import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { codes, entryOf, mutate, type Sent } from '../support/mutations.js';
import { startPostgres, type PostgresServer } from '../support/postgres.js';
import { openService, type Life, type Service } from '../support/service.js';
import { until } from '../support/until.js';
import { atWrites, writesAt } from '../support/vendor-writes.js';
import { company, verb, verbs, type Verb } from '../support/verbs.js';

let postgres: PostgresServer;
let service: Service;
let lives: readonly [Life, Life];
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.close());
beforeEach(async () => {
  service = await openService({ population: company(), ledger: await postgres.databaseUrl() });
  lives = [await service.start(), await service.start()];
});
afterEach(() => service.close());

const written = () => Object.keys(service.sandbox.sources).flatMap((name) => writesAt(service.sandbox.server(name)));
const keyOf = ({ mutation, source }: Verb) => `${mutation}@${source}`;
const send = ({ url }: Life, one: Verb, nth = 1): Promise<Sent> =>
  mutate(url, one.mutation, { ...one.input(nth), idempotencyKey: keyOf(one) });

it('one key at two processes over PostgreSQL leads to one write and one answer', async () => {
  const told = await Promise.all(
    verbs.map((one) => Promise.all(Array.from({ length: 6 }, (_, nth) => send(lives[nth % 2]!, one)))),
  );

  const answers = told.map((all) => new Set(all.map(({ payload }) => JSON.stringify(payload))).size);
  expect(answers).toEqual(verbs.map(() => 1));
  expect(told.map((all) => all.filter(({ replayed }) => !replayed).length)).toEqual(verbs.map(() => 1));
  expect(told.flat().flatMap(codes)).toEqual([]);
  expect(written()).toHaveLength(verbs.length);
});

it('another input under it is refused by the other process, also while the first is under way', async () => {
  const create = verb('addTestRailGroup', 'testrail');
  service.sandbox.server('testrail').fault(atWrites({ mode: 'slow', ms: 200 }));
  const first = send(lives[0], create);
  await until(() => written().length === 1);

  const during = await send(lives[1], create, 2);
  await first;
  const afterwards = await send(lives[1], create, 2);

  expect([await first, during, afterwards].map(codes)).toEqual([
    [],
    ['IDEMPOTENCY_KEY_REUSED'],
    ['IDEMPOTENCY_KEY_REUSED'],
  ]);
  expect(written()).toHaveLength(1);
});

it('what a killed process had in flight is unknown at the other one, and is not sent again', async () => {
  const some = [verb('addTestRailGroup', 'testrail'), verb('addGroupMembers', 'asa'), verb('addGroupMembers', 'velt')];
  for (const { source } of some) service.sandbox.server(source).fault(atWrites({ mode: 'hang', times: 1 }));
  const lost = some.map((one) => send(lives[0], one).catch(() => null));
  await until(() => written().length === some.length);

  await lives[0].end('SIGKILL');
  const told = await Promise.all(some.map((one) => send(lives[1], one)));

  expect(await Promise.all(lost)).toEqual([null, null, null]);
  expect(told.map(codes)).toEqual([['OUTCOME_UNKNOWN'], ['OUTCOME_UNKNOWN'], ['OUTCOME_UNKNOWN']]);
  expect(told.every(({ replayed }) => replayed)).toBe(true);
  expect(await entryOf(lives[1].url, keyOf(some[0]!), 'addTestRailGroup')).toMatchObject({ state: 'UNKNOWN' });
  expect(written()).toHaveLength(some.length);
});
