import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TestRailState } from '../../src/vendors/testrail/sandbox.js';
import { mark } from '../support/journal.js';
import { codes, mutate } from '../support/mutations.js';
import { openRollcall, type Rollcall } from '../support/rollcall.js';
import { writesAt } from '../support/vendor-writes.js';
import { company, groupsOf, usersOf, verb } from '../support/verbs.js';

let rollcall: Rollcall;
let before: Readonly<Record<string, number>>;
beforeAll(async () => {
  rollcall = await openRollcall({ population: company() });
});
beforeEach(() => {
  const names = ['testrail', 'tiledesk'];
  before = Object.fromEntries(names.map((name) => [name, mark(rollcall.sandbox.server(name))]));
});
afterAll(() => rollcall.close());

const writes = (name: 'testrail' | 'tiledesk' = 'testrail') => writesAt(rollcall.sandbox.server(name), before[name]);

let made = 0;
const freshKey = () => `key-${++made}`;
const create = (idempotencyKey: unknown, name = 'Smoke', more: object = {}) =>
  mutate(rollcall.url, 'addTestRailGroup', {
    organization: 'gid://testrail/Organization/testrail',
    name,
    idempotencyKey,
    ...more,
  });
const update = (idempotencyKey: string, change: object) =>
  mutate(rollcall.url, 'updateGroup', { group: groupsOf.tiledesk(4), idempotencyKey, ...change });

describe('a key has 1 to 128 visible ASCII characters:', () => {
  it.each([
    ['none', ''],
    ['129', 'k'.repeat(129)],
    ['a blank inside', 'my key'],
    ['a blank alone', ' '],
    ['a line break at the end', 'key\n'],
    ['a letter beyond ASCII', 'schlüssel'],
    ['a control character', 'key\u007f'],
  ])('%s is BAD_USER_INPUT with its field, and nothing is sent', async (_what, key) => {
    const { payload, ...told } = await create(key);

    expect(payload).toMatchObject({
      userErrors: [{ code: 'BAD_USER_INPUT', field: ['idempotencyKey'], target: null, source: null }],
      calls: [],
      confirmedBy: null,
      group: null,
    });
    expect(told.key).toBeUndefined();
    expect(writes()).toEqual([]);
  });

  it.each([
    ['one', '!'],
    ['the last of them', '~'],
    ['128', 'k'.repeat(128)],
  ])('%s is good', async (_what, key) => {
    const told = await create(key);

    expect(told).toMatchObject({ payload: { userErrors: [] }, key, replayed: false });
    expect(writes()).toHaveLength(1);
  });
});

describe('the same input under the same key is answered again, and it is the same', () => {
  it.each([
    ['when null stands for what was left out', { users: null, dryRun: null }, {}],
    ['when dryRun is told to be false', { dryRun: false }, {}],
    ['when a default is told', {}, { users: [] }],
  ])('%s', async (_what, one, other) => {
    const key = freshKey();

    const first = await create(key, 'Same', one);
    const again = await create(key, 'Same', other);

    expect([first.replayed, again.replayed]).toEqual([false, true]);
    expect(again.payload).toEqual(first.payload);
    expect(writes()).toHaveLength(1);
  });

  it('when the fields of a JSON object come in another order', async () => {
    const key = freshKey();

    const first = await update(key, { attributes: { shift: 'day', at: { floor: 2, room: 7 } } });
    const again = await update(key, { attributes: { at: { room: 7, floor: 2 }, shift: 'day' } });

    expect(again.replayed).toBe(true);
    expect(again.payload).toEqual(first.payload);
    expect(writes('tiledesk')).toHaveLength(1);
  });

  it('when other fields of the answer are asked for', async () => {
    const key = freshKey();
    const input = { group: groupsOf.testrail(1), members: [usersOf.testrail(30)], idempotencyKey: key };

    const first = await mutate(rollcall.url, 'addGroupMembers', input, 'confirmedBy');
    const again = await mutate(
      rollcall.url,
      'addGroupMembers',
      input,
      'group { name memberCount } added { id } calls { method status }',
    );

    const { user_ids: members, name } = rollcall.sandbox.server<TestRailState>('testrail').box.state.groups[0]!;
    expect(first.payload).toEqual({ confirmedBy: 'VENDOR_RESPONSE' });
    expect(again.payload).toEqual({
      group: { name, memberCount: members.length },
      added: [{ id: usersOf.testrail(30) }],
      calls: ['GET', 'POST'].map((method) => ({ method, status: 200 })),
    });
    expect(writes()).toHaveLength(1);
  });
});

describe('another input under the same key is IDEMPOTENCY_KEY_REUSED, and nothing is sent for it', () => {
  const reused = { code: 'IDEMPOTENCY_KEY_REUSED', field: ['idempotencyKey'], source: null, target: null };

  it('later', async () => {
    const key = freshKey();
    await create(key, 'One');

    const other = await create(key, 'Other');

    expect(other.payload).toMatchObject({ userErrors: [reused], calls: [], confirmedBy: null, group: null });
    expect(other).toMatchObject({ key, replayed: false });
    expect(writes().map(({ json }: any) => json.name)).toEqual(['One']);
  });

  it('while the first is under way, and at once with it', async () => {
    const key = freshKey();
    rollcall.sandbox.server('testrail').setLatency(60);

    const all = await Promise.all(['One', 'Other', 'One', 'Third'].map((name) => create(key, name)));
    rollcall.sandbox.server('testrail').setLatency(0);

    const [first] = writes().map(({ json }: any) => json.name as string);
    expect(writes()).toHaveLength(1);
    expect(all.filter((one) => codes(one).length === 0).map(({ payload }) => payload.group.name)).toEqual(
      ['One', 'Other', 'One', 'Third'].filter((name) => name === first),
    );
    expect(all.flatMap(codes).every((code) => code === 'IDEMPOTENCY_KEY_REUSED')).toBe(true);
  });

  it.each([
    ['a member more', { members: [1, 2] }, { members: [1, 2, 3] }],
    ['null in a JSON object', { attributes: { shift: null } }, { attributes: {} }],
    ['an object and a list of pairs', { attributes: { at: { a: 1 } } }, { attributes: { at: [['a', 1]] } }],
  ])('%s is another', async (_what, one: any, other: any) => {
    const key = freshKey();
    const send = ({ members, attributes }: any) =>
      attributes ? update(key, { attributes }) : create(key, 'Crew', { users: members.map(usersOf.testrail) });
    await send(one);

    expect(codes(await send(other))).toEqual(['IDEMPOTENCY_KEY_REUSED']);
  });
});

it('each mutation has keys of its own', async () => {
  const key = freshKey();
  const input = { group: groupsOf.testrail(1), members: [usersOf.testrail(31)], idempotencyKey: key };

  const added = await mutate(rollcall.url, 'addGroupMembers', input);
  const removed = await mutate(rollcall.url, 'removeGroupMembers', input);

  expect([added.replayed, removed.replayed]).toEqual([false, false]);
  expect([added.payload.added, removed.payload.removed]).toEqual([input.members, input.members].map(asNodes));
});
const asNodes = (ids: readonly string[]) => ids.map((id) => ({ id }));

it('a dry run uses up no key, and tells none', async () => {
  const key = freshKey();
  const { mutation, input } = verb('addTestRailGroup', 'testrail');

  const planned = await mutate(rollcall.url, mutation, { ...input(), dryRun: true, idempotencyKey: key });
  const other = await mutate(rollcall.url, mutation, { ...input(2), idempotencyKey: key });
  const plannedAfter = await mutate(rollcall.url, mutation, { ...input(3), dryRun: true, idempotencyKey: key });

  expect([planned.key, plannedAfter.key]).toEqual([undefined, undefined]);
  expect(other).toMatchObject({ payload: { userErrors: [], confirmedBy: 'VENDOR_RESPONSE' }, key, replayed: false });
  expect(plannedAfter.payload).toMatchObject({ userErrors: [], confirmedBy: null, calls: [{ status: null }] });
  expect(writes()).toHaveLength(1);
});
