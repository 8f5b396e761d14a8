/** What an operation has read is collected while it is young, in the process that is served. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ask } from '../support/rollcall.js';
import { openService, type Service } from '../support/service.js';

const main = fileURLToPath(new URL('../../dist/rollcall/main.js', import.meta.url));
const seconds = 10;

let service: Service;
beforeAll(async () => {
  service = await openService({ only: ['testrail'], sources: { cacheSeconds: 0 }, rest: { auth: { mode: 'none' } } });
});
afterAll(() => service.close());

/** The part of what was made between two collections of young objects that grew old, in the last third of a load. */
async function grownOld(query: string): Promise<number> {
  const child = spawn(process.execPath, ['--trace-gc-nvp', main, '--config', join(service.folder, 'rollcall.yaml')], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text) => (said += text));
  const ended = new Promise((resolve) => child.once('close', resolve));
  let url: string | undefined;
  while (!url) {
    await new Promise((pass) => setTimeout(pass, 20));
    url = /graph\s+(http:\S+)\/graphql/.exec(said)?.[1];
  }
  const end = performance.now() + seconds * 1_000;
  while (performance.now() < end) expect((await ask(url, query)).errors).toBeUndefined();
  child.kill('SIGTERM');
  await ended;
  const all = [...said.matchAll(/ gc=s .* allocated=(\d+) promoted=(\d+)/g)];
  const later = all.slice(Math.floor((2 * all.length) / 3));
  expect(later.length).toBeGreaterThan(3);
  const sum = (of: 1 | 2) => later.reduce((bytes, found) => bytes + Number(found[of]), 0);
  return sum(2) / sum(1);
}

// With Apollo's hook for gateways, or with literals that V8 puts among the old objects, it was more than a tenth.
it.each([
  ['asks for nothing', '{ __typename }'],
  [
    'reads a group and its people',
    '{ group(id: "gid://testrail/TestRailGroup/1") { id members { nodes { id email } } } }',
  ],
])(
  'of an operation that %s next to nothing grows old',
  async (_what, query) => {
    expect(await grownOld(query)).toBeLessThan(0.04);
  },
  60_000,
);
