import { afterEach, describe, expect, it } from 'vitest';
import type { Fault } from '../../src/sandbox/fault-rules.js';
import { clearFaults } from '../support/faults.js';
import { mutate, type Sent } from '../support/mutations.js';
import { openRollcall, type Rollcall } from '../support/rollcall.js';
import { atWrites, writesAt } from '../support/vendor-writes.js';
import { company, verb, type Verb } from '../support/verbs.js';

let rollcall: Rollcall;
afterEach(() => rollcall.close());

/** A create and an edit at each vendor, and what else is done to a group. */
const those: readonly Verb[] = [
  verb('createUpdraftPermissionGroup', 'updraft'),
  verb('addGroupMembers', 'updraft'),
  verb('addVeltUserGroups', 'velt'),
  verb('removeGroupMembers', 'velt'),
  verb('addTestRailGroup', 'testrail'),
  verb('addGroupMembers', 'testrail'),
  verb('createTiledeskGroup', 'tiledesk'),
  verb('removeGroupMembers', 'tiledesk'),
  verb('createAsaGroup', 'asa'),
  verb('setGroupMembers', 'asa'),
  verb('updateGroup', 'testrail'),
  verb('deleteGroup', 'testrail'),
];
const names = ['updraft', 'velt', 'testrail', 'tiledesk', 'asa'];

type Ill = Fault & { readonly applied?: boolean };
const modes: readonly (readonly [what: string, fault: Ill])[] = [
  ['answers well, but slowly', { mode: 'slow', ms: 100 }],
  ['refuses', { mode: 'status', status: 400, body: { error: 'no' } }],
  ['answers 500', { mode: 'status', status: 500 }],
  ['answers 503 though it did it', { mode: 'status', status: 503, headers: { 'retry-after': '1' }, applied: true }],
  ['resets the connection', { mode: 'reset' }],
  ['closes the connection', { mode: 'fin' }],
  ['does it and resets the connection', { mode: 'lost' }],
  ['cuts its answer', { mode: 'half' }],
  ['answers half of its JSON', { mode: 'truncated-json' }],
  ['answers a page for people', { mode: 'html' }],
  ['redirects with 307', { mode: 'redirect', location: '/elsewhere' }],
  ['redirects with 308 to where it came from', { mode: 'status', status: 308, headers: { location: '?again' } }],
  ['never answers', { mode: 'hang' }],
  ['does it and never answers', { mode: 'lost', by: 'hang' }],
  ['is still at its headers when the deadline comes', { mode: 'slowheaders', ms: 20 }],
];
/** What ends only with the deadline, which is a short one then. */
const waiting = new Set([
  'never answers',
  'does it and never answers',
  'is still at its headers when the deadline comes',
]);

const keyOf = ({ mutation, source }: Verb) => `${mutation}@${source}`;
const send = (one: Verb) => mutate(rollcall.url, one.mutation, { ...one.input(), idempotencyKey: keyOf(one) });

/** One key: 30 callers at once, and 5 after them. */
async function repeated(one: Verb): Promise<readonly Sent[]> {
  const first = await Promise.all(Array.from({ length: 30 }, () => send(one)));
  const later: Sent[] = [];
  for (let nth = 0; nth < 5; nth += 1) later.push(await send(one));
  return [...first, ...later];
}

/** Two at a time: below 64 requests at once nobody is turned away, however slow the machine. */
async function twoByTwo<T, Result>(all: readonly T[], act: (one: T) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  for (let at = 0; at < all.length; at += 2) results.push(...(await Promise.all(all.slice(at, at + 2).map(act))));
  return results;
}

/** What the repetitions of one key came to. */
function summary(all: readonly Sent[]) {
  return {
    differentAnswers: new Set(all.map(({ payload, errors }) => JSON.stringify([payload, errors]))).size,
    callsWereTold: all[0]!.payload.calls.length > 0,
    notReplayed: all.filter(({ replayed }) => !replayed).length,
    keys: [...new Set(all.map(({ key }) => key))],
  };
}

function writesBySource(): Readonly<Record<string, number>> {
  return Object.fromEntries(names.map((name) => [name, writesAt(rollcall.sandbox.server(name)).length]));
}

describe('a key leads to one write and one answer, 30 times at once, 5 times later and once after the recovery, when the vendor', () => {
  it.each(modes)('%s', async (what, fault) => {
    const timeoutMs = waiting.has(what) ? 250 : 5_000;
    const sources = Object.fromEntries(names.map((name) => [name, { timeoutMs }]));
    rollcall = await openRollcall({ population: company(), sources });
    for (const name of names) rollcall.sandbox.server(name).fault(atWrites(fault));

    const ill = await twoByTwo(those, repeated);
    clearFaults(rollcall.sandbox);
    const well = await Promise.all(those.map(send));

    const told = those.map((one, place) => [keyOf(one), summary([...ill[place]!, well[place]!])]);
    const once = { differentAnswers: 1, callsWereTold: true, notReplayed: 1 };
    expect(told).toEqual(those.map((one) => [keyOf(one), { ...once, keys: [keyOf(one)] }]));
    expect(writesBySource()).toEqual({ updraft: 2, velt: 2, testrail: 4, tiledesk: 2, asa: 2 });
  });
});

it('a socket that was kept alive, and that the vendor resets as the write arrives, carries it once', async () => {
  rollcall = await openRollcall({ population: company(), only: ['testrail'] });
  const server = rollcall.sandbox.server('testrail');
  await rollcall.ask('{ groups { totalCount } }');
  const kept = server.live.sockets;
  server.fault(atWrites({ mode: 'reset', times: 1 }));
  const { mutation, input } = verb('addTestRailGroup', 'testrail');

  const { payload } = await mutate(rollcall.url, mutation, input());

  expect(kept).toBe(1);
  expect(payload.confirmedBy).toBe('UNKNOWN');
  expect(writesAt(server)).toHaveLength(1);
});

it('control: without a key each of them is a write of its own', async () => {
  rollcall = await openRollcall({ population: company(), only: ['testrail'] });
  const { mutation, input } = verb('addTestRailGroup', 'testrail');

  const all = await Promise.all(Array.from({ length: 5 }, () => mutate(rollcall.url, mutation, input())));

  expect(writesAt(rollcall.sandbox.server('testrail'))).toHaveLength(5);
  expect(new Set(all.map(({ key }) => key)).size).toBe(5);
  expect(all.every(({ replayed }) => replayed === false)).toBe(true);
});
