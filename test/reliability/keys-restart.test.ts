import { afterEach, expect, it } from 'vitest';
import { mark } from '../support/journal.js';
import { entryOf, mutate } from '../support/mutations.js';
import { openService, type Life, type Service } from '../support/service.js';
import { writesAt } from '../support/vendor-writes.js';
import { company, verbs, type Verb } from '../support/verbs.js';

let service: Service;
afterEach(() => service.close());

const keyOf = ({ mutation, source }: Verb) => `${mutation}@${source}`;
const sendAll = (life: Life, selection?: string) =>
  Promise.all(
    verbs.map((one) => mutate(life.url, one.mutation, { ...one.input(), idempotencyKey: keyOf(one) }, selection)),
  );
const written = () => Object.keys(service.sandbox.sources).flatMap((name) => writesAt(service.sandbox.server(name)));

it.each(['SIGTERM', 'SIGKILL'] as const)(
  'after a %s every key leads to the answer it has led to, whatever is selected of it, and nothing is sent',
  { timeout: 30_000 },
  async (signal) => {
    service = await openService({ population: company() });
    const first = await service.start();
    const told = await sendAll(first);
    await first.end(signal);

    const second = await service.start();
    const again = await sendAll(second);
    const partly = await sendAll(second, 'confirmedBy calls { status }');

    expect(told.every(({ replayed }) => replayed === false)).toBe(true);
    expect(again).toEqual(told.map((one) => ({ ...one, replayed: true })));
    expect(partly.map(({ payload }) => payload)).toEqual(
      told.map(({ payload: { confirmedBy, calls } }) => ({
        confirmedBy,
        calls: calls.map(({ status }: { status: number }) => ({ status })),
      })),
    );
    expect(written()).toHaveLength(verbs.length);
    expect((await entryOf(second.url, keyOf(verbs[0]!))).state).toBe('DONE');
  },
);

it('what was in flight when its process was killed is unknown, says how to look, and is never sent again', async () => {
  service = await openService({ population: company(), only: ['testrail'] });
  const server = service.sandbox.server('testrail');
  const [one] = verbs.filter(({ mutation }) => mutation === 'addTestRailGroup') as [Verb];
  const send = (life: Life) => mutate(life.url, one.mutation, { ...one.input(), idempotencyKey: 'mine' });
  server.fault({ mode: 'late', ms: 400, match: /add_group/ });
  const first = await service.start();
  const lost = send(first).catch(() => 'broken off');
  await expect.poll(() => writesAt(server).length).toBe(1);

  await first.end('SIGKILL');
  const second = await service.start();
  const asked = mark(server);
  const again = [await send(second), await send(second)];

  expect(await lost).toBe('broken off');
  expect(again[0]!.payload).toMatchObject({
    userErrors: [{ code: 'OUTCOME_UNKNOWN', source: 'testrail', retryAfterSeconds: null }],
    calls: [{ method: 'POST', url: expect.stringContaining('add_group'), status: null, durationMs: null }],
    confirmedBy: 'UNKNOWN',
    group: null,
  });
  expect(again[0]!.payload.userErrors[0].message).toContain('groups(filter: { sources: ["testrail"] })');
  expect(again.map(({ replayed }) => replayed)).toEqual([true, true]);
  expect(again[1]!.payload).toEqual(again[0]!.payload);
  expect(mark(server)).toBe(asked);
  expect(await entryOf(second.url, 'mine')).toMatchObject({
    state: 'UNKNOWN',
    userErrors: again[0]!.payload.userErrors,
    calls: again[0]!.payload.calls,
    hint: expect.stringContaining('Look for it in'),
  });
});
