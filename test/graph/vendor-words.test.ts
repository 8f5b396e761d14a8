import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { people } from '../../src/sandbox/people.js';
import { clearFaults } from '../support/faults.js';
import { openRollcall, type Rollcall } from '../support/rollcall.js';

let rollcall: Rollcall;
const words = 'PAYROLL-7 is down, says <b>root@internal.example</b>';
/** As the log has them: it keeps no address of anybody. */
const kept = 'PAYROLL-7 is down, says <b>[redacted]</b>';

beforeAll(async () => {
  const population = { people: people(12), groups: 3, membersPerGroup: 3, projects: 1, awkward: false };
  rollcall = await openRollcall({ population });
});
afterAll(() => rollcall.close());
afterEach(() => clearFaults(rollcall.sandbox));

const everything = `{
  groups { complete sources { message code } nodes { id members { nodes { email } } } } users { complete sources { message } }
  memberships { sources { message } nodes { memberName } } group(id: "gid://testrail/TestRailGroup/1") { id }
  sources { name status { message state code } }
}`;
const bodies: Record<string, object> = {
  updraft: { detail: words },
  velt: { error: { message: words, status: 'INVALID_ARGUMENT' } },
  testrail: { error: words },
  tiledesk: { success: false, msg: words },
  asa: { message: words, error: words, code: words },
};

describe.each(Object.entries(bodies))('the words of %s', (source, body) => {
  it.each([400, 403, 429, 503])(
    'with status %i never reach a caller, and are in the log beside the request id',
    async (status) => {
      rollcall.sandbox.server(source).fault({ mode: 'status', status, body });
      const begun = rollcall.log.length;

      const answer = await rollcall.ask(everything, {}, { 'x-request-id': `words-${source}-${status}` });

      const { headers, ...rest } = answer;
      expect(JSON.stringify([rest, [...headers]])).not.toMatch(/PAYROLL|internal\.example/);
      expect(headers.get('x-request-id')).toBe(`words-${source}-${status}`);
      const lines = rollcall.log.slice(begun).map((line) => JSON.parse(line));
      const told = lines.filter((line) => line.words?.includes(kept));
      expect(told.length).toBeGreaterThan(0);
      for (const line of told) expect(line).toMatchObject({ requestId: `words-${source}-${status}`, source, status });
    },
  );
});

it('a token that a vendor repeats in its words is not in the log, even one that was minted since', async () => {
  const body = { error: 'bad request', headers: 'authorization: Bearer minted-canary.of-the-test' };
  rollcall.sandbox.server('asa').fault({ mode: 'status', status: 400, body });
  const begun = rollcall.log.length;

  await rollcall.ask('{ users(filter: { sources: ["asa"] }) { totalCount } }');

  const log = rollcall.log.slice(begun).join('');
  expect(log).toContain('bad request');
  expect(log).not.toContain('minted-canary');
});

it('our message says which vendor refused, with which status', async () => {
  rollcall.sandbox.server('tiledesk').fault({ mode: 'status', status: 403, body: words });

  const { data, errors } = await rollcall.ask(
    '{ projects(filter: { sources: ["tiledesk"] }) { sources { message } } }',
  );

  expect(errors?.[0]?.message).toBe(
    'Tiledesk (source tiledesk) refused the credentials or the permission (status 403).',
  );
  expect(data.projects.sources[0].message).toBe(errors?.[0]?.message);
});

it.each(['garbage', 'html', 'wrongshape'] as const)(
  'what a vendor answers instead of JSON is not told either: %s',
  async (mode) => {
    Object.keys(bodies).forEach((source) => rollcall.sandbox.server(source).fault({ mode }));

    const { headers: _headers, ...rest } = await rollcall.ask(everything);

    expect(JSON.stringify(rest)).not.toMatch(
      /Notice|sign in|unexpected|JSON at position|Unexpected token|invalid_type/i,
    );
    expect(
      rest.errors!.every(({ message }) =>
        / answered with something that it does not document( \(status 200\))?\.$/.test(message),
      ),
    ).toBe(true);
  },
);

it('gets a request id of our own where the caller gives none, or one that cannot be told back', async () => {
  const answers = await Promise.all(
    [{}, { 'x-request-id': 'x'.repeat(129) }, { 'x-request-id': 'two words' }].map((headers) =>
      rollcall.ask('{ __typename }', {}, headers as Record<string, string>),
    ),
  );

  const ids = answers.map(({ headers }) => headers.get('x-request-id')!);
  expect(ids.every((id) => /^[\x21-\x7e]{1,128}$/.test(id))).toBe(true);
  expect(new Set(ids).size).toBe(3);
});
