import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { AsaState } from '../../src/vendors/okta-asa/sandbox.js';
import { clearFaults } from '../support/faults.js';
import { listen } from '../support/heard.js';
import { openRollcall, type Rollcall } from '../support/rollcall.js';

let rollcall: Rollcall;

beforeAll(async () => {
  rollcall = await openRollcall({ population: { groups: 5, projects: 2 }, sources: { velt: { concurrency: 1 } } });
});
afterAll(() => rollcall.close());
afterEach(() => clearFaults(rollcall.sandbox));

const traced = { 'x-rollcall-trace': '1' };

it('x-rollcall-trace: 1 answers extensions.upstream, one entry per source touched, with the very number of calls', async () => {
  const heard = listen(rollcall.sandbox);

  const { data, extensions } = await rollcall.ask(
    '{ groups(filter: { vendors: [VELT, TESTRAIL, TILEDESK, OKTA_ASA] }) { nodes { members { nodes { email } } } } }',
    {},
    traced,
  );

  expect(data.groups.nodes.length).toBeGreaterThan(20);
  const calls = Object.fromEntries(extensions.upstream.map(({ source, calls: made }: any) => [source, made]));
  expect(calls).toEqual(Object.fromEntries(Object.entries(heard()).map(([source, made]) => [source, made.length])));
  for (const entry of extensions.upstream) {
    expect(Object.keys(entry)).toEqual(['source', 'calls', 'cacheHits', 'shared', 'waitedMs', 'quotaLeft']);
    expect([entry.cacheHits, entry.shared]).toEqual([0, 0]);
    expect(Number.isInteger(entry.waitedMs)).toBe(true);
  }
});

it('quotaLeft is what the vendor says is left, null when unknown', async () => {
  const state = rollcall.sandbox.server<AsaState>('asa').box.state;

  const { extensions } = await rollcall.ask('{ groups { totalCount } }', {}, traced);

  const quotas = Object.fromEntries(extensions.upstream.map(({ source, quotaLeft }: any) => [source, quotaLeft]));
  expect(quotas).toEqual({ testrail: null, tiledesk: null, asa: state.rateLimit - state.rate.used });
});

it('counts leave out token calls, and count a call that a renewed token was needed for twice', async () => {
  // There is a token already, which the vendor forgets.
  await rollcall.ask('{ groups(filter: { sources: ["asa"] }) { totalCount } }');
  rollcall.sandbox.server<AsaState>('asa').box.state.tokens.clear();

  const { data, errors, extensions } = await rollcall.ask(
    '{ groups(filter: { sources: ["asa"] }) { totalCount } }',
    {},
    traced,
  );

  expect([errors, data.groups.totalCount > 0]).toEqual([undefined, true]);
  expect(extensions.upstream).toMatchObject([{ source: 'asa', calls: 2 }]);
});

it('tells how long calls waited for a place', async () => {
  rollcall.sandbox.server('velt').setLatency(60);

  const { extensions } = await rollcall.ask('{ users(filter: { sources: ["velt"] }) { totalCount } }', {}, traced);
  rollcall.sandbox.server('velt').setLatency(0);

  const [{ calls, waitedMs }] = extensions.upstream;
  expect(calls).toBe(3);
  expect(waitedMs).toBeGreaterThanOrEqual(50);
});

it('is there too where a source failed, and nowhere without the header', async () => {
  rollcall.sandbox.server('testrail').fault({ mode: 'reset' });
  const query = '{ groups(filter: { sources: ["testrail"] }) { complete } }';

  const [asked, unasked, otherwise] = await Promise.all(
    [traced, {}, { 'x-rollcall-trace': '0' }].map((headers) => rollcall.ask(query, {}, headers)),
  );

  expect(asked!.extensions.upstream).toMatchObject([{ source: 'testrail', calls: 2 }]);
  expect([unasked, otherwise].map((answer) => answer!.extensions?.upstream)).toEqual([undefined, undefined]);
});

it('is empty for what calls nobody', async () => {
  const { extensions } = await rollcall.ask('{ sources { name } testers { totalCount } }', {}, traced);

  expect(extensions.upstream).toEqual([]);
});
