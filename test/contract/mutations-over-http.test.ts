import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Fault } from '../../src/sandbox/fault-rules.js';
import { people } from '../../src/sandbox/people.js';
import { clearFaults } from '../support/faults.js';
import { calls, mark } from '../support/journal.js';
import { openRollcall, type Rollcall } from '../support/rollcall.js';
import { goodWrites, schema } from '../writes/house.js';

let rollcall: Rollcall;

beforeAll(async () => {
  const population = { people: people(12), groups: 3, membersPerGroup: 3, projects: 2, awkward: true };
  rollcall = await openRollcall({ population });
});
afterAll(() => rollcall.close());
afterEach(() => clearFaults(rollcall.sandbox));

const payload =
  'userErrors { code source field message retryAfterSeconds } calls { method url body status } confirmedBy';

/** One mutation as a client sends it. */
async function send(mutation: string, input: object) {
  const type = schema.getMutationType()!.getFields()[mutation]!.args[0]!.type;
  const answer = await rollcall.ask(`mutation ($input: ${type}) { it: ${mutation}(input: $input) { ${payload} } }`, {
    input,
  });
  return { ...answer, it: answer.data?.it };
}

const ills: Record<string, readonly [Fault, string, confirmedBy: string | null]> = {
  'a refusal': [{ mode: 'status', status: 400, body: { error: 'SECRET WORDS' } }, 'VENDOR_REJECTED', null],
  'a refused credential': [{ mode: 'status', status: 403, body: { error: 'SECRET WORDS' } }, 'VENDOR_AUTH', null],
  'a rate limit': [{ mode: 'status', status: 429, headers: { 'retry-after': '7' } }, 'VENDOR_RATE_LIMITED', null],
  'a sick vendor': [{ mode: 'status', status: 503, body: 'SECRET WORDS' }, 'OUTCOME_UNKNOWN', 'UNKNOWN'],
  'a lost answer': [{ mode: 'lost', by: 'reset' }, 'OUTCOME_UNKNOWN', 'UNKNOWN'],
};

describe.each(goodWrites)('%s at %s always answers its payload with HTTP 200', (mutation, source, input) => {
  it.each(Object.entries(ills))('%s is a userError, and the words of the vendor reach nobody', async (_name, ill) => {
    const [fault, code, confirmedBy] = ill;
    const server = rollcall.sandbox.server(source);
    server.fault({ ...fault, match: /^POST (?!.*(service_token|\/get$))/ });
    const before = mark(server);

    const { status, errors, it: told, ...rest } = await send(mutation, input);

    expect({ status, errors }).toEqual({ status: 200, errors: undefined });
    expect(told).toMatchObject({
      userErrors: [{ code, source, retryAfterSeconds: code === 'VENDOR_RATE_LIMITED' ? 7 : null }],
      confirmedBy,
    });
    const { origin } = new URL(server.origin);
    const writes = calls(server, before).filter((call) => /^POST (?!.*(service_token|\/get$))/.test(call));
    expect(told.calls.map((call: any) => `${call.method} ${call.url}`)).toEqual(
      writes.map((call) => call.replace(' ', ` ${origin}`)),
    );
    expect(writes).toHaveLength(1);
    expect(JSON.stringify([told, rest])).not.toContain('SECRET WORDS');
  });

  it('what is refused before any call is one too', async () => {
    const [field] = Object.keys(input);
    const wrong = { ...input, [field!]: '' };

    const { status, errors, it: told } = await send(mutation, wrong);

    expect({ status, errors }).toEqual({ status: 200, errors: undefined });
    expect(told).toMatchObject({
      userErrors: [{ code: 'BAD_USER_INPUT', field: [field] }],
      calls: [],
      confirmedBy: null,
    });
  });
});

it('top-level errors only when document or variables are refused: then nothing is sent', async () => {
  const before = mark(rollcall.sandbox.server('testrail'));

  const refused = await Promise.all([
    send('addTestRailGroup', { name: 'Smoke' }),
    send('addTestRailGroup', { organization: 'gid://testrail/Organization/testrail', name: 7 }),
    rollcall.ask('mutation { addTestRailGroup(input: { nam: "x" }) { confirmedBy } }'),
  ]);

  for (const { status, errors, data } of refused) {
    expect(status).toBe(400);
    expect(errors?.length).toBeGreaterThan(0);
    expect(data).toBeUndefined();
  }
  expect(calls(rollcall.sandbox.server('testrail'), before)).toEqual([]);
});
