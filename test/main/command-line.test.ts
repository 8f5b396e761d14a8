import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { rollcall, rollcallFromSource } from '../support/command-line.js';

it('print-schema prints the published schema and nothing else, and needs no configuration', async () => {
  const { code, stdout, stderr } = await rollcall(['print-schema'], { ROLLCALL_CONFIG: '/nowhere/rollcall.yaml' })
    .ended;

  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout.trimEnd()).toBe(
    readFileSync(new URL('../../schema/schema.graphql', import.meta.url), 'utf8').trimEnd(),
  );
});

it('runs from its source without knowing a type', async () => {
  const { code, stdout } = await rollcallFromSource(['print-schema']).ended;

  expect(code).toBe(0);
  expect(stdout).toContain('type Query');
});

it('--help teaches: commands, configuration, examples', async () => {
  const { code, stdout } = await rollcall(['--help']).ended;

  expect(code).toBe(0);
  for (const word of ['serve', 'check-config', 'print-schema', '--config', 'rollcall.yaml', 'PORT=8080'])
    expect(stdout).toContain(word);
});

it.each([
  [['frobnicate'], 'frobnicate'],
  [['serve', '--frobnicate'], '--frobnicate'],
  [['--frobnicate'], '--frobnicate'],
  [['check-config', 'extra'], 'extra'],
])('an unknown command or flag ends it with its name and exit code 1: %j', async (args, name) => {
  const { code, stderr } = await rollcall(args).ended;

  expect(code).toBe(1);
  expect(stderr).toContain(name);
  expect(stderr).not.toMatch(/\n\s+at /);
});

it('a port that is taken is one sentence that names the port and the remedy', async () => {
  const holder = createServer();
  await new Promise<void>((listening) => holder.listen(0, '127.0.0.1', listening));
  const { port } = holder.address() as AddressInfo;

  const { code, stderr } = await rollcall([], { PORT: String(port) }).ended;
  holder.close();

  expect(code).toBe(1);
  expect(stderr).toBe(`Port ${port} on 127.0.0.1 is taken; set PORT or server.port to a free one.\n`);
});
