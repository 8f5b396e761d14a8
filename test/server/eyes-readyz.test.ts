import { afterAll, beforeAll, expect, it } from 'vitest';
import { people } from '../../src/sandbox/people.js';
import { openRollcall, type Rollcall } from '../support/rollcall.js';

let rollcall: Rollcall;

beforeAll(async () => {
  const population = { people: people(3), groups: 1, membersPerGroup: 1, projects: 1, awkward: false };
  rollcall = await openRollcall({ population, only: ['testrail', 'tiledesk', 'asa'] });
});
afterAll(() => rollcall.close());

const ready = async () => {
  const response = await fetch(`${rollcall.url}/readyz`);
  const { sources, ...rest } = (await response.json()) as { status: string; sources: { name: string }[] };
  return { status: response.status, rest, of: (name: string) => sources.find((one) => one.name === name) };
};

it('/readyz tells why a source is not well, when it may be asked again, and that its calls are held back', async () => {
  const headers = { 'retry-after': '30' };
  rollcall.sandbox.server('testrail').fault({ mode: 'status', status: 429, headers });
  rollcall.sandbox.server('tiledesk').fault({ mode: 'status', status: 500 });
  for (let nth = 0; nth < 6; nth += 1)
    await rollcall.ask('{ projects { totalCount } users(filter: { sources: ["testrail"] }) { totalCount } }');

  const { status, rest, of } = await ready();

  expect([status, rest]).toEqual([200, { status: 'ok' }]);
  expect(of('testrail')).toMatchObject({ state: 'UNAVAILABLE', code: 'VENDOR_RATE_LIMITED' });
  expect((of('testrail') as { retryAfterSeconds?: number }).retryAfterSeconds).toBeGreaterThan(0);
  expect(of('tiledesk')).toMatchObject({
    vendor: 'TILEDESK',
    state: 'UNAVAILABLE',
    code: 'VENDOR_UNAVAILABLE',
    breaker: expect.stringMatching(/^(open|half-open)$/),
  });
  expect(of('asa')).toEqual({ name: 'asa', vendor: 'OKTA_ASA', state: 'OK' });
});

it.each([
  ['/healthz', {}],
  ['/readyz', {}],
  ['/metrics', {}],
  ['/nowhere', {}],
  ['/datasets/nothing.csv', {}],
  ['/datasets/memberships.csv?what=1', {}],
  ['/graphql', { method: 'PUT' }],
  ['/graphql', { method: 'POST', body: '{', headers: { 'content-type': 'application/json' } }],
  ['/graphql', { headers: { host: 'elsewhere.example' } }],
])('%s gives the request id back, also with an error: %j', async (path, options: RequestInit) => {
  const headers = { ...(options.headers as Record<string, string>), 'x-request-id': 'mine-1' };

  const response = await fetch(`${rollcall.url}${path}`, { ...options, headers });

  expect(response.headers.get('x-request-id')).toBe('mine-1');
});
