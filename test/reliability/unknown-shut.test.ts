import { afterEach, describe, expect, it } from 'vitest';
import { mark } from '../support/journal.js';
import { codes, mutate, type Sent } from '../support/mutations.js';
import { openRollcall, type Rollcall } from '../support/rollcall.js';
import { atWrites, writesAt } from '../support/vendor-writes.js';
import { company, groupsOf, named, usersOf, verb, verbs, type Verb } from '../support/verbs.js';

let rollcall: Rollcall;
afterEach(() => rollcall.close());

/** Adds to the one group whose first write is left without an answer. */
const adds = verbs.filter(({ mutation }) => mutation === 'addGroupMembers');

/** `bounds`: keys of the source. Without them its write deadline is 15 s, and it is settled after 30 s. */
async function open(source: string, bounds: object = {}): Promise<void> {
  rollcall = await openRollcall({ population: company(), only: [source], sources: { [source]: bounds } });
}
const server = (source: string) => rollcall.sandbox.server(source);
const send = ({ mutation, input }: Verb, nth = 1): Promise<Sent> => mutate(rollcall.url, mutation, input(nth));

/** Leaves a write of the verb's group without an answer, and undone. */
async function leaveOpen(one: Verb): Promise<Sent> {
  server(one.source).fault(atWrites({ mode: 'reset', times: 1 }));
  return send(one);
}

describe('after an unknown outcome the group is shut', () => {
  it.each(named(adds))(
    '%s: whoever cannot wait is GROUP_BUSY, told for how long, and nothing is asked',
    async (_name, one) => {
      await open(one.source, { timeoutMs: 200, settleSeconds: 30 });
      const first = await leaveOpen(one);
      const asked = mark(server(one.source));

      const { payload } = await send(one, 2);

      const { group } = one.input() as { group: string };
      expect(codes(first)).toEqual(['OUTCOME_UNKNOWN']);
      expect(payload).toMatchObject({
        userErrors: [{ code: 'GROUP_BUSY', field: ['group'], target: group, source: one.source }],
        calls: [],
        confirmedBy: null,
        added: [],
      });
      expect(payload.userErrors[0].retryAfterSeconds).toBeGreaterThanOrEqual(29);
      expect(payload.userErrors[0].retryAfterSeconds).toBeLessThanOrEqual(30);
      // The group that a payload shows may be read; nothing may be written.
      expect(writesAt(server(one.source), asked)).toEqual([]);
    },
  );

  it.each([
    ['removing', 'removeGroupMembers', { group: groupsOf.testrail(1), members: [usersOf.testrail(1)] }],
    ['setting', 'setGroupMembers', { group: groupsOf.testrail(1), members: [1, 4, 9].map(usersOf.testrail) }],
    ['renaming', 'updateGroup', { group: groupsOf.testrail(1), name: 'Anew' }],
    ['deleting', 'deleteGroup', { group: groupsOf.testrail(1) }],
  ] as const)('also for %s', async (_what, mutation, input) => {
    await open('testrail', { timeoutMs: 200, settleSeconds: 30 });
    await leaveOpen(verb('addGroupMembers', 'testrail'));

    expect(codes(await mutate(rollcall.url, mutation, input))).toEqual(['GROUP_BUSY']);
    expect(writesAt(server('testrail'))).toHaveLength(1);
  });

  it('by whatever id it is named', async () => {
    await open('asa', { timeoutMs: 200, settleSeconds: 30 });
    await leaveOpen(verb('addGroupMembers', 'asa'));
    const group = `${groupsOf.asa(1)}/0b8e1f7e-0000-4000-8000-000000000001`;

    const busy = await mutate(rollcall.url, 'addGroupMembers', { group, members: [usersOf.asa(38)] });

    expect(codes(busy)).toEqual(['GROUP_BUSY']);
    expect(writesAt(server('asa'))).toHaveLength(1);
  });

  it('after a rename or a delete that was left open, too', async () => {
    await open('tiledesk', { timeoutMs: 200, settleSeconds: 30 });
    await leaveOpen(verb('updateGroup', 'tiledesk'));
    await leaveOpen(verb('deleteGroup', 'tiledesk'));

    const busy = [4, 5].map((nth) =>
      mutate(rollcall.url, 'addGroupMembers', { group: groupsOf.tiledesk(nth), members: [usersOf.tiledesk(36)] }),
    );

    expect((await Promise.all(busy)).map(codes)).toEqual([['GROUP_BUSY'], ['GROUP_BUSY']]);
  });

  it('while other groups of the source go on at once, and so do creates', async () => {
    await open('testrail', { settleSeconds: 2 });
    await leaveOpen(verb('addGroupMembers', 'testrail'));
    const waits = send(verb('addGroupMembers', 'testrail'), 2);

    const others = await Promise.all(
      (['addTestRailGroup', 'removeGroupMembers', 'updateGroup', 'deleteGroup'] as const).map((mutation) =>
        send(verb(mutation, 'testrail')),
      ),
    );
    const writesBefore = writesAt(server('testrail')).length;
    const waited = await waits;

    expect([...others, waited].map(codes)).toEqual([[], [], [], [], []]);
    expect(writesBefore).toBe(1 + others.length);
    expect(writesAt(server('testrail'))).toHaveLength(1 + others.length + 1);
  });
});

describe('the group opens again', () => {
  it.each(named(adds))('%s: whoever can wait is served once it is settled', async (_name, one) => {
    await open(one.source, { settleSeconds: 1 });
    await leaveOpen(one);
    const left = Date.now();

    const [second, third] = await Promise.all([send(one, 2), send(one, 3)]);

    const [, ...later] = writesAt(server(one.source));
    expect([second, third].map(codes)).toEqual([[], []]);
    expect(later.length).toBeGreaterThan(0);
    // The clocks of the journal and of the ledger are the same one; 50 ms for the way between them.
    expect(Math.min(...later.map(({ at }) => at)) - left).toBeGreaterThanOrEqual(950);
  });

  it('and never was shut where settleSeconds is 0', async () => {
    await open('testrail', { timeoutMs: 200, settleSeconds: 0 });
    await leaveOpen(verb('addGroupMembers', 'testrail'));

    expect(codes(await send(verb('addGroupMembers', 'testrail'), 2))).toEqual([]);
  });

  it.each(
    named([
      ...(['testrail', 'tiledesk'] as const).map((source) => verb('addGroupMembers', source)),
      ...(['velt', 'asa'] as const).map((source) => verb('setGroupMembers', source)),
    ]),
  )('%s: at once where a look shows that the write has taken effect, which was not so before', async (_name, one) => {
    await open(one.source, { timeoutMs: 500, settleSeconds: 30 });
    server(one.source).fault(atWrites({ mode: 'lost', times: 1 }));

    const all = [await send(one), await send(one, 2)];

    expect(all.map(codes)).toEqual([[], []]);
    expect(all[0]!.payload.confirmedBy).toBe('READ_BACK');
  });
});

/** What is sent without a read: nobody knows whether it was so before. */
const unread = [
  ...(['velt', 'asa'] as const).flatMap((source) => [
    verb('addGroupMembers', source),
    verb('removeGroupMembers', source),
  ]),
  verb('updateGroup', 'asa'),
];

describe('what was lost and is seen, and may have been so before', () => {
  it.each(named(unread))('%s: is done, and the group is shut all the same', async (_name, one) => {
    await open(one.source, { timeoutMs: 500, settleSeconds: 30 });
    server(one.source).fault(atWrites({ mode: 'lost', times: 1 }));

    const first = await send(one);
    const second = await send(one, 2);

    expect(first.payload).toMatchObject({ userErrors: [], confirmedBy: 'READ_BACK' });
    expect(codes(second)).toEqual(['GROUP_BUSY']);
    expect(writesAt(server(one.source))).toHaveLength(1);
  });

  it.each(named(unread))('%s: shuts nothing where the answer has come', async (_name, one) => {
    await open(one.source, { timeoutMs: 500, settleSeconds: 30 });

    expect([await send(one), await send(one, 2)].map(codes)).toEqual([[], []]);
  });

  it.each(['velt', 'asa'])(
    '%s: a repeat of its key is answered at once meanwhile, with the group as it is read now',
    async (source) => {
      const add = verb('addGroupMembers', source);
      const again: Verb = { ...add, input: () => ({ ...add.input(), idempotencyKey: 'k-1' }) };
      await open(source, { settleSeconds: 600 });
      server(source).fault(atWrites({ mode: 'lost', times: 1 }));

      const [first, repeat] = [await send(again), await send(again)];

      expect(first).toMatchObject({ replayed: false, payload: { confirmedBy: 'READ_BACK', userErrors: [] } });
      expect(repeat).toEqual({ ...first, replayed: true });
      expect(writesAt(server(source))).toHaveLength(1);
    },
  );
});

it('where nothing is configured it is shut for twice the write deadline', async () => {
  await open('testrail', { timeoutMs: 1_500 });
  await leaveOpen(verb('addGroupMembers', 'testrail'));

  const { payload } = await send(verb('addGroupMembers', 'testrail'), 2);

  expect(payload.userErrors).toMatchObject([{ code: 'GROUP_BUSY', retryAfterSeconds: 2 * 3 * 1.5 }]);
});
