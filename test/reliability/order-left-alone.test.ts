import { request as httpRequest } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import type { MutationName } from '../../src/graph/graph.js';
import type { Sandbox } from '../../src/sandbox/sandbox.js';
import { codes, entryOf, inputTypeOf, mutate, statesOf } from '../support/mutations.js';
import { openRollcall, type Rollcall } from '../support/rollcall.js';
import { openService, type Service } from '../support/service.js';
import { until } from '../support/until.js';
import { atWrites, writesAt } from '../support/vendor-writes.js';
import { company, groupsOf, usersOf, verbs, type Verb } from '../support/verbs.js';

/** The vendors take so many milliseconds for each write. */
function slow({ sources, server }: Sandbox, ms: number): void {
  for (const name of Object.keys(sources)) server(name).fault(atWrites({ mode: 'slow', ms }));
}

const written = ({ sources, server }: Sandbox) => Object.keys(sources).flatMap((name) => writesAt(server(name)));
const keyOf = ({ mutation, source }: Verb) => `${mutation}@${source}`;
const keyed = (one: Verb) => ({ ...one.input(), idempotencyKey: keyOf(one) });

describe('a client that leaves in the middle of its mutation', () => {
  let rollcall: Rollcall;
  afterEach(() => rollcall.close());

  /** Sends a mutation, and can go away before it is answered. */
  function client(mutation: MutationName, input: object) {
    const query = `mutation ($input: ${inputTypeOf(mutation)}) { ${mutation}(input: $input) { confirmedBy } }`;
    const headers = { 'content-type': 'application/json' };
    const call = httpRequest(`${rollcall.url}/graphql`, { method: 'POST', headers });
    call.on('error', () => {});
    call.end(JSON.stringify({ query, variables: { input } }));
    return { leave: () => void call.destroy() };
  }

  it('ends nothing: it is written once, its outcome is kept, and its key tells the answer', async () => {
    rollcall = await openRollcall({ population: company() });
    slow(rollcall.sandbox, 1_500);
    const clients = verbs.map((one) => client(one.mutation, keyed(one)));
    await until(() => written(rollcall.sandbox).length === verbs.length);

    for (const { leave } of clients) leave();
    const states = () => statesOf(rollcall.url, verbs.map(keyOf));
    const statesThen = await states();
    await expect.poll(states, { timeout: 5_000 }).toEqual(verbs.map(() => 'DONE'));
    const told = await Promise.all(verbs.map((one) => mutate(rollcall.url, one.mutation, keyed(one))));

    expect(statesThen).toEqual(verbs.map(() => 'INTENT'));
    expect(told.map(codes)).toEqual(verbs.map(() => []));
    expect(told.every(({ replayed }) => replayed)).toBe(true);
    expect(written(rollcall.sandbox)).toHaveLength(verbs.length);
  });

  it('does not end one that still waits for its turn', async () => {
    rollcall = await openRollcall({ population: company(), only: ['testrail'] });
    slow(rollcall.sandbox, 400);
    const add = (nth: number) => ({
      group: groupsOf.testrail(1),
      members: [usersOf.testrail(nth)],
      idempotencyKey: `k${nth}`,
    });
    const first = mutate(rollcall.url, 'addGroupMembers', add(30));
    await until(() => written(rollcall.sandbox).length === 1);
    const second = client('addGroupMembers', add(31));
    await pause(150);

    second.leave();
    await first;
    await expect.poll(() => entryOf(rollcall.url, 'k31'), { timeout: 5_000 }).toMatchObject({ state: 'DONE' });

    expect(written(rollcall.sandbox)).toHaveLength(2);
  });
});

describe('a SIGTERM in the middle of mutations', () => {
  let service: Service;
  afterEach(() => service.close());

  it('lets every answer go out, keeps every outcome, and ends with 0', { timeout: 30_000 }, async () => {
    service = await openService({ population: company() });
    slow(service.sandbox, 700);
    const life = await service.start();
    const answers = verbs.map((one) => mutate(life.url, one.mutation, keyed(one)));
    await until(() => written(service.sandbox).length === verbs.length, 5_000);

    const ended = life.end('SIGTERM');
    const told = await Promise.all(answers);
    const code = await ended;
    const { url } = await service.start();
    const entries = await Promise.all(verbs.map((one) => entryOf(url, keyOf(one))));

    expect(told.map(({ payload }) => payload.userErrors)).toEqual(verbs.map(() => []));
    expect(code).toBe(0);
    expect(entries.map(({ state }) => state)).toEqual(verbs.map(() => 'DONE'));
    expect(written(service.sandbox)).toHaveLength(verbs.length);
  });
});
