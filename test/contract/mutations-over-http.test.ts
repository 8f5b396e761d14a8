import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MutationName } from '../../src/graph/graph.js';
import type { Fault } from '../../src/sandbox/fault-rules.js';
import { people } from '../../src/sandbox/people.js';
import { calls, entries, mark } from '../support/journal.js';
import { openRollcall, type Rollcall } from '../support/rollcall.js';
import { documentOf, isWrite } from '../writes/house.js';
import { canBeSeen, codeAt, everyWrite } from '../writes/lost-answers.js';

let rollcall: Rollcall;

beforeEach(async () => {
  const population = { people: people(12), groups: 3, membersPerGroup: 3, projects: 2, awkward: true };
  rollcall = await openRollcall({ population });
});
afterEach(() => rollcall.close());

const payload =
  'userErrors { code source field message retryAfterSeconds } calls { method url body status } confirmedBy';

/** One mutation as a client sends it. */
async function send(mutation: MutationName, input: object) {
  const answer = await rollcall.ask(documentOf(mutation, payload), { input });
  return { ...answer, it: answer.data?.[mutation] };
}

const writesTold = ({ calls: told }: { calls: { method: string; url: string }[] }) =>
  told.filter(({ method, url }) => isWrite({ method, target: url })).map(({ method, url }) => `${method} ${url}`);

const refusal = { error: 'SECRET WORDS' };
const ills: Record<string, readonly [Fault, string, confirmedBy: string | null]> = {
  'a refusal': [{ mode: 'status', status: 400, body: refusal }, 'VENDOR_REJECTED', null],
  'a refused credential': [{ mode: 'status', status: 403, body: refusal }, 'VENDOR_AUTH', null],
  'a rate limit': [{ mode: 'status', status: 429, headers: { 'retry-after': '7' } }, 'VENDOR_RATE_LIMITED', null],
  'a sick vendor': [{ mode: 'status', status: 503, body: 'SECRET WORDS' }, 'OUTCOME_UNKNOWN', 'UNKNOWN'],
  'a lost answer': [{ mode: 'reset' }, 'OUTCOME_UNKNOWN', 'UNKNOWN'],
};

describe.each(everyWrite)('%s at %s always answers its payload with HTTP 200', (mutation, source, input) => {
  it.each(Object.entries(ills))('%s is a userError, and the words of the vendor reach nobody', async (_name, ill) => {
    const [fault, meant, confirmedBy] = ill;
    const code = (fault.mode === 'status' && codeAt(mutation, source, fault.status)) || meant;
    const server = rollcall.sandbox.server(source);
    server.fault({ ...fault, match: isWrite });
    const before = mark(server);

    const { status, errors, it: told, ...rest } = await send(mutation, input);

    expect({ status, errors }).toEqual({ status: 200, errors: undefined });
    expect(told).toMatchObject({
      userErrors: [{ code, source, retryAfterSeconds: code === 'VENDOR_RATE_LIMITED' ? 7 : null }],
      confirmedBy,
    });
    const writes = entries(server, before).filter(isWrite);
    expect(writes).toHaveLength(1);
    expect(writesTold(told)).toEqual(writes.map(({ method, target, origin }) => `${method} ${origin}${target}`));
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

describe.each(everyWrite.filter(canBeSeen))('%s at %s that was done', (mutation, source, input) => {
  it('is told as done when its answer is lost and a read shows it: one write, and no error', async () => {
    const server = rollcall.sandbox.server(source);
    // A group that was not there a moment ago is a new one.
    await rollcall.ask('query ($source: String!) { groups(filter: { sources: [$source] }) { totalCount } }', {
      source,
    });
    server.fault({ mode: 'lost', match: isWrite });
    const before = mark(server);

    const { status, errors, it: told } = await send(mutation, input);

    expect({ status, errors }).toEqual({ status: 200, errors: undefined });
    expect(told).toMatchObject({ userErrors: [], confirmedBy: 'READ_BACK' });
    expect(entries(server, before).filter(isWrite)).toHaveLength(1);
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
