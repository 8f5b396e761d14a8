import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { escapesIn } from '../support/documented-paths.js';
import { openLoopWatch } from '../support/event-loop.js';
import { operationLines } from '../support/operation-lines.js';
import { openService, type Life, type Service } from '../support/service.js';
import { company } from '../support/verbs.js';
import { documents, get, headers, inputs, raw, seats, targets, type Reply, type Shot } from './corpus-shots.js';

const batch = 200;
const atOnce = 12;
const longestBlockMs = 100;

let service: Service;
let life: Life;

beforeAll(async () => {
  service = await openService({ population: company(), sources: { settleSeconds: 0 } });
  life = await service.start();
}, 180_000);
afterAll(() => service.close());

/** What no answer may be or have in it, whatever was asked. */
function faultsOf({ status, text }: Reply): string[] {
  return [
    ...(status >= 500 ? [`status ${status}`] : []),
    ...(/INTERNAL_SERVER_ERROR|Internal server error/i.test(text) ? ['an internal error'] : []),
    ...(/^\s+at .+:\d+:\d+\)?$|\\n\s+at |node_modules|\/(?:src|dist)\/\w/m.test(text) ? ['a stack'] : []),
  ];
}

/** Fires all of them, a few at once. What was wrong with the answers. */
async function fireAll(shots: readonly Shot[]): Promise<string[]> {
  const wrong: string[] = [];
  const left = [...shots];
  const one = async () => {
    for (let shot = left.pop(); shot; shot = left.pop()) {
      const faults = faultsOf(await shot.fire(life.url));
      if (faults.length > 0) wrong.push(`${shot.name}: ${faults.join(', ')}`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, one));
  return wrong;
}

/** Those that keep all others waiting for too long, each by itself, in each of a few tries. */
async function blocking(shots: readonly Shot[]): Promise<string[]> {
  const watch = await openLoopWatch(life.url);
  const slow: string[] = [];
  for (const shot of shots) {
    const times: number[] = [];
    do {
      await watch();
      await shot.fire(life.url);
      times.push(await watch());
    } while (times.length < 6 && times.at(-1)! > longestBlockMs);
    if (times.at(-1)! > longestBlockMs) slow.push(`${shot.name}: ${Math.min(...times)} ms`);
  }
  return slow;
}

/** Fires some of them again where they took too long: what keeps others waiting does so each time, a busy machine does not. */
async function isSlow(some: readonly Shot[], watch: () => Promise<number>): Promise<boolean> {
  for (let tries = 1; tries < 4; tries += 1) {
    if ((await watch()) <= longestBlockMs) return false;
    await fireAll(some);
  }
  return (await watch()) > longestBlockMs;
}

/** What is wrong with the answers, and which requests keep all others waiting. */
async function troublesOf(shots: readonly Shot[]): Promise<{ wrong: string[]; slow: string[] }> {
  const watch = await openLoopWatch(life.url);
  const suspects: Shot[] = [];
  const wrong: string[] = [];
  for (let at = 0; at < shots.length; at += batch) {
    const some = shots.slice(at, at + batch);
    wrong.push(...(await fireAll(some)));
    if (await isSlow(some, watch)) suspects.push(...some);
  }
  return { wrong, slow: await blocking(suspects) };
}

describe('more than 5,000 hostile requests', () => {
  it('are that many, and leave no place of the schema out', () => {
    const all = [...inputs, ...headers, ...targets, ...documents, ...raw];

    expect(new Set(all.map(({ name }) => name)).size).toBeGreaterThan(5_000);
    expect(seats.length).toBeGreaterThan(100);
    expect(inputs.length).toBeGreaterThan(5 * seats.length);
  });

  it.each([
    ['in every argument and input of the schema', inputs],
    ['in headers', [...headers, ...raw]],
    ['in addresses', targets],
    ['as documents', documents],
  ])(
    '%s',
    async (_, shots) => {
      expect(await troublesOf(shots)).toEqual({ wrong: [], slow: [] });
    },
    300_000,
  );

  it('have led to no request that a vendor does not document', () => {
    const names = Object.keys(service.sandbox.sources);
    const heard = names.map((name) => service.sandbox.server(name).journal);

    expect(names.flatMap((name, at) => escapesIn(name, heard[at]!))).toEqual([]);
    expect(names.flatMap((name) => service.sandbox.server(name).failures)).toEqual([]);
    for (const journal of heard) expect(journal.length).toBeGreaterThan(30);
  });

  it('have left a process that works, a log of whole lines, and no failure in it', async () => {
    expect((await get(life.url, '/healthz')).status).toBe(200);
    const lines = life.stderr().trimEnd().split('\n');

    expect(lines.map((line) => JSON.parse(line).level as number).filter((level) => level >= 50)).toEqual([]);
    expect(operationLines({ log: lines }).length).toBeGreaterThan(3_000);
    expect(await life.end('SIGTERM')).toBe(0);
  }, 30_000);
});

describe('would be seen:', () => {
  it('a request that keeps all others waiting', async () => {
    const lax = {
      cost: 2_000_000_000,
      depth: 100,
      selections: 100_000,
      aliases: 100_000,
      tokens: 1_000_000,
      bodyBytes: 10_000_000,
    };
    const open = await openService({ population: company(), limits: lax });
    try {
      const { url } = await open.start();
      const watch = await openLoopWatch(url);
      const query = `{ ${Array.from({ length: 99_000 }, (_, at) => `a${at}: __typename`).join(' ')} }`;
      await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query }),
      }).then((response) => response.text());

      expect(await watch()).toBeGreaterThan(longestBlockMs);
    } finally {
      await open.close();
    }
  }, 120_000);

  it.each([
    { status: 500, text: '{}' },
    { status: 200, text: '{"errors":[{"extensions":{"code":"INTERNAL_SERVER_ERROR"}}]}' },
    { status: 400, text: '{"stacktrace":"Error: odd\\n    at parse (/srv/app.js:1:1)"}' },
    { status: 404, text: 'Error: odd\n    at parse (/srv/app.js:1:1)' },
    { status: 400, text: 'Cannot read /srv/node_modules/graphql/index.js' },
  ])('$text with $status', (answer) => {
    expect(faultsOf(answer)).not.toEqual([]);
    expect(faultsOf({ status: 400, text: '{"errors":[{"message":"The id is malformed."}]}' })).toEqual([]);
  });
});
