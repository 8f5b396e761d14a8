import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Fault } from '../../src/sandbox/fault-rules.js';
import { openSandbox, type Sandbox } from '../../src/sandbox/sandbox.js';
import { boxes } from '../../src/vendors/all.js';
import { people } from '../../src/sandbox/people.js';
import { startRollcall, type RollcallProcess } from '../support/rollcall-process.js';
import { ask } from '../support/rollcall.js';

const megabyte = 1 << 20;
let sandbox: Sandbox;
let rollcall: RollcallProcess;

beforeEach(async () => {
  const population = { people: people(100), groups: 60, membersPerGroup: 10, projects: 2, awkward: false };
  sandbox = await openSandbox(boxes, { population });
  rollcall = await startRollcall(sandbox, { concurrency: 32, timeoutMs: 15_000, cacheSeconds: 0 });
});
afterEach(async () => {
  await rollcall.close();
  await sandbox.close();
});

const query = '{ groups(filter: { sources: ["asa"] }, first: 1000) { nodes { members { nodes { id } } } } }';

/** The most memory that the process has held so far, in MB. */
function peakMb(): number {
  const [, kilobytes] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${rollcall.pid}/status`, 'utf8'))!;
  return Number(kilobytes) / 1024;
}

const large: Record<string, Fault> = {
  '512 MB': { mode: 'bomb', bytes: 512 * megabyte },
  '512 MB, packed': { mode: 'gzbomb', bytes: 512 * megabyte },
};

test.each(Object.entries(large))(
  '32 answers of %s at once cost the process at most 100 MB more than it takes when all is well',
  { timeout: 120_000, retry: 1 },
  async (_what, fault) => {
    for (let nr = 0; nr < 30; nr++) await ask(rollcall.url, query);
    const healthy = peakMb();
    const server = sandbox.server('asa');
    let most = 0;
    server.fault({
      ...fault,
      match: ({ target }) => ((most = Math.max(most, server.live.requests)), /\/groups\/.+\/users/.test(target)),
    });

    const answers = await Promise.all(Array.from({ length: 3 }, () => ask(rollcall.url, query)));

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(most).toBe(32);
    expect(peakMb() - healthy).toBeLessThan(100);
  },
);
