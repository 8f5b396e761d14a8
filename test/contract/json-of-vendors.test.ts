import { afterEach, describe, expect, it } from 'vitest';
import { people } from '../../src/sandbox/people.js';
import { openRollcall, type Rollcall, type RollcallOptions } from '../support/rollcall.js';

let rollcall: Rollcall;
afterEach(() => rollcall.close());

const population = { people: people(3), groups: 1, membersPerGroup: 1, projects: 1, awkward: false };
const open = async (source: string, options: RollcallOptions = {}) =>
  (rollcall = await openRollcall({ population, only: [source], ...options }));

/** What one list says when the vendor answers all of it with this. */
async function answered(source: string, body: string, headers: Record<string, string> = {}): Promise<string> {
  rollcall.sandbox.server(source).fault({ mode: 'status', status: 200, headers, body, match: /get_users|projects\/$/ });
  const list = source === 'testrail' ? 'users' : 'projects';
  const { data } = await rollcall.ask(`{ list: ${list} { totalCount sources { code } } }`);
  return data.list.sources[0].code ?? `${data.list.totalCount} of them`;
}

const users = JSON.stringify({
  offset: 0,
  limit: 250,
  size: 1,
  _links: { next: null, prev: null },
  users: [{ id: 1, name: 'Ana Lin', email: 'ana@example.com', is_active: true }],
});

describe('JSON is', () => {
  it.each([
    'application/json',
    'application/json; charset=utf-8',
    'text/json',
    'application/problem+json',
    'application/vnd.api+json; v=1',
  ])('a body of type %s', async (type) => {
    await open('testrail');

    expect(await answered('testrail', users, { 'content-type': type })).toBe('1 of them');
  });

  it.each(['text/plain', 'text/html', 'application/octet-stream', 'application/jsonp', 'application/xml'])(
    'no body of type %s, whatever it holds',
    async (type) => {
      await open('testrail');

      expect(await answered('testrail', users, { 'content-type': type })).toBe('VENDOR_BAD_RESPONSE');
    },
  );
});

describe('a banner line before the JSON', () => {
  const banner = 'Notice: maintenance tonight\n';
  const json = { 'content-type': 'application/json' };

  it('is cut at TestRail', async () => {
    await open('testrail');

    expect(await answered('testrail', banner + users, json)).toBe('1 of them');
  });

  it('is cut at TestRail only', async () => {
    await open('tiledesk');

    expect(await answered('tiledesk', `${banner}[]`, json)).toBe('VENDOR_BAD_RESPONSE');
    rollcall.sandbox.server('tiledesk').clearFaults();
    expect(await answered('tiledesk', '[]', json)).toBe('0 of them');
  });
});

describe('a body over 16 MiB, decompressed, is too large', () => {
  const limit = 16 * 1024 ** 2;
  const json = { 'content-type': 'application/json' };

  it('and one of just 16 MiB is not', async () => {
    await open('testrail');

    expect(await answered('testrail', users.padEnd(limit), json)).toBe('1 of them');
    rollcall.sandbox.server('testrail').clearFaults();
    expect(await answered('testrail', users.padEnd(limit + 1), json)).toBe('VENDOR_BAD_RESPONSE');
  });

  it('maxBodyBytes sets another limit', async () => {
    await open('testrail', { sources: { testrail: { maxBodyBytes: 1_000 } } });

    expect(await answered('testrail', users.padEnd(1_000), json)).toBe('1 of them');
    rollcall.sandbox.server('testrail').clearFaults();
    expect(await answered('testrail', users.padEnd(1_001), json)).toBe('VENDOR_BAD_RESPONSE');
  });
});

it('a host that DNS does not know is VENDOR_UNAVAILABLE', async () => {
  await open('testrail', { sources: { testrail: { url: 'https://rollcall.invalid', timeoutMs: 10_000 } } });

  const { errors } = await rollcall.ask('{ users { totalCount } }');

  expect(errors).toMatchObject([{ extensions: { code: 'VENDOR_UNAVAILABLE', source: 'testrail', status: null } }]);
});
