import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Fault } from '../../src/sandbox/fault-rules.js';
import { people } from '../../src/sandbox/people.js';
import { clearFaults } from '../support/faults.js';
import { listen } from '../support/heard.js';
import { openRollcall, type Rollcall } from '../support/rollcall.js';
import { until } from '../support/until.js';

let rollcall: Rollcall;
const timeoutMs = 500;
const allowedMs = 50;

beforeAll(async () => {
  const brief = { timeoutMs };
  rollcall = await openRollcall({
    population: { people: people(30), groups: 20, membersPerGroup: 4, projects: 2, awkward: false },
    sources: { updraft: brief, velt: brief, testrail: brief, tiledesk: brief, asa: { ...brief, concurrency: 8 } },
  });
  await rollcall.ask(everything);
});
afterAll(() => rollcall.close());
afterEach(() => clearFaults(rollcall.sandbox));

const everything = `{
  groups(first: 1000) { complete sources { source state code } nodes { source { name } members(first: 100) { nodes { email } } } }
  users(first: 1000) { totalCount } projects { totalCount } memberships(first: 5000) { totalCount nodes { memberName projectName } }
}`;

/** An operation, and how long it took. */
async function timed(query: string, variables: object = {}) {
  const began = performance.now();
  const answer = await rollcall.ask(query, variables);
  return { ...answer, ms: performance.now() - began };
}

const silences: Record<string, Fault> = {
  'never answers': { mode: 'hang' },
  'drips its body': { mode: 'drip', ms: 20 },
  'drips its headers': { mode: 'slowheaders', ms: 20 },
  'is too slow': { mode: 'slow', ms: 3 * timeoutMs },
};

// A busy machine may be late; what is promised is promised of ours, not of its scheduler.
describe.each(['velt', 'testrail', 'tiledesk', 'asa'])('%s, which', { retry: 3 }, (source) => {
  it.each(Object.entries(silences))(
    '%s, costs an operation its timeoutMs plus 50 ms, once, and its sockets end',
    async (_how, fault) => {
      const server = rollcall.sandbox.server(source);
      const healthy = await timed(everything);
      server.fault(fault);

      const { status, data, errors, ms } = await timed(everything);

      expect(status).toBe(200);
      expect(ms).toBeGreaterThan(timeoutMs - 50);
      expect(ms).toBeLessThan(timeoutMs + allowedMs + healthy.ms);
      expect(
        errors!.every(({ extensions }) => extensions['code'] === 'VENDOR_TIMEOUT' && extensions['source'] === source),
      ).toBe(true);
      const names = new Set(data.groups.nodes.map((node: any) => node.source.name));
      for (const other of ['velt', 'testrail', 'tiledesk', 'asa'])
        expect(names.has(other)).toBe(other !== source || other === 'velt');
      await until(() => server.live.requests === 0, 200);
    },
  );
});

it('also where it answers its lists and then is silent about hundreds of members: those planned are not sent', async () => {
  rollcall.sandbox.server('asa').fault({ mode: 'hang', match: /\/groups\/.+\/users/ });
  const heard = listen(rollcall.sandbox);

  const { data, ms } = await timed(
    '{ groups(filter: { sources: ["asa"] }, first: 1000) { totalCount nodes { members { nodes { id } } } } }',
  );

  expect(data.groups.totalCount).toBe(20);
  expect(data.groups.nodes.every(({ members }: any) => members === null)).toBe(true);
  expect(ms).toBeLessThan(2 * timeoutMs);
  expect(heard().asa).toHaveLength(1 + 8);
});

it('also where its lists follow each other', async () => {
  rollcall.sandbox.server('tiledesk').fault({ mode: 'hang' });

  const { data, ms } = await timed(
    '{ organization(id: "gid://tiledesk/Organization/tiledesk") { groups { nodes { id } } users { nodes { id } } projects { nodes { groups { nodes { id } } } } } }',
  );

  expect(data.organization).toEqual({ groups: null, users: null, projects: null });
  expect(ms).toBeLessThan(2 * timeoutMs);
});

it(
  'keeps no other source from going on: memberships of one are read while another is silent',
  { retry: 3 },
  async () => {
    const query = (sources: string) =>
      `{ memberships(filter: { sources: ${sources} }, first: 5000) { nodes { memberEmail } } }`;
    rollcall.sandbox.server('asa').setLatency(150);
    const alone = await timed(query('["asa"]'));
    rollcall.sandbox.server('testrail').fault({ mode: 'hang' });

    const beside = await timed(query('["testrail", "asa"]'));
    rollcall.sandbox.server('asa').setLatency(0);

    expect(beside.data.memberships.nodes).toEqual(alone.data.memberships.nodes);
    expect(alone.ms).toBeGreaterThan(timeoutMs + allowedMs);
    expect(beside.ms).toBeLessThan(alone.ms + timeoutMs / 2);
  },
);

it('is asked again by the next operation', async () => {
  rollcall.sandbox.server('testrail').fault({ mode: 'hang', times: 1 });

  const [first, second] = [
    await rollcall.ask('{ projects { complete } }'),
    await rollcall.ask('{ projects { complete } }'),
  ];

  expect([first, second].map(({ data }) => data.projects.complete)).toEqual([false, true]);
});
