import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MutationName } from '../../src/graph/graph.js';
import { codes, entryOf, mutate } from '../support/mutations.js';
import { openRollcall, type Rollcall } from '../support/rollcall.js';
import { until } from '../support/until.js';
import { atWrites, writesAt } from '../support/vendor-writes.js';
import { company, groupsOf, usersOf, verb } from '../support/verbs.js';
import { openHouse } from '../writes/house.js';

let rollcall: Rollcall;
beforeEach(async () => {
  rollcall = await openRollcall({
    population: company(),
    only: ['testrail', 'asa'],
    sources: { asa: { settleSeconds: 0 } },
  });
});
afterEach(() => rollcall.close());

const server = (name = 'testrail') => rollcall.sandbox.server(name);
const send = (mutation: MutationName, input: object, idempotencyKey = 'mine') =>
  mutate(rollcall.url, mutation, { ...input, idempotencyKey });
const create = (nth = 1) => send('addTestRailGroup', verb('addTestRailGroup', 'testrail').input(nth));
const entry = (key = 'mine', mutation?: MutationName) => entryOf(rollcall.url, key, mutation);

describe('ledgerEntry tells what became of the mutation of a key:', () => {
  it('INTENT while it is under way, with the calls as they are meant', async () => {
    server().fault(atWrites({ mode: 'slow', ms: 300 }));
    const sending = create();
    await until(() => writesAt(server()).length === 1);

    const underWay = await entry();
    const { payload } = await sending;

    expect(underWay).toMatchObject({
      key: 'mine',
      mutation: 'addTestRailGroup',
      source: 'testrail',
      state: 'INTENT',
      finishedAt: null,
      calls: [{ ...payload.calls[0], status: null, durationMs: null }],
      userErrors: [],
      hint: expect.stringMatching(/^It is being carried out/),
    });
  });

  it('DONE, with the calls as they were answered', async () => {
    const began = Date.now();
    const { payload } = await create();

    const done = await entry();

    const [createdAt, finishedAt] = [done.createdAt, done.finishedAt].map(Date.parse) as [number, number];
    expect(done).toMatchObject({ state: 'DONE', calls: payload.calls, userErrors: [], hint: null });
    expect(done.calls).toMatchObject([{ method: 'POST', body: { name: 'Smoke 1', user_ids: [1, 2] }, status: 200 }]);
    expect(began).toBeLessThanOrEqual(createdAt);
    expect(createdAt).toBeLessThanOrEqual(finishedAt);
    expect(finishedAt).toBeLessThanOrEqual(Date.now());
  });

  it('DONE where only some of it was, with a userError for the rest', async () => {
    const members = [usersOf.asa(36), usersOf.asa(37)];
    server('asa').fault(atWrites({ mode: 'status', status: 404, times: 1 }));

    const { payload } = await send('addGroupMembers', { group: groupsOf.asa(1), members });

    expect(payload.added).toEqual([{ id: members[1] }]);
    expect(await entry()).toMatchObject({
      source: 'asa',
      state: 'DONE',
      userErrors: [{ code: 'NOT_FOUND', field: ['members', '0'], target: members[0] }],
      hint: null,
    });
  });

  it.each([
    ['REFUSED', 'VENDOR_REJECTED', 400],
    ['REFUSED', 'VENDOR_AUTH', 403],
    ['UNSENT', 'VENDOR_RATE_LIMITED', 429],
  ])('%s, with what its caller was told: %s', async (state, code, status) => {
    server().fault(atWrites({ mode: 'status', status }));

    const { payload } = await create();

    expect(await entry()).toMatchObject({ state, calls: payload.calls, userErrors: payload.userErrors, hint: null });
    expect(payload.userErrors).toMatchObject([{ code }]);
    expect(payload.calls).toMatchObject([{ status }]);
  });

  it('UNSENT where nobody listened: a call without a status', async () => {
    await server().close();

    const { payload } = await create();

    expect(codes({ payload })).toEqual(['VENDOR_UNAVAILABLE']);
    expect(await entry()).toMatchObject({
      state: 'UNSENT',
      calls: [{ method: 'POST', status: null, durationMs: null }],
    });
  });

  it('UNKNOWN, with the way to find out', async () => {
    server().fault(atWrites({ mode: 'reset' }));

    const { payload } = await create();

    expect(await entry()).toMatchObject({
      state: 'UNKNOWN',
      finishedAt: expect.any(String),
      calls: payload.calls,
      userErrors: payload.userErrors,
      hint: payload.userErrors[0].message,
    });
    expect((await entry()).hint).toMatch(
      /At \d{4}-.+Z it was not \(yet\) to be seen there\. Look for it in groups\(filter/,
    );
  });
});

describe('there is no entry', () => {
  it('of a key that nobody has used', async () => {
    expect(await entry('nobodys')).toBeNull();
  });

  it.each([
    ['a dry run', { ...verb('addTestRailGroup', 'testrail').input(), dryRun: true }],
    ['what was refused before an intent', { organization: 'gid://testrail/Organization/testrail', name: '' }],
  ])('of %s', async (_what, input) => {
    await send('addTestRailGroup', input);

    expect(await entry()).toBeNull();
    expect(await rollcall.ledger.entries({ limit: 10 })).toEqual([]);
  });

  it('of an edit of a group that its vendor does not know', async () => {
    await send('addGroupMembers', { group: groupsOf.testrail(999), members: [usersOf.testrail(1)] });

    expect(await entry()).toBeNull();
  });
});

it('it is the newest of a key; the name of a mutation narrows it', async () => {
  server().fault(atWrites({ mode: 'status', status: 429, times: 1 }));
  await create();
  const states = [(await entry()).state];
  await create();
  states.push((await entry()).state);
  await send('addGroupMembers', verb('addGroupMembers', 'testrail').input());

  const named = await Promise.all(
    (['addTestRailGroup', 'addGroupMembers', 'deleteGroup'] as const).map((mutation) => entry('mine', mutation)),
  );

  expect(states).toEqual(['UNSENT', 'DONE']);
  expect((await entry()).mutation).toBe('addGroupMembers');
  expect(named.map((one) => one?.mutation ?? null)).toEqual(['addTestRailGroup', 'addGroupMembers', null]);
});

it('it can be asked for by a key that was made', async () => {
  const { mutation, input } = verb('addTestRailGroup', 'testrail');
  const { key } = await mutate(rollcall.url, mutation, input());

  expect(await entry(key)).toMatchObject({ key, state: 'DONE' });
});

it('a caller is told of his own alone', async () => {
  const house = await openHouse();
  const organization = 'organization: "gid://testrail/Organization/testrail"';
  const write = `mutation { addTestRailGroup(input: { ${organization} name: "Ours" idempotencyKey: "mine" }) { confirmedBy } }`;
  const look = '{ ledgerEntry(key: "mine") { state } }';
  await house.ask(write, {}, house.newRequest('ann'));

  const [anns, bens] = await Promise.all(['ann', 'ben'].map((caller) => house.ask(look, {}, house.newRequest(caller))));

  expect([anns, bens]).toEqual([
    { data: { ledgerEntry: { state: 'DONE' } }, errors: [] },
    { data: { ledgerEntry: null }, errors: [] },
  ]);
  await house.close();
});
