import { afterEach, describe, expect, it } from 'vitest';
import type { Fault, FaultRule } from '../../src/sandbox/fault-rules.js';
import { goodWrites, openHouse, type House, type HouseOptions } from './house.js';

let house: House;
afterEach(() => house.close());
const open = async (options?: HouseOptions) => (house = await openHouse(options));

/** Strikes whatever the sandbox is asked to write, and neither tokens nor reads. */
const struck = (fault: Fault): FaultRule => ({
  ...fault,
  match: ({ method, target }) => method !== 'GET' && !target.endsWith('/service_token') && !target.endsWith('/get'),
});

/** What ends only with the deadline. */
const waiting: ReadonlySet<Fault['mode']> = new Set(['hang', 'lost', 'slowheaders']);

/** Every way to lose an answer, and the status that is seen then. */
const lost: readonly (readonly [name: string, fault: Fault, status: number | null])[] = [
  ['never answers', { mode: 'hang' }, null],
  ['does it and never answers', { mode: 'lost', by: 'hang' }, null],
  ['resets the connection', { mode: 'reset' }, null],
  ['does it and resets the connection', { mode: 'lost' }, null],
  ['closes the connection', { mode: 'fin' }, null],
  ['redirects', { mode: 'redirect', location: '/elsewhere' }, 307],
  ['answers 500', { mode: 'status', status: 500 }, 500],
  ['answers 503 with Retry-After', { mode: 'status', status: 503, headers: { 'retry-after': '1' } }, 503],
  ['cuts its answer', { mode: 'half' }, null],
  ['takes longer than the deadline', { mode: 'slowheaders', ms: 100 }, null],
];
const unreadable: readonly (readonly [name: string, fault: Fault])[] = [
  ['HTML', { mode: 'html' }],
  ['no JSON', { mode: 'garbage' }],
  ['another shape', { mode: 'wrongshape' }],
  ['half of its JSON', { mode: 'truncated-json' }],
];

/** Where a 2xx is documented to carry nothing, none can be unreadable. */
const answersSomething = goodWrites.filter(
  ([mutation, source]) =>
    mutation !== 'addUpdraftUserToPermissionGroups' && !(mutation === 'addGroupMembers' && source !== 'velt'),
);

describe.each(goodWrites)('%s at %s', (mutation, source, input) => {
  it.each(lost)('is sent exactly once and its outcome is unknown when the vendor %s', async (_name, fault, status) => {
    await open(waiting.has(fault.mode) ? { writeTimeoutMs: 250 } : {});
    house.server(source).fault(struck(fault));

    const answer = await house.write(mutation, input);

    expect(house.writes(source)).toHaveLength(1);
    expect(answer.userErrors.map(({ code }) => code)).toEqual(['OUTCOME_UNKNOWN']);
    expect(answer.userErrors[0]?.message).toMatch(/it is not sent again/);
    expect(answer.userErrors[0]?.message).toMatch(/Look for it in|documents no way to ask for it/);
    expect(answer.calls.map((call) => call.status)).toEqual([status]);
    expect(answer.calls[0]?.durationMs === null).toBe(status === null);
    expect(answer).toMatchObject({ confirmedBy: 'UNKNOWN' });
    expect([answer.group, answer.tester].filter(Boolean)).toEqual([]);
    expect([...(answer.groups ?? []), ...(answer.added ?? []), ...(answer.unchanged ?? [])]).toEqual([]);
  });

  it('is sent exactly once, and remembers nothing, when it may have failed', async () => {
    await open();
    house.server(source).fault(struck({ mode: 'status', status: 502 }));

    await house.write(mutation, input);

    expect(await house.ledger.groups(source)).toEqual([]);
    expect(await house.ledger.testers(source)).toEqual([]);
  });

  it('is sent exactly once when all is well', async () => {
    await open();
    const answer = await house.write(mutation, input);

    expect(house.writes(source)).toHaveLength(1);
    expect(answer.userErrors).toEqual([]);
    expect(answer.calls).toHaveLength(1);
  });
});

describe.each(answersSomething)('%s at %s', (mutation, source, input) => {
  it.each(unreadable)('is sent exactly once and its outcome is unknown when a 2xx carries %s', async (_name, fault) => {
    await open();
    house.server(source).fault(struck(fault));

    const answer = await house.write(mutation, input);

    expect(house.writes(source)).toHaveLength(1);
    expect(answer.userErrors.map(({ code }) => code)).toEqual(['OUTCOME_UNKNOWN']);
    expect(answer.confirmedBy).toBe('UNKNOWN');
  });
});

describe('an unknown outcome', () => {
  it.each([
    ['testrail', 'Look for it in groups(filter: { sources: ["testrail"] })'],
    ['tiledesk', 'Look for it in groups(filter: { sources: ["tiledesk"] })'],
    ['asa', 'Look for it in groups(filter: { sources: ["asa"] })'],
    ['velt', 'Velt documents no way to ask for it'],
    ['updraft', 'Updraft documents no way to ask for it'],
  ])('of a create at %s says how to check', async (source, hint) => {
    const [mutation, , input] = goodWrites.find((one) => one[1] === source)!;
    await open();
    house.server(source).fault(struck({ mode: 'reset' }));

    const { userErrors } = await house.write(mutation, input);

    expect(userErrors[0]?.message).toContain(hint);
  });

  it.each([
    ['velt', 'Look for it in the members of the group'],
    ['asa', 'Look for it in the members of the group'],
    ['updraft', 'Updraft documents no way to ask for it'],
  ])('of new members at %s says how to check', async (source, hint) => {
    const [mutation, , input] = goodWrites.find((one) => one[0] === 'addGroupMembers' && one[1] === source)!;
    await open();
    house.server(source).fault(struck({ mode: 'reset' }));

    const { userErrors } = await house.write(mutation, input);

    expect(userErrors[0]?.message).toContain(hint);
  });
});
