/** What clients see of the gates, and what vendors hear: everything over real HTTP. */
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, expect, it } from 'vitest';
import { people } from '../../src/sandbox/people.js';
import { openRollcall, type Answer, type Rollcall } from '../support/rollcall.js';
import { scrape, sum } from '../support/scrape.js';
import { until } from '../support/until.js';

let rollcall: Rollcall;
afterEach(() => rollcall.close());

/** One vendor, of which nothing is kept and nothing forgotten. */
async function open(name: string, source: object = {}, groups = 3): Promise<ReturnType<typeof server>> {
  rollcall = await openRollcall({
    only: [name],
    sources: { [name]: { cacheSeconds: 0, ...source } },
    population: { people: people(30), groups, membersPerGroup: 3, projects: 1, awkward: false },
    remember: true,
  });
  return server(name);
}
const server = (name: string) => rollcall.sandbox.server(name);

const list = '{ groups { complete nodes { id } } }';
const whole = '{ groups(first: 200) { complete nodes { id members { nodes { id } } } } }';
const create = (nth: number | string, key = '') =>
  `mutation { made: createUpdraftPermissionGroup(input: { organization: "gid://updraft/Organization/12", title: "${nth}"${key} }) { group { id } userErrors { code retryAfterSeconds } } }`;

/** For himself: what others ask at the same time is not waited for. */
const ask = (query: string, headers: Record<string, string> = {}) =>
  rollcall.ask(query, {}, { 'cache-control': 'no-cache', ...headers });

async function timed(query: string, headers: Record<string, string> = {}): Promise<Answer & { readonly ms: number }> {
  const began = performance.now();
  return { ...(await ask(query, headers)), ms: performance.now() - began };
}

it(
  'one for whom a place would come too late is told so at once: VENDOR_BUSY, with the seconds',
  { retry: 2 },
  async () => {
    const updraft = await open('updraft', { concurrency: 1, timeoutMs: 5_000 });
    updraft.setLatency(300);
    for (let nth = 0; nth < 8; nth += 1) await ask(create(`early ${nth}`));
    const busy = Array.from({ length: 12 }, (_, nth) => timed(create(nth)));
    await until(() => updraft.live.requests === 1);
    await pause(50);
    const sent = updraft.journal.length;

    const hasty = await timed(create('hasty'), { 'x-rollcall-timeout-ms': '500' });

    expect(hasty.status).toBe(200);
    const [{ code, retryAfterSeconds }] = hasty.data.made.userErrors;
    expect(code).toBe('VENDOR_BUSY');
    expect(retryAfterSeconds).toBeGreaterThanOrEqual(2);
    expect(retryAfterSeconds).toBeLessThanOrEqual(5);
    expect(hasty.ms).toBeLessThan(300);
    expect(updraft.journal.length).toBeLessThanOrEqual(sent + 1);
    // Those with time were all answered, one after the other.
    for (const { data } of await Promise.all(busy)) expect(data.made.userErrors).toEqual([]);
    expect(updraft.journal.some(({ body }) => body.includes('hasty'))).toBe(false);
  },
);

it('one call is not kept waiting by an operation that wants a hundred at the same source', { retry: 2 }, async () => {
  const asa = await open('asa', { concurrency: 2 }, 100);
  await ask(list);
  asa.setLatency(30);
  const big = timed(whole);
  await until(() => asa.live.requests === 2 && asa.journal.length > 6);

  const small = await timed(list);
  const { ms, data } = await big;

  expect(data.groups).toMatchObject({ complete: true });
  expect(data.groups.nodes.length).toBeGreaterThanOrEqual(100);
  expect(small.data.groups.complete).toBe(true);
  expect(ms).toBeGreaterThan(1_000);
  expect(small.ms).toBeLessThan(ms / 3);
});

it(
  'of connections that fail no more than a fifth of the calls are tried again, whoever asks',
  { timeout: 60_000 },
  async () => {
    const testrail = await open('testrail');
    let nth = 0;
    testrail.fault({ mode: 'reset', match: () => (nth += 1) % 3 === 0 });

    const answers: Answer[] = [];
    for (let asked = 0; asked < 120; asked += 1) answers.push(await ask(list));

    const samples = await scrape(rollcall.url);
    const retries = sum(samples, 'rollcall_vendor_retries_total', { source: 'testrail' });
    expect(retries).toBeGreaterThan(5);
    expect(retries).toBeLessThanOrEqual(0.2 * testrail.journal.length + 3);
    // What was tried again was answered; the budget was used up, so that some were not.
    const whole = answers.filter(({ errors }) => !errors).length;
    expect(whole).toBeGreaterThan(80);
    expect(whole).toBeLessThan(120);
  },
);

it('a source that is well again is found out by one call at a time, within a second of when it was to be tried', async () => {
  const testrail = await open('testrail');
  testrail.fault({ mode: 'status', status: 500 });
  let seconds: number | undefined;
  // The first five are what the source itself said: these have no time.
  while (!seconds) seconds = (await ask(list)).errors![0]!.extensions['retryAfterSeconds'];
  const openedAt = performance.now();
  testrail.clearFaults();
  testrail.setLatency(200);
  const before = testrail.journal.length;

  let first: number | undefined;
  const crowd: Promise<unknown>[] = [];
  while (first === undefined && performance.now() - openedAt < 8_000) {
    crowd.push(ask(list).then(({ errors }) => void (errors || (first ??= performance.now()))));
    await pause(20);
  }
  await Promise.all(crowd);

  expect(seconds).toBeGreaterThanOrEqual(1);
  expect(first! - openedAt).toBeLessThan(seconds! * 1_000 + 1_000);
  const [probe, ...others] = testrail.journal.slice(before);
  expect(crowd.length).toBeGreaterThan(20);
  for (const { at } of others) expect(at).toBeGreaterThanOrEqual(probe!.answeredAt!);
});

it('a mutation whose client leaves is carried out once, and told to whoever comes again with its key', async () => {
  const updraft = await open('updraft');
  updraft.fault({ mode: 'slow', ms: 400, times: 1 });
  const keyed = create('Leads', ', idempotencyKey: "once-0001"');
  const leaving = new AbortController();
  const left = fetch(`${rollcall.url}/graphql`, {
    method: 'POST',
    signal: leaving.signal,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: keyed }),
  });
  await until(() => updraft.journal.length === 1);

  leaving.abort();
  await expect(left).rejects.toThrow();
  const [during, after] = [await ask(keyed), await ask(keyed)];

  expect(updraft.journal.map(({ applied }) => applied)).toEqual([true]);
  expect(during.data.made).toMatchObject({ group: { id: expect.any(String) }, userErrors: [] });
  expect(after.data.made).toEqual(during.data.made);
  expect(after.extensions.idempotencyKeys[0]).toMatchObject({ key: 'once-0001', replayed: true });
});
