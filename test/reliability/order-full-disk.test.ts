import { execFileSync, spawnSync } from 'node:child_process';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mark } from '../support/journal.js';
import { codes, entryOf, mutate, type Sent } from '../support/mutations.js';
import { ask } from '../support/rollcall.js';
import { openService, type Life, type Service } from '../support/service.js';
import { until } from '../support/until.js';
import { atWrites, writesAt } from '../support/vendor-writes.js';
import { company, verb, verbs, type Verb } from '../support/verbs.js';

const canLimit = spawnSync('prlimit', ['--version']).status === 0;
const sources = ['updraft', 'velt', 'testrail', 'tiledesk', 'asa'];

let service: Service;
let life: Life;
beforeEach(async ({ skip }) => {
  if (!canLimit) skip('prlimit is missing: apt-get install util-linux');
  service = await openService({ population: company() });
  life = await service.start();
});
afterEach(() => service?.close());

/** From now on no file of the process takes another byte, as on a full disk; or any takes what it likes. */
function disk(state: 'full' | 'free'): void {
  const limit = state === 'full' ? '0' : 'unlimited';
  execFileSync('prlimit', ['--pid', String(life.process.pid), `--fsize=${limit}:unlimited`]);
}

const send = ({ mutation, input }: Verb, idempotencyKey?: string, nth = 1): Promise<Sent> =>
  mutate(life.url, mutation, { ...input(nth), idempotencyKey });
const heard = () => sources.map((name) => mark(service.sandbox.server(name)));
const written = () => sources.flatMap((name) => writesAt(service.sandbox.server(name)));

describe('while the ledger cannot grow', () => {
  it('every mutation is LEDGER_UNAVAILABLE before anything is written at a vendor, and done once there is room', async () => {
    disk('full');

    const refused = await Promise.all(verbs.map((one) => send(one, `${one.mutation}@${one.source}`)));
    const [writesWhileFull, logged] = [written().length, life.stderr()];
    disk('free');
    const done = await Promise.all(verbs.map((one) => send(one, `${one.mutation}@${one.source}`)));

    expect(refused.map((one) => [...new Set(codes(one))])).toEqual(verbs.map(() => ['LEDGER_UNAVAILABLE']));
    expect(refused.every(({ payload }) => payload.confirmedBy === null)).toBe(true);
    expect(refused[0]!.payload.userErrors[0].message).toMatch(/^The ledger cannot be written, so nothing was sent/);
    // Why, only its operator is told.
    expect(JSON.stringify(refused)).not.toContain(service.folder);
    expect(logged).toContain('the ledger could not be written');
    expect(logged).toContain(service.ledger);
    expect(writesWhileFull).toBe(0);
    expect(done.map(codes)).toEqual(verbs.map(() => []));
    expect(done.every(({ replayed }) => replayed === false)).toBe(true);
    expect(written()).toHaveLength(verbs.length);
  });

  it('reads go on, and so do the answers that were given before', async () => {
    const one = verb('createAsaGroup', 'asa');
    const before = await send(one, 'before');
    disk('full');
    const asked = heard();

    const again = await send(one, 'before');
    const askedAgain = heard();
    const { data, errors } = await ask(life.url, '{ groups(first: 1) { totalCount complete } }');
    const ready = await fetch(`${life.url}/readyz`);

    expect(again).toEqual({ ...before, replayed: true });
    expect(askedAgain).toEqual(asked);
    expect(errors).toBeUndefined();
    expect(data.groups.complete).toBe(true);
    expect(ready.status).toBe(200);
    expect(await entryOf(life.url, 'before')).toMatchObject({ state: 'DONE' });
  });
});

it('what the vendor did while the disk became full is told, and that it could not be kept; it is never sent again', async () => {
  const those = [
    verb('addTestRailGroup', 'testrail'),
    verb('addGroupMembers', 'tiledesk'),
    verb('addGroupMembers', 'velt'),
    verb('addGroupMembers', 'asa'),
  ];
  for (const name of sources) service.sandbox.server(name).fault(atWrites({ mode: 'slow', ms: 500 }));
  const sendAll = () => Promise.all(those.map((one) => send(one, `mine@${one.source}`)));

  const first = sendAll();
  await until(() => written().length === those.length);
  disk('full');
  const told = await first;
  const whileFull = await sendAll();
  disk('free');
  const whenFree = await sendAll();
  await life.end('SIGTERM');
  life = await service.start();
  const afterwards = await sendAll();
  const entry = await entryOf(life.url, 'mine@testrail');

  expect(told.map(codes)).toEqual(those.map(() => ['OUTCOME_UNKNOWN']));
  expect(told.map(({ payload }) => payload.confirmedBy)).toEqual([
    'VENDOR_RESPONSE',
    'VENDOR_RESPONSE',
    'VENDOR_RESPONSE',
    'READ_BACK',
  ]);
  for (const { payload } of told) expect(payload.userErrors[0].message).toContain('could not be kept');
  for (const again of [whileFull, whenFree, afterwards]) {
    expect(again.map(({ replayed }) => replayed)).toEqual(those.map(() => true));
    expect(again.map(codes)).toEqual(those.map(() => ['OUTCOME_UNKNOWN']));
  }
  expect(written()).toHaveLength(those.length);
  expect(entry).toMatchObject({ state: 'UNKNOWN' });
});
