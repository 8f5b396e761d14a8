import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { people } from '../../src/sandbox/people.js';
import { calls } from '../support/journal.js';
import { openRollcall, type Rollcall } from '../support/rollcall.js';
import { hostile } from './documents-hostile.js';

let rollcall: Rollcall;
beforeAll(async () => {
  const population = { people: people(6), groups: 2, membersPerGroup: 2, projects: 1, awkward: false };
  rollcall = await openRollcall({ population });
});
afterAll(() => rollcall.close());

const asked = () => Object.keys(rollcall.sandbox.sources).flatMap((name) => calls(rollcall.sandbox.server(name)));

async function post(body: string) {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${rollcall.url}/graphql`, { method: 'POST', headers, body });
  return { status: response.status, text: await response.text() };
}

/**
 * What comes of something, with the longest time in milliseconds for which nothing else could be done meanwhile; never more
 * than the processor was used for it, since others use it too.
 */
async function watched<T>(work: () => Promise<T>) {
  let last = performance.now();
  let silent = 0;
  const tick = () => {
    const now = performance.now();
    silent = Math.max(silent, now - last);
    last = now;
  };
  const before = process.cpuUsage();
  const ticking = setInterval(tick, 1);
  const result = await work();
  tick();
  clearInterval(ticking);
  const { user, system } = process.cpuUsage(before);
  return { result, blocked: Math.min(silent, (user + system) / 1_000) };
}

/** The best of a few tries: this process has to share its processor. */
async function leastBlocked(body: string) {
  let least = await watched(() => post(body));
  for (let tries = 1; tries < 6 && least.blocked > 100; tries += 1) {
    const again = await watched(() => post(body));
    if (again.blocked < least.blocked) least = again;
  }
  return least;
}

describe('what is sent to do harm is refused, or cheap, and nobody waits for it:', () => {
  it.each(hostile)('$name', async ({ body }) => {
    const before = asked().length;
    const { result, blocked } = await leastBlocked(body);
    const { status, text } = result;
    const { data, errors = [] } = JSON.parse(text) as { data?: unknown; errors?: { message: string }[] };

    expect([200, 400, 413]).toContain(status);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(2_048);
    expect(blocked).toBeLessThanOrEqual(100);
    if (status !== 200) {
      expect(data).toBeUndefined();
      expect(errors.length).toBeGreaterThan(0);
      expect(errors.length).toBeLessThanOrEqual(5);
    }
    expect(text).not.toMatch(/Internal server error|Did you mean|node_modules|stack/i);
    expect(asked()).toHaveLength(before);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it('are more than 38, and all but a few are refused', async () => {
    const statuses = await Promise.all(hostile.map(async ({ body }) => (await post(body)).status));

    expect(hostile.length).toBeGreaterThanOrEqual(38);
    expect(statuses.filter((status) => status === 200).length).toBeLessThan(10);
  });

  it('a server of no limits would not stand them: what one of them costs there is seen', async () => {
    const lax = { cost: 2_147_483_647, depth: 100, selections: 100_000, aliases: 100_000, tokens: 1_000_000 };
    const open = await openRollcall({ limits: lax });
    const query = `{ ${Array.from({ length: 10_000 }, (_, at) => `a${at}: __typename`).join(' ')} }`;
    const { result, blocked } = await watched(() => open.ask(query));
    await open.close();

    expect(result.status).toBe(200);
    expect(JSON.stringify(result.data).length).toBeGreaterThan(100_000);
    expect(blocked).toBeGreaterThan(100);
  });
});

it('"did you mean" is never told, of fields, arguments, types, enums and input', async () => {
  const near = [
    '{ source(name: "asa") { nam } }',
    '{ source(nam: "asa") { name } }',
    '{ sources { ... on Sourc { name } } }',
    '{ groups(filter: { vendors: [TESTRAI] }) { totalCount } }',
    '{ groups(filter: { source: ["asa"] }) { totalCount } }',
    'query ($f: GroupFilte) { groups(filter: $f) { totalCount } }',
    '{ sources { name @includ(if: true) } }',
  ];
  const answers = await Promise.all(near.map((query) => rollcall.ask(query)));
  const variable = await rollcall.ask('query ($f: GroupFilter) { groups(filter: $f) { totalCount } }', {
    f: { source: ['asa'], vendors: ['TESTRAI'] },
  });

  for (const { status, errors } of [...answers, variable]) {
    expect(status).toBe(400);
    expect(JSON.stringify(errors)).not.toMatch(/did you mean/i);
  }
});
