import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { addressOf, rollcall } from '../support/command-line.js';
import { pull } from '../support/pull.js';

const nowhere = mkdtempSync(join(tmpdir(), 'no-config-'));

it('serves a sandbox of as many memberships as --memberships says', async () => {
  const running = rollcall(['--memberships', '5000'], { PORT: '0' }, nowhere);
  try {
    const url = await addressOf(running);

    const { trailers } = await pull(`${url}/datasets/memberships.csv?source=testrail&source=tiledesk&source=asa`);

    expect(trailers['x-row-count']).toBe('5000');
  } finally {
    running.process.kill('SIGTERM');
    await running.ended;
  }
}, 30_000);

it.each(['0', '-3', 'many', '1e6', '3000000'])('refuses --memberships %s in one sentence', async (count) => {
  const { code, stderr } = await rollcall([`--memberships=${count}`], { PORT: '0' }, nowhere).ended;

  expect(stderr).toBe(`--memberships is "${count}", but must be a whole number from 1 to 2000000; change it.\n`);
  expect(code).toBe(1);
});

it('refuses --memberships beside a configuration', async () => {
  const file = join(nowhere, 'rollcall.json');
  writeFileSync(file, '{}');
  const { code, stderr } = await rollcall(['--memberships', '5', '--config', file], {}, nowhere).ended;

  expect(stderr).toMatch(
    /^--memberships is about the sandbox, but .*rollcall\.json configures accounts; leave out one/,
  );
  expect(code).toBe(1);
});
