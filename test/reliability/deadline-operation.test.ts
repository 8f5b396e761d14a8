import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { clearFaults } from '../support/faults.js';
import { listen } from '../support/heard.js';
import { openRollcall, type Rollcall } from '../support/rollcall.js';
import { until } from '../support/until.js';

const header = 'x-rollcall-timeout-ms';
const deadlineMs = 900;
/** What a busy machine may add; the deadlines here are far from each other. */
const slackMs = 2_000;
let rollcall: Rollcall;

beforeAll(async () => {
  rollcall = await openRollcall({
    population: { groups: 6, membersPerGroup: 3, projects: 2, awkward: false },
    sources: Object.fromEntries(
      ['updraft', 'velt', 'testrail', 'tiledesk', 'asa'].map((name) => [name, { timeoutMs: 20_000 }]),
    ),
    limits: { deadlineMs, calls: 12 },
  });
  await rollcall.ask('{ groups { totalCount } }', {}, { [header]: '900' });
});
afterAll(() => rollcall.close());
afterEach(() => clearFaults(rollcall.sandbox));

const query =
  '{ groups(filter: { sources: ["testrail", "velt"] }) { complete sources { source state code } nodes { id } } }';

async function timed(headers: Record<string, string> = {}, document = query) {
  const began = performance.now();
  const answer = await rollcall.ask(document, {}, headers);
  return { ...answer, ms: performance.now() - began };
}

describe('the deadline of a query', () => {
  it('ends all its reads as VENDOR_TIMEOUT; what has come by then is the answer, with HTTP 200', async () => {
    const server = rollcall.sandbox.server('testrail');
    server.fault({ mode: 'hang' });

    const { status, data, errors, ms } = await timed();

    expect(status).toBe(200);
    expect(ms).toBeGreaterThan(deadlineMs - 20);
    expect(ms).toBeLessThan(deadlineMs + slackMs);
    expect(data.groups.complete).toBe(false);
    expect(data.groups.sources).toEqual([
      { source: 'velt', state: 'OK', code: null },
      { source: 'testrail', state: 'UNAVAILABLE', code: 'VENDOR_TIMEOUT' },
    ]);
    expect(errors).toMatchObject([{ path: ['groups'], extensions: { code: 'VENDOR_TIMEOUT', source: 'testrail' } }]);
    await until(() => server.live.requests === 0);
  });

  it('is lowered by the caller', { retry: 3 }, async () => {
    rollcall.sandbox.server('testrail').fault({ mode: 'hang' });

    const { status, errors, ms } = await timed({ [header]: '200' });

    expect([status, errors![0]!.extensions['code']]).toEqual([200, 'VENDOR_TIMEOUT']);
    expect(ms).toBeGreaterThan(180);
    expect(ms).toBeLessThan(deadlineMs - 20);
  });

  it.each(['60000', String(10n ** 30n)])('is not raised by the caller: %s', async (asked) => {
    rollcall.sandbox.server('testrail').fault({ mode: 'hang' });

    const { ms } = await timed({ [header]: asked });

    expect(ms).toBeGreaterThan(deadlineMs - 20);
    expect(ms).toBeLessThan(deadlineMs + slackMs);
  });

  it.each(['0', '-1', '1.5', '1e3', 'soon', '5 s', '0x10', 'Infinity'])(
    'is asked for with a whole number from 1 on, and %j is refused before anybody is asked',
    async (asked) => {
      const heard = listen(rollcall.sandbox);

      const { status, data, errors } = await timed({ [header]: asked });

      expect([status, data, errors!.length]).toEqual([400, undefined, 1]);
      expect(errors![0]!.extensions['code']).toBe('BAD_USER_INPUT');
      expect(errors![0]!.message).toBe(`The header ${header} must be a whole number of milliseconds, 1 or more.`);
      expect(heard()).toEqual({});
    },
  );

  it('harms nobody who is answered in time: no read of a later query ends by it', { retry: 3 }, async () => {
    expect((await timed({ [header]: '600' })).errors).toBeUndefined();
    rollcall.sandbox.server('testrail').fault({ mode: 'slow', ms: 500, times: 1 });
    expect((await timed()).errors).toBeUndefined();
  });
});

describe('what has no deadline of its own', () => {
  it('a mutation is carried out to its end', async () => {
    rollcall.sandbox
      .server('testrail')
      .fault({ mode: 'slow', ms: deadlineMs + 300, match: ({ target }) => /add_group/.test(target) });

    const { data } = await timed(
      { [header]: '100' },
      'mutation { addTestRailGroup(input: { organization: "gid://testrail/Organization/testrail", name: "Late" }) { group { name } userErrors { code } } }',
    );

    expect(data.addTestRailGroup).toEqual({ group: { name: 'Late' }, userErrors: [] });
  });

  it('a dataset is given whole, however long it takes', async () => {
    rollcall.sandbox.server('testrail').fault({ mode: 'slow', ms: deadlineMs + 300, times: 1 });

    const response = await fetch(`${rollcall.url}/datasets/memberships.csv?source=testrail`, {
      headers: { [header]: '100' },
    });
    const rows = (await response.text()).trim().split('\r\n');

    expect(response.status).toBe(200);
    expect(rows).toHaveLength(1 + 6 * 3);
  });
});

describe('the number of calls that a query may make', () => {
  const everybody =
    '{ groups(filter: { sources: ["asa"] }) { complete totalCount nodes { members(first: 5) { nodes { id } } } } }';

  it('is counted over all its reads; the rest ends as QUERY_TOO_EXPENSIVE and is told to be missing, and no dataset is bounded by it', async () => {
    const many = await openRollcall({
      population: { groups: 20, membersPerGroup: 3, projects: 2, awkward: false },
      only: ['asa'],
      limits: { calls: 12 },
    });
    const heard = listen(many.sandbox);

    const { status, data, errors } = await many.ask(everybody);

    expect(status).toBe(200);
    expect(heard()['asa']).toHaveLength(12);
    expect(errors).toMatchObject([{ path: ['groups'], extensions: { code: 'QUERY_TOO_EXPENSIVE', source: 'asa' } }]);
    const read = data.groups.nodes.filter((node: any) => node.members !== null);
    expect(read).toHaveLength(11);
    expect(data.groups.totalCount).toBe(20);
    const dataset = await fetch(`${many.url}/datasets/memberships.csv`);
    expect([dataset.status, (await dataset.text()).trim().split('\r\n').length]).toEqual([200, 1 + 20 * 3]);
    await many.close();
  });
});
