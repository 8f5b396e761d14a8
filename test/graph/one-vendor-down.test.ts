import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { people } from '../../src/sandbox/people.js';
import type { Fault } from '../../src/sandbox/fault-rules.js';
import { distributionGroup, membership, permissionGroup, tester, veltGroup } from '../support/facts.js';
import { clearFaults } from '../support/faults.js';
import { openRollcall, type Answer, type Rollcall } from '../support/rollcall.js';

let rollcall: Rollcall;
let healthy: Answer;
const sources = ['updraft', 'velt', 'testrail', 'tiledesk', 'asa'];
const vendors: Record<string, string> = {
  updraft: 'UPDRAFT',
  velt: 'VELT',
  testrail: 'TESTRAIL',
  tiledesk: 'TILEDESK',
  asa: 'OKTA_ASA',
};
const timeoutMs = 400;

beforeAll(async () => {
  const population = { people: people(20), groups: 3, membersPerGroup: 4, projects: 2, awkward: false };
  rollcall = await openRollcall({
    population,
    sources: Object.fromEntries(sources.map((name) => [name, { timeoutMs }])),
  });
  const [ring, leads, ops] = [
    distributionGroup('55', 'Ring', '901'),
    permissionGroup('31', 'Leads', '12'),
    veltGroup('org-a', 'ops', 'Ops'),
  ];
  const facts = [
    ring,
    leads,
    tester('700', 'ana@example.com'),
    membership(ring, 'Tester', ['700']),
    membership(leads, 'User', ['1']),
  ];
  await rollcall.ledger.remember('updraft', 'local', facts, new Date());
  await rollcall.ledger.remember('velt', 'local', [ops], new Date());
  healthy = await rollcall.ask(everything);
});
afterAll(() => rollcall.close());
afterEach(() => clearFaults(rollcall.sandbox));

const status = 'complete totalCount sources { source state code }';
const everything = `{
  crews: groups(first: 1000) { ${status} nodes { id name source { name } members(first: 100) { nodes { id name email } } } }
  people: users(first: 1000) { ${status} nodes { id name email source { name } } }
  projects(first: 1000) { ${status} nodes { id name source { name } } }
  rows: memberships(first: 5000) { ${status} nodes { source groupId memberId memberName } }
  organizations { ${status} nodes { id name source { name } } }
}`;
const fields = ['crews', 'people', 'projects', 'rows', 'organizations'];
const sourceOf = (node: any) => node.source.name ?? node.source;

const ills: Record<string, readonly [Fault, string, number | null, number | null]> = {
  'out of order': [{ mode: 'status', status: 503, headers: { 'retry-after': '9' } }, 'VENDOR_UNAVAILABLE', 503, 9],
  unreachable: [{ mode: 'reset' }, 'VENDOR_UNAVAILABLE', null, null],
  'refusing the credentials': [
    { mode: 'status', status: 403, body: { error: 'SECRET WORDS' } },
    'VENDOR_AUTH',
    403,
    null,
  ],
  'rate limiting': [{ mode: 'status', status: 429 }, 'VENDOR_RATE_LIMITED', 429, null],
  'answering a page for people': [{ mode: 'html' }, 'VENDOR_BAD_RESPONSE', null, null],
  'answering garbage': [{ mode: 'garbage' }, 'VENDOR_BAD_RESPONSE', null, null],
  'answering another shape': [{ mode: 'wrongshape' }, 'VENDOR_BAD_RESPONSE', null, null],
  'breaking off in the middle': [{ mode: 'half' }, 'VENDOR_BAD_RESPONSE', null, null],
  'answering half of the JSON': [{ mode: 'truncated-json' }, 'VENDOR_BAD_RESPONSE', null, null],
  'sending us elsewhere': [{ mode: 'redirect', location: 'http://127.0.0.1:9/' }, 'VENDOR_BAD_RESPONSE', 307, null],
  silent: [{ mode: 'hang' }, 'VENDOR_TIMEOUT', null, null],
};

describe.each(sources)('with %s', (sick) => {
  it.each(Object.keys(ills))('%s, the other four answer in full, by HTTP 200', async (ill) => {
    const [fault, code, itsStatus, retryAfterSeconds] = ills[ill]!;
    rollcall.sandbox.server(sick).fault(fault);

    const answer = await rollcall.ask(everything);

    expect(answer.status).toBe(200);
    for (const field of fields) {
      const others = (from: Answer) => from.data[field].nodes.filter((node: any) => sourceOf(node) !== sick);
      expect(others(answer)).toEqual(others(healthy));
      const itsOwn = answer.data[field].sources.find(({ source }: any) => source === sick);
      const failed = itsOwn !== undefined && itsOwn.state !== 'OK';
      expect(answer.data[field].complete).toBe(!failed);
      expect(answer.data[field].totalCount).toBe(failed ? null : healthy.data[field].totalCount);
      if (failed) expect(itsOwn.code).toBe(code);
    }

    const told = answer.errors!.map(({ path, extensions }) => [path, extensions]);
    const failing = answer.errors!.map(({ path }) => path!.join());
    expect(new Set(failing).size).toBe(failing.length);
    for (const [path, extensions] of told as [string[], object][]) {
      expect(path).toHaveLength(1);
      expect(fields).toContain(path[0]);
      expect(Object.keys(extensions)).toEqual(['code', 'source', 'vendor', 'status', 'retryAfterSeconds']);
      expect(extensions).toMatchObject({ code, source: sick, vendor: vendors[sick] });
    }
    if (itsStatus)
      expect(told.map(([, extensions]) => extensions)).toEqual(
        told.map(() => ({ code, source: sick, vendor: vendors[sick], status: itsStatus, retryAfterSeconds })),
      );
    expect(failing).toContain('people');
    expect(JSON.stringify(answer.errors)).not.toContain('SECRET WORDS');
  });
});

it.each(sources)('where nobody listens at the address of %s, the other four answer in full', async (sick) => {
  const population = { people: people(5), groups: 2, membersPerGroup: 2, projects: 1, awkward: false };
  const half = await openRollcall({ population, sources: { [sick]: { url: 'http://127.0.0.1:9' } } });

  const {
    status: http,
    data,
    errors,
  } = await half.ask('{ users { nodes { source { name } } sources { source state } } }');
  await half.close();

  expect(http).toBe(200);
  const well = sources.filter((name) => name !== sick);
  expect([...new Set(data.users.nodes.map(sourceOf))]).toEqual(well);
  expect(data.users.sources.filter(({ state }: any) => state === 'OK').map(sourceOf)).toEqual(well);
  expect(errors).toMatchObject([
    { path: ['users'], extensions: { code: 'VENDOR_UNAVAILABLE', source: sick, status: null } },
  ]);
});

it('with all five out of order it is still HTTP 200, with what needs nobody', async () => {
  sources.forEach((name) => rollcall.sandbox.server(name).fault({ mode: 'status', status: 500 }));

  const { status: http, data, errors } = await rollcall.ask(everything);

  expect(http).toBe(200);
  expect(data.organizations.nodes.map(sourceOf)).toEqual(['updraft', 'updraft', 'testrail', 'tiledesk', 'asa']);
  expect(data.crews.nodes.map(sourceOf)).toEqual(['updraft', 'updraft', 'velt', 'velt', 'velt']);
  expect(data.people.nodes).toEqual([]);
  const bySource = (field: string) =>
    errors!.filter(({ path }) => path![0] === field).map(({ extensions }) => extensions.source);
  expect(bySource('people')).toEqual(sources);
  expect(bySource('crews').toSorted()).toEqual(sources.toSorted());
  expect(errors!.every(({ path }) => path!.length === 1)).toBe(true);
});
