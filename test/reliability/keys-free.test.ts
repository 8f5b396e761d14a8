import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MutationName } from '../../src/graph/graph.js';
import type { Fault, FaultRule } from '../../src/sandbox/fault-rules.js';
import { openSandboxServer, type SandboxServer } from '../../src/sandbox/server.js';
import type { TestRailState } from '../../src/vendors/testrail/sandbox.js';
import type { TiledeskState } from '../../src/vendors/tiledesk/sandbox.js';
import { clearFaults } from '../support/faults.js';
import { codes, entryOf, mutate } from '../support/mutations.js';
import { openRollcall, type Rollcall } from '../support/rollcall.js';
import { atWrites, writesAt } from '../support/vendor-writes.js';
import { company, groupsOf, usersOf, verb, type Verb } from '../support/verbs.js';

let rollcall: Rollcall;
beforeEach(async () => {
  rollcall = await openRollcall({ population: company() });
});
afterEach(() => rollcall.close());

const key = 'key-1';
const send = (mutation: MutationName, input: object) =>
  mutate(rollcall.url, mutation, { ...input, idempotencyKey: key });
const sendVerb = ({ mutation, input }: Verb, nth = 1) => send(mutation, input(nth));
const server = <State>(name: string) => rollcall.sandbox.server<State>(name);
const status = (code: number, headers = {}): Fault => ({ mode: 'status', status: code, headers, body: { msg: 'no' } });

describe('a refusal by the vendor is an outcome: it is answered again, without a call, also once the vendor would do it', () => {
  it.each([
    ['400', verb('createTiledeskGroup', 'tiledesk'), status(400), 'VENDOR_REJECTED'],
    ['401', verb('addTestRailGroup', 'testrail'), status(401), 'VENDOR_AUTH'],
    ['403', verb('addGroupMembers', 'velt'), status(403), 'VENDOR_AUTH'],
    ['404', verb('addGroupMembers', 'updraft'), status(404), 'NOT_FOUND'],
    ['409', verb('createAsaGroup', 'asa'), status(409), 'VENDOR_CONFLICT'],
    ['413', verb('addGroupMembers', 'tiledesk'), status(413), 'VENDOR_REJECTED'],
    ['422', verb('updateGroup', 'testrail'), status(422), 'VENDOR_REJECTED'],
  ])('%s', async (_status, one, fault, code) => {
    server(one.source).fault(atWrites(fault));

    const first = await sendVerb(one);
    clearFaults(rollcall.sandbox);
    const [again, other] = [await sendVerb(one), await sendVerb(one, 2)];

    expect(codes(first)).toEqual([code]);
    expect(again).toEqual({ ...first, replayed: true });
    expect(codes(other)).toEqual(['IDEMPOTENCY_KEY_REUSED']);
    expect(writesAt(server(one.source))).toHaveLength(1);
    expect(await entryOf(rollcall.url, key)).toMatchObject({ state: 'REFUSED', userErrors: [{ code }] });
  });

  it('a refusal of one among several, too', async () => {
    const members = [usersOf.asa(35), usersOf.asa(36)];
    server('asa').fault({
      ...atWrites(status(403)),
      match: ({ body }) => body.includes(members[1]!.split('/').at(-1)!),
    });

    const first = await send('addGroupMembers', { group: groupsOf.asa(1), members });
    clearFaults(rollcall.sandbox);
    const again = await send('addGroupMembers', { group: groupsOf.asa(1), members });

    expect(first.payload).toMatchObject({
      added: [{ id: members[0] }],
      userErrors: [{ code: 'VENDOR_AUTH', target: members[1] }],
    });
    expect(again).toEqual({ ...first, replayed: true });
    expect(writesAt(server('asa'))).toHaveLength(2);
  });
});

/** Sees to it that a write comes to nothing, and tells how to mend that. */
type Spoil = () => (() => unknown) | Promise<() => unknown>;

const struck =
  (name: string, rule: FaultRule): Spoil =>
  () => {
    server(name).fault(rule);
    return () => server(name).clearFaults();
  };

const add = verb('addGroupMembers', 'testrail');
const addWithMember = {
  ...add,
  input: () => ({ group: groupsOf.testrail(1), members: [1, 36].map(usersOf.testrail) }),
};
const addAtDesk = verb('addGroupMembers', 'tiledesk');
const freed: readonly (readonly [what: string, one: Verb, spoil: Spoil, code: string])[] = [
  ['429 to the write', add, struck('testrail', atWrites(status(429))), 'VENDOR_RATE_LIMITED'],
  ['429 to a create', verb('createAsaGroup', 'asa'), struck('asa', atWrites(status(429))), 'VENDOR_RATE_LIMITED'],
  [
    '429 beside a member who was there already',
    addWithMember,
    struck('testrail', atWrites(status(429))),
    'VENDOR_RATE_LIMITED',
  ],
  ['nobody listens at the vendor', verb('addTestRailGroup', 'testrail'), closed, 'VENDOR_UNAVAILABLE'],
  ['the read before the write fails', add, struck('testrail', status(503)), 'VENDOR_UNAVAILABLE'],
  [
    'the read before the write cannot be trusted',
    add,
    struck('testrail', { mode: 'wrongshape' }),
    'VENDOR_BAD_RESPONSE',
  ],
  ['the vendor does not know the group', addAtDesk, groupless, 'NOT_FOUND'],
  [
    'the number of members is another',
    { ...verb('setGroupMembers', 'testrail'), input: () => counted(4) },
    fewer,
    'CONCURRENT_CHANGE',
  ],
];

describe('what was never sent, was refused by us or answered 429 frees the key:', () => {
  it.each(freed)('%s', async (_what, one, spoil, code) => {
    const mend = await spoil();

    const [first, again] = [await sendVerb(one), await sendVerb(one)];
    await mend();
    const well = await sendVerb(one);

    expect([first, again].map(codes)).toEqual([[code], [code]]);
    expect([first, again, well].map(({ replayed }) => replayed)).toEqual([false, false, false]);
    expect(well.payload).toMatchObject({ userErrors: [], confirmedBy: 'VENDOR_RESPONSE' });
    expect(await entryOf(rollcall.url, key)).toMatchObject({ state: 'DONE' });
  });

  it.each([
    [
      'bad input',
      'addTestRailGroup',
      { organization: 'gid://testrail/Organization/testrail', name: '' },
      'BAD_USER_INPUT',
    ],
    [
      'another vendor’s organization',
      'addTestRailGroup',
      { organization: 'gid://velt/Organization/org-a', name: 'x' },
      'BAD_USER_INPUT',
    ],
  ] as const)('%s, so that another input may use it', async (_what, mutation, input, code) => {
    const refused = await send(mutation, input);
    const other = await send(mutation, verb(mutation, 'testrail').input());

    expect(codes(refused)).toEqual([code]);
    expect(other).toMatchObject({ payload: { userErrors: [] }, replayed: false });
  });
});

let reopened: SandboxServer | undefined;
afterEach(() => reopened?.close());

async function closed() {
  const { box, origin } = server<TestRailState>('testrail');
  await server('testrail').close();
  return async () => {
    reopened = await openSandboxServer(box, { port: Number(new URL(origin).port) });
  };
}

function groupless() {
  const { state } = server<TiledeskState>('tiledesk').box;
  const group = state.groups.shift()!;
  return () => void state.groups.unshift(group);
}

function fewer() {
  const [, , group] = server<TestRailState>('testrail').box.state.groups;
  return () => void group!.user_ids.push(20);
}

function counted(expectedCount: number) {
  return { ...verb('setGroupMembers', 'testrail').input(), expectedCount };
}
