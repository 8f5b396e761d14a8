import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FaultRule } from '../../src/sandbox/fault-rules.js';
import { codes, entryOf, mutate, type Sent } from '../support/mutations.js';
import { openRollcall, type Rollcall } from '../support/rollcall.js';
import { atWrites, isWrite, writesAt } from '../support/vendor-writes.js';
import { company, named, verbs, type Verb } from '../support/verbs.js';

const sources = ['updraft', 'velt', 'testrail', 'tiledesk', 'asa'];
const keyOf = ({ mutation, source }: Verb) => `${mutation}@${source}`;
const send = (rollcall: Rollcall, one: Verb) =>
  mutate(rollcall.url, one.mutation, { ...one.input(), idempotencyKey: keyOf(one) });
const writesOf = (rollcall: Rollcall) => sources.flatMap((name) => writesAt(rollcall.sandbox.server(name)));

const visible = verbs.filter(({ canBeSeen }) => canBeSeen);
const hidden = verbs.filter(({ canBeSeen }) => !canBeSeen);
const isoTime = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z`;
const whereToLook =
  /Look for it in (the members of the group|groups\(filter: .*\)) before you send it again yourself\./;
const nowhere = /documents no way to ask for it: look on its own pages before you send it again yourself\./;

/** Every verb once, at vendors that are ill in this way. */
function outcomesOf(...rules: readonly FaultRule[]) {
  const told = new Map<Verb, Sent>();
  const stage = { rollcall: undefined as unknown as Rollcall, of: (one: Verb) => told.get(one)! };
  beforeAll(async () => {
    stage.rollcall = await openRollcall({ population: company() });
    // Whoever makes a group has looked at those that there are.
    await stage.rollcall.ask('{ groups { totalCount } }');
    for (const name of sources) for (const rule of rules) stage.rollcall.sandbox.server(name).fault(rule);
    for (const one of verbs) told.set(one, await send(stage.rollcall, one));
  });
  afterAll(() => stage.rollcall.close());
  return stage;
}

/** What a payload shows of the thing that was written. */
function shown({ payload: { calls: _calls, confirmedBy: _by, userErrors: _errors, ...rest } }: Sent): object {
  return rest;
}

describe('a lost answer to what the vendor did', () => {
  const well = outcomesOf();
  const ill = outcomesOf(atWrites({ mode: 'lost' }));

  it.each(named(visible))('%s: is seen by reading, and the answer is the one that was lost', async (_name, one) => {
    const sent = ill.of(one);

    expect(sent.payload).toMatchObject({ userErrors: [], confirmedBy: 'READ_BACK' });
    expect(shown(sent)).toEqual(shown(well.of(one)));
    expect(await entryOf(ill.rollcall.url, keyOf(one))).toMatchObject({ state: 'DONE', userErrors: [], hint: null });
  });

  it.each(named(hidden))('%s: cannot be seen, so nobody knows', async (_name, one) => {
    const sent = ill.of(one);

    expect(codes(sent)).toEqual(['OUTCOME_UNKNOWN']);
    expect(sent.payload.userErrors[0].message).toMatch(nowhere);
    expect(sent.payload.confirmedBy).toBe('UNKNOWN');
    expect(await entryOf(ill.rollcall.url, keyOf(one))).toMatchObject({ state: 'UNKNOWN' });
  });

  it('nothing was sent twice for that', () => {
    expect(writesOf(ill.rollcall)).toHaveLength(verbs.length);
  });
});

describe('a lost answer to what the vendor did not do (yet)', () => {
  const ill = outcomesOf(atWrites({ mode: 'reset' }));

  it.each(named(visible))('%s: is unknown, and it is told when we looked and where to look', async (_name, one) => {
    const { payload } = ill.of(one);
    const entry = await entryOf(ill.rollcall.url, keyOf(one));

    expect(new Set(payload.userErrors.map(({ code }: any) => code))).toEqual(new Set(['OUTCOME_UNKNOWN']));
    for (const { message } of payload.userErrors) {
      expect(message).toMatch(
        new RegExp(`its answer was lost.* At ${isoTime} it was not \\(yet\\) to be seen there\\.`),
      );
      expect(message).toMatch(whereToLook);
    }
    expect(payload).toMatchObject({ confirmedBy: 'UNKNOWN' });
    expect(entry).toMatchObject({ state: 'UNKNOWN', userErrors: payload.userErrors, calls: payload.calls });
    expect(entry.hint).toMatch(whereToLook);
  });

  it.each(named(hidden))('%s: is unknown, and it is told that nobody can be asked', async (_name, one) => {
    const { payload } = ill.of(one);

    expect(codes({ payload })).toEqual(['OUTCOME_UNKNOWN']);
    expect(payload.userErrors[0].message).toMatch(nowhere);
    expect((await entryOf(ill.rollcall.url, keyOf(one))).hint).toMatch(nowhere);
  });

  it.each(named(verbs))('%s: nothing is shown as done', (_name, one) => {
    const { group, groups, tester, added, removed, deletedId } = ill.of(one).payload;

    // The group of an edit of members is there all the while.
    const done = added ? [...added, ...removed] : [group, tester, deletedId, ...(groups ?? [])];
    expect(done.filter((it) => it != null)).toEqual([]);
  });

  it('nothing was sent twice for that', () => {
    expect(writesOf(ill.rollcall)).toHaveLength(verbs.length);
  });
});

describe('a lost answer, where the vendor cannot be read afterwards either', () => {
  // Once it has been written to, the vendor answers nobody.
  const struck = new Set<string>();
  const ill = outcomesOf({
    mode: 'reset',
    match: (request) => {
      if (isWrite(request)) struck.add(request.origin);
      return struck.has(request.origin) && !request.target.endsWith('/service_token');
    },
  });

  it('is unknown: what the first look at each vendor could not show is not claimed to have been looked at', () => {
    const first = sources.map((name) => verbs.find(({ source }) => source === name)!);

    const told = first.map((one) => ill.of(one).payload.userErrors[0]);

    expect(told.map(({ code }) => code)).toEqual(first.map(() => 'OUTCOME_UNKNOWN'));
    expect(told.filter(({ message }) => / it was not \(yet\) to be seen/.test(message))).toEqual([]);
  });
});
