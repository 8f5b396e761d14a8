import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TestRailState } from '../../src/vendors/testrail/sandbox.js';
import { distributionGroup, membership, tester, veltGroup } from '../support/facts.js';
import { listen } from '../support/heard.js';
import { openRollcall, type Rollcall } from '../support/rollcall.js';

let rollcall: Rollcall;
const written = new Date('2025-11-01T10:00:00.000Z');

beforeEach(async () => {
  rollcall = await openRollcall({ population: { groups: 4, membersPerGroup: 3, projects: 2, awkward: false } });
  const [ring, person] = [distributionGroup('55', 'Ring', '901'), tester('700', 'ana.lin@example.com')];
  await rollcall.ledger.remember('updraft', 'local', [ring, person, membership(ring, 'Tester', ['700'])], written);
  await rollcall.ledger.remember('velt', 'local', [veltGroup('org-a', 'ops', 'Ops')], written);
});
afterEach(() => rollcall.close());

const whole = 'totalCount complete sources { source state origin fetchedAt code message retryAfterSeconds }';
const names = (statuses: readonly { source: string }[]) => statuses.map(({ source }) => source);
const of = (statuses: readonly any[], name: string) => statuses.find(({ source }) => source === name);

it.each([
  ['organizations', ['updraft', 'velt', 'testrail', 'tiledesk', 'asa']],
  ['projects', ['updraft', 'testrail', 'tiledesk', 'asa']],
  ['groups', ['updraft', 'velt', 'testrail', 'tiledesk', 'asa']],
  ['users', ['updraft', 'velt', 'testrail', 'tiledesk', 'asa']],
  ['testers', ['updraft']],
  ['memberships', ['updraft', 'velt', 'testrail', 'tiledesk', 'asa']],
])('sources lists the sources asked that have the noun at all, in configured order: %s', async (list, asked) => {
  const { data, errors } = await rollcall.ask(`{ ${list} { ${whole} } }`);

  expect(errors).toBeUndefined();
  expect(names(data[list].sources)).toEqual(asked);
  expect(data[list].complete).toBe(true);
  expect(data[list].totalCount).toBeGreaterThan(0);
  for (const status of data[list].sources)
    expect(status).toMatchObject({ state: 'OK', code: null, retryAfterSeconds: null });
});

it('complete, sources and totalCount speak of the whole filtered list, not of the page', async () => {
  const { data } = await rollcall.ask(
    `{ all: groups(first: 1000) { ${whole} nodes { id } } page: groups(first: 1) { ${whole} nodes { id } } }`,
  );

  expect(data.page.nodes).toHaveLength(1);
  expect(data.page.totalCount).toBe(data.all.nodes.length);
  expect(names(data.page.sources)).toEqual(names(data.all.sources));
});

it('origin is LEDGER where the ledger tells which rows there are, and the message says what cannot be known', async () => {
  const { data } = await rollcall.ask(
    `{ groups { ${whole} } testers { ${whole} } memberships { ${whole} } users { ${whole} } organizations { ${whole} } }`,
  );

  const origins = (list: string) => data[list].sources.map(({ origin }: any) => origin);
  expect(origins('groups')).toEqual(['LEDGER', 'LEDGER', 'VENDOR', 'VENDOR', 'VENDOR']);
  expect(origins('memberships')).toEqual(['LEDGER', 'LEDGER', 'VENDOR', 'VENDOR', 'VENDOR']);
  expect(origins('testers')).toEqual(['LEDGER']);
  expect(origins('users')).toEqual(Array(5).fill('VENDOR'));
  expect(origins('organizations')).toEqual([
    'CONFIGURATION',
    'VENDOR',
    'CONFIGURATION',
    'CONFIGURATION',
    'CONFIGURATION',
  ]);
  const messages = [...data.groups.sources.slice(0, 2), ...data.testers.sources].map(({ message }: any) => message);
  for (const message of messages) expect(message).toMatch(/^(Updraft|Velt) documents no list of .*only.*\.$/);
  expect(of(data.groups.sources, 'testrail').message).toBeNull();
});

it('Updraft’s users are those of at least one app, and the message says so', async () => {
  const { data } = await rollcall.ask(
    `{ users { ${whole} } organization(id: "gid://updraft/Organization/12") { users { ${whole} } } }`,
  );

  expect(of(data.users.sources, 'updraft').message).toBe('Updraft tells only the users of at least one app.');
  expect(data.organization.users.sources).toMatchObject([
    { message: 'Updraft tells only the users of at least one app.', state: 'OK' },
  ]);
});

it('fetchedAt is when the oldest data used was read, or last written; null when nothing was read', async () => {
  const before = Date.now();

  const { data } = await rollcall.ask(`{ groups { ${whole} } organizations { ${whole} } }`);

  const at = (list: string, name: string) => of(data[list].sources, name).fetchedAt;
  for (const name of ['testrail', 'tiledesk', 'asa']) {
    expect(Date.parse(at('groups', name))).toBeGreaterThanOrEqual(before);
    expect(Date.parse(at('groups', name))).toBeLessThanOrEqual(Date.now());
  }
  expect(at('groups', 'updraft')).toBe(written.toISOString());
  expect(at('groups', 'velt')).toBe(written.toISOString());
  expect(at('organizations', 'testrail')).toBeNull();
});

describe('a list of which a later page fails', () => {
  beforeEach(() => {
    const { state } = rollcall.sandbox.server<TestRailState>('testrail').box;
    state.groups = Array.from({ length: 600 }, (_, at) => ({ id: at + 1, name: `G${at + 1}`, user_ids: [] }));
    rollcall.sandbox
      .server('testrail')
      .fault({ mode: 'status', status: 429, headers: { 'retry-after': '7' }, match: /offset=500/ });
  });

  it('is PARTIAL: the rest is here, totalCount is null and complete is false, on every page', async () => {
    const { data, errors } = await rollcall.ask(
      `{ groups(filter: { sources: ["testrail"] }, first: 10) { ${whole} nodes { name } } }`,
    );

    expect(data.groups).toMatchObject({ totalCount: null, complete: false });
    expect(data.groups.nodes).toHaveLength(10);
    expect(data.groups.sources).toMatchObject([
      { source: 'testrail', state: 'PARTIAL', origin: 'VENDOR', code: 'VENDOR_RATE_LIMITED', retryAfterSeconds: 7 },
    ]);
    expect(data.groups.sources[0].message).toBe(
      'TestRail (source testrail) has had too many requests; try again later (status 429).',
    );
    expect(data.groups.sources[0].fetchedAt).not.toBeNull();
    expect(errors).toHaveLength(1);
  });

  it('has all the rows of the pages before', async () => {
    const { data } = await rollcall.ask(
      '{ groups(filter: { sources: ["testrail"] }, first: 1000) { nodes { name } pageInfo { hasNextPage } } }',
    );

    expect(data.groups.nodes.map(({ name }: any) => name)).toEqual(
      Array.from({ length: 500 }, (_, at) => `G${at + 1}`),
    );
    expect(data.groups.pageInfo.hasNextPage).toBe(false);
  });
});

it('a list of several scopes of which some fail is PARTIAL', async () => {
  rollcall.sandbox.server('tiledesk').fault({ mode: 'status', status: 500, match: /000002\/groups/ });

  const { data } = await rollcall.ask(
    `{ groups(filter: { vendors: [TILEDESK] }) { ${whole} nodes { project { vendorId } } } }`,
  );

  expect(data.groups).toMatchObject({
    totalCount: null,
    complete: false,
    sources: [{ state: 'PARTIAL', code: 'VENDOR_UNAVAILABLE' }],
  });
  expect(data.groups.nodes.map(({ project }: any) => project.vendorId)).toEqual(
    Array(4).fill('5b55e806c93dde0014000001'),
  );
});

it.each<Record<string, string>>([
  { 'retry-after': 'Fri, 31 Dec 9999 23:59:59 GMT' },
  { 'x-ratelimit-retry-at': '999999999999' },
])('a vendor that wants to be left alone for ages says so in a number that GraphQL can carry: %o', async (headers) => {
  rollcall.sandbox.server('asa').fault({ mode: 'status', status: 429, headers });

  const { data, errors } = await rollcall.ask(`{ groups { ${whole} } }`);

  expect(of(data.groups.sources, 'asa')).toMatchObject({
    code: 'VENDOR_RATE_LIMITED',
    retryAfterSeconds: 999_999_999,
  });
  expect(errors).toMatchObject([{ extensions: { code: 'VENDOR_RATE_LIMITED' } }]);
});

it('a source that gave nothing is UNAVAILABLE, and the others are whole', async () => {
  rollcall.sandbox.server('asa').fault({ mode: 'status', status: 503, headers: { 'retry-after': '30' } });

  const { data } = await rollcall.ask(`{ groups { ${whole} nodes { source { name } } } }`);

  expect(data.groups).toMatchObject({ totalCount: null, complete: false });
  expect(of(data.groups.sources, 'asa')).toMatchObject({
    state: 'UNAVAILABLE',
    fetchedAt: null,
    code: 'VENDOR_UNAVAILABLE',
    retryAfterSeconds: 30,
  });
  expect(data.groups.sources.slice(0, 4).every(({ state }: any) => state === 'OK')).toBe(true);
});

it('complete speaks of failures: a source out of order whose ledger answers is OK', async () => {
  for (const name of ['updraft', 'velt']) rollcall.sandbox.server(name).fault({ mode: 'status', status: 500 });
  const heard = listen(rollcall.sandbox);

  const { data, errors } = await rollcall.ask(`{ groups(filter: { vendors: [UPDRAFT, VELT] }) { ${whole} } }`);

  expect(errors).toBeUndefined();
  expect(data.groups).toMatchObject({ complete: true, sources: [{ state: 'OK' }, { state: 'OK' }] });
  expect(heard()).toEqual({});
});
