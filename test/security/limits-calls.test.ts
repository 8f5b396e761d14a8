import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { people } from '../../src/sandbox/people.js';
import { calls, mark } from '../support/journal.js';
import { openRollcall, type Rollcall } from '../support/rollcall.js';

/** Twenty groups at Okta ASA, each of which costs a call to read its members, beside the one that lists the groups. */
const population = { people: people(10), groups: 20, membersPerGroup: 2, projects: 1, awkward: false };
const needed = 21;

let tight: Rollcall;
let wide: Rollcall;
beforeAll(async () => {
  tight = await openRollcall({ population, limits: { calls: 6 } });
  wide = await openRollcall({ population, limits: { calls: needed } });
});
afterAll(() => Promise.all([tight, wide].map((rollcall) => rollcall.close())));

const all = (sources: string) => `{ memberships(first: 1000, filter: { sources: [${sources}] }) {
  totalCount complete nodes { groupId } sources { source state code } } }`;

async function asked(rollcall: Rollcall, query: string, ...sources: string[]) {
  const servers = sources.map((name) => rollcall.sandbox.server(name));
  const marks = servers.map((server) => mark(server));
  const answer = await rollcall.ask(query);
  const sent = servers.flatMap((server, at) => calls(server, marks[at]!));
  return { ...answer, sent: sent.filter((call) => !call.includes('/service_token')).length };
}

describe('an operation that has used up its calls to vendors', () => {
  it('is answered with what it has, marked as incomplete, and asks nobody any further', async () => {
    const { status, data, errors, sent } = await asked(tight, all('"asa"'), 'asa');

    expect([status, sent]).toEqual([200, 6]);
    expect(data.memberships).toMatchObject({
      complete: false,
      totalCount: null,
      sources: [{ source: 'asa', state: 'PARTIAL', code: 'QUERY_TOO_EXPENSIVE' }],
    });
    const groups = new Set(data.memberships.nodes.map(({ groupId }: { groupId: string }) => groupId));
    expect(groups.size).toBe(5);
    expect(errors).toEqual([
      {
        message: expect.stringContaining('has used up the calls'),
        path: ['memberships'],
        extensions: {
          code: 'QUERY_TOO_EXPENSIVE',
          source: 'asa',
          vendor: 'OKTA_ASA',
          status: null,
          retryAfterSeconds: null,
        },
      },
    ]);
  });

  it('shares them among all its sources, and tells each that was not asked any further', async () => {
    const { data, errors, sent } = await asked(tight, all('"asa", "testrail"'), 'asa', 'testrail');
    const failed = data.memberships.sources.filter(({ code }: { code: string | null }) => code !== null);

    expect(sent).toBe(6);
    expect(data.memberships.complete).toBe(false);
    expect(failed.length).toBeGreaterThan(0);
    expect(errors!.map(({ extensions }) => [extensions['source'], extensions['code']])).toEqual(
      failed.map(({ source }: { source: string }) => [source, 'QUERY_TOO_EXPENSIVE']),
    );
  });

  it('leaves the next one all of its own', async () => {
    const first = await asked(tight, '{ groups(filter: { sources: ["testrail"] }) { complete } }', 'testrail');
    const again = await asked(tight, '{ groups(filter: { sources: ["testrail"] }) { complete } }', 'testrail');

    expect([first, again].map(({ data, sent }) => [data.groups.complete, sent])).toEqual([
      [true, 1],
      [true, 1],
    ]);
  });
});

it('an operation that needs no more than it may is answered whole', async () => {
  const { data, errors, sent } = await asked(wide, all('"asa"'), 'asa');

  expect([data.memberships.complete, errors, sent]).toEqual([true, undefined, needed]);
});
