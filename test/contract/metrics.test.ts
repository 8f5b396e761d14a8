import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { people } from '../../src/sandbox/people.js';
import { clearFaults } from '../support/faults.js';
import { calls, mark } from '../support/journal.js';
import { openRollcall, type Rollcall } from '../support/rollcall.js';
import { scrape, sum, type Sample } from '../support/scrape.js';
import { until } from '../support/until.js';

let rollcall: Rollcall;
const sources = ['updraft', 'velt', 'testrail', 'tiledesk', 'asa'];
const requests = 'rollcall_vendor_requests_total';

beforeAll(async () => {
  const population = { people: people(12), groups: 3, membersPerGroup: 3, projects: 1, awkward: false };
  rollcall = await openRollcall({ population, sources: { velt: { timeoutMs: 1_500 } } });
});
afterAll(() => rollcall.close());
afterEach(() => clearFaults(rollcall.sandbox));

const everything = `{
  organizations { totalCount } projects { totalCount } users { totalCount } testers { totalCount }
  groups { nodes { members { nodes { email } } } }
}`;

/** What the counters of each source grew by while something was done, beside what its vendor heard. */
async function during(act: () => Promise<unknown>) {
  const before = await scrape(rollcall.url);
  const marks = sources.map((name) => mark(rollcall.sandbox.server(name)));
  await act();
  const heard = sources.map((name, at) => {
    const all = calls(rollcall.sandbox.server(name), marks[at]);
    return [name, all.filter((call) => !call.endsWith('/service_token')).length] as const;
  });
  const after = await scrape(rollcall.url);
  const grew = (labels: Record<string, string>, name = requests) =>
    sum(after, name, labels) - sum(before, name, labels);
  return { heard: Object.fromEntries(heard), grew, after };
}

const all = (grew: (labels: Record<string, string>) => number) =>
  Object.fromEntries(sources.map((source) => [source, grew({ source })]));

describe('rollcall_vendor_requests_total', () => {
  it('grows by exactly the calls, at every vendor, without those for tokens', async () => {
    const { heard, grew } = await during(() => rollcall.ask(everything));

    expect(Object.values(heard).every((calls) => calls > 0)).toBe(true);
    expect(all(grew)).toEqual(heard);
  });

  it('counts a call that a new token was needed for twice: the refused one with its status', async () => {
    rollcall.sandbox.server('asa').fault({ mode: 'status', status: 401, match: /\/groups/, times: 1 });

    const { heard, grew } = await during(() => rollcall.ask('{ groups(filter: { sources: ["asa"] }) { totalCount } }'));

    expect(heard['asa']).toBe(2);
    expect([grew({ source: 'asa', status: '401' }), grew({ source: 'asa', status: '200' })]).toEqual([1, 1]);
  });

  it('has the status of a refusal, and the code where no answer came', async () => {
    rollcall.sandbox.server('testrail').fault({ mode: 'status', status: 403 });
    rollcall.sandbox.server('velt').fault({ mode: 'hang' });

    const { heard, grew } = await during(() => rollcall.ask('{ organizations { totalCount } users { totalCount } }'));

    expect(grew({ source: 'testrail', status: '403' })).toBe(heard['testrail']);
    expect(grew({ source: 'velt', status: 'VENDOR_TIMEOUT' })).toBeGreaterThan(0);
    expect(all(grew)).toEqual(heard);
  });

  it('counts writes, too, and the entry that became of each', async () => {
    const mutation = `mutation { addTestRailGroup(input: { organization: "gid://testrail/Organization/testrail", name: "Counted" }) {
      userErrors { code } } }`;
    const { heard, grew } = await during(async () => {
      const { data, errors } = await rollcall.ask(mutation);
      expect([data, errors]).toEqual([{ addTestRailGroup: { userErrors: [] } }, undefined]);
    });

    expect(heard['testrail']).toBeGreaterThan(0);
    expect(all(grew)).toEqual(heard);
    expect(grew({ state: 'DONE' }, 'rollcall_ledger_entries_total')).toBe(1);
  });
});

describe('GET /metrics', () => {
  it('is text for Prometheus, and every name of ours begins with rollcall_', async () => {
    const response = await fetch(`${rollcall.url}/metrics`);
    const text = await response.text();

    expect([response.status, response.headers.get('content-type')]).toEqual([
      200,
      'text/plain; version=0.0.4; charset=utf-8',
    ]);
    const names = [...text.matchAll(/^# TYPE (\S+) /gm)].map(([, name]) => name!);
    expect(names.filter((name) => name.startsWith('rollcall_')).length).toBeGreaterThan(20);
    expect(names.filter((name) => !/^(rollcall|nodejs|process)_/.test(name))).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
  });

  it('has nodejs_eventloop_lag_seconds beside them', async () => {
    const samples = await scrape(rollcall.url);

    expect(samples.filter(({ name }) => name === 'nodejs_eventloop_lag_seconds')).toHaveLength(1);
    expect(sum(samples, 'nodejs_eventloop_lag_p99_seconds')).toBeGreaterThan(0);
  });

  it('holds no word of a client: names of operations and ids of requests make no line', async () => {
    const shapeOf = (samples: readonly Sample[]) => samples.filter(({ name }) => name.startsWith('rollcall_')).length;
    const ask = (name: string) => rollcall.ask(`query ${name} { sources { name } }`, {}, { 'x-request-id': name });
    await ask('Before');
    const before = shapeOf(await scrape(rollcall.url));

    for (let nth = 0; nth < 20; nth += 1) await ask(`Canary${nth}`);

    expect(shapeOf(await scrape(rollcall.url))).toBe(before);
    expect(await (await fetch(`${rollcall.url}/metrics`)).text()).not.toContain('Canary');
  });

  it('counts operations by kind and outcome, with their errors by code', async () => {
    const operations = 'rollcall_operations_total';
    const { grew } = await during(async () => {
      await rollcall.ask('{ sources { name } }');
      await rollcall.ask('{ nothing }');
      await fetch(`${rollcall.url}/datasets/memberships.csv?source=testrail`).then((one) => one.text());
      await until(() => rollcall.log.at(-1)!.includes('"kind":"dataset"'));
    });

    expect(grew({ kind: 'query', outcome: 'ok' }, operations)).toBe(1);
    expect(grew({ outcome: 'refused' }, operations)).toBe(1);
    expect(grew({ kind: 'dataset', outcome: 'ok' }, operations)).toBe(1);
    expect(grew({ code: 'GRAPHQL_VALIDATION_FAILED' }, 'rollcall_errors_total')).toBe(1);
    expect(grew({ kind: 'query' }, 'rollcall_operation_duration_seconds_count')).toBe(1);
    expect(grew({}, 'rollcall_operation_cost_count')).toBeGreaterThan(0);
  });

  it('tells of a sick source, and of operations under way', async () => {
    rollcall.sandbox.server('tiledesk').fault({ mode: 'status', status: 500, times: 1 });
    await rollcall.ask('{ projects(filter: { sources: ["tiledesk"] }) { totalCount } }');
    rollcall.sandbox.server('testrail').setLatency(600);
    const slow = rollcall.ask('{ users(filter: { sources: ["testrail"] }) { totalCount } }');
    await until(() => rollcall.sandbox.server('testrail').live.requests > 0);

    const samples = await scrape(rollcall.url);
    rollcall.sandbox.server('testrail').setLatency(0);
    await slow;

    expect(sum(samples, 'rollcall_source_up', { source: 'tiledesk' })).toBe(0);
    expect(sum(samples, 'rollcall_source_up', { source: 'velt' })).toBeGreaterThanOrEqual(0);
    expect(sum(samples, 'rollcall_operations_in_flight')).toBe(1);
    expect(sum(samples, 'rollcall_gate_in_flight', { source: 'testrail' })).toBe(1);
  });
});
