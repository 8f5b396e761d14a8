import { readdirSync } from 'node:fs';
import { request as send, type IncomingMessage } from 'node:http';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Fault } from '../../src/sandbox/fault-rules.js';
import { openSandbox, type Sandbox } from '../../src/sandbox/sandbox.js';
import { boxes } from '../../src/vendors/all.js';
import { startRollcall, type RollcallProcess } from '../support/rollcall-process.js';
import { until } from '../support/until.js';

const timeoutMs = 600;
const concurrency = 4;
let sandbox: Sandbox;
let rollcall: RollcallProcess;

beforeAll(async () => {
  sandbox = await openSandbox(boxes, { population: { groups: 3, projects: 1 } });
  rollcall = await startRollcall(sandbox, { timeoutMs, concurrency, cacheSeconds: 0 });
  await Promise.all(Array.from({ length: 4 }, () => askWell(2)));
});
afterAll(async () => {
  await rollcall.close();
  await sandbox.close();
});

const query = '{ groups(filter: { sources: ["testrail"] }) { complete } }';
const server = () => sandbox.server('testrail');
const descriptors = () => readdirSync(`/proc/${rollcall.pid}/fd`).length;

/** Asks over a connection of its own, which ends with the answer: what clients keep open would be counted, too. */
async function ask(): Promise<{ readonly status: number; readonly complete: boolean }> {
  const request = send(`${rollcall.url}/graphql`, {
    method: 'POST',
    agent: false,
    headers: { 'content-type': 'application/json' },
  });
  request.end(JSON.stringify({ query }));
  const answer = await new Promise<IncomingMessage>((resolve, reject) =>
    request.on('response', resolve).on('error', reject),
  );
  const { data } = (await json(answer)) as { data: { groups: { complete: boolean } } };
  return { status: answer.statusCode!, complete: data.groups.complete };
}

/** Asks until so many were answered in full, one after the other. */
async function askWell(times: number): Promise<void> {
  for (let good = 0; good < times;) if ((await ask()).complete) good += 1;
}

const faults: readonly Fault[] = [
  { mode: 'slow', ms: 3_000 },
  { mode: 'hang' },
  { mode: 'drip', ms: 50 },
  { mode: 'slowheaders', ms: 50 },
  { mode: 'half' },
  { mode: 'truncated-json' },
  { mode: 'reset' },
  { mode: 'fin' },
  { mode: 'status', status: 401 },
  { mode: 'status', status: 429, headers: { 'retry-after': '0' } },
  { mode: 'status', status: 500, body: 'x'.repeat(100_000) },
  { mode: 'status', status: 503 },
  { mode: 'html' },
  { mode: 'garbage' },
  { mode: 'wrongshape' },
  { mode: 'deep' },
  { mode: 'bomb', bytes: 512 << 20 },
  { mode: 'gzbomb', bytes: 512 << 20 },
  { mode: 'redirect', location: 'http://127.0.0.1:9/' },
  { mode: 'late', ms: 2_000 },
  { mode: 'lost' },
  { mode: 'lost', by: 'hang' },
];

// One good answer among the bad ones, so that the source is asked at all: the process remembers what was wrong with it.
test.each(faults)(
  'after $mode $status, nothing pends in the process: no request, no socket beyond its places, no descriptor',
  { timeout: 60_000 },
  async (fault) => {
    await until(() => server().live.requests === 0, 5_000);
    const before = descriptors() - server().live.sockets;
    server().fault({ ...fault, times: 4 });

    const answers = await Promise.all(Array.from({ length: 4 }, ask));
    const heard = server().journal.filter(({ fault: struck }) => struck === fault.mode);

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(heard.length).toBeGreaterThan(0);
    await until(() => server().live.requests === 0, 2_000);
    expect(server().live.sockets).toBeLessThanOrEqual(concurrency);
    server().clearFaults();
    await askWell(8);
    await until(() => descriptors() - server().live.sockets <= before + 1, 5_000);
  },
);
