import { afterEach, expect, test } from 'vitest';
import type { BoxDefinition, Population } from '../../src/vendors/boxed.js';
import { openSandbox, type Sandbox } from '../../src/sandbox/sandbox.js';
import { openSandboxServer } from '../../src/sandbox/server.js';
import { tinyBox, tinyDefinition, type TinyState } from '../support/tiny-box.js';
import { ask } from './wire.js';

let sandbox: Sandbox | undefined;

afterEach(async () => {
  await sandbox?.close();
  sandbox = undefined;
});

test('opens every box on a server of its own and tells how to reach it', async () => {
  sandbox = await openSandbox([tinyDefinition('one'), tinyDefinition('two')]);
  const one = sandbox.server<TinyState>('one');
  const two = sandbox.server('two');

  expect(sandbox.sources).toEqual({
    one: { vendor: 'tiny', url: `${one.origin}/v1`, first: 'ana.lin@example.com' },
    two: { vendor: 'tiny', url: `${two.origin}/v1`, first: 'ana.lin@example.com' },
  });
  one.box.state.notes.length = 1;
  expect((await ask(one.origin)).text).toBe('{"notes":["ana.lin@example.com"]}');
  expect([one.journal.length, two.journal.length]).toEqual([1, 0]);
  expect(() => sandbox?.server('three')).toThrow('The sandbox has no source three, only one, two');
});

test('has a usual company, of which a part may be said otherwise', async () => {
  const seen: Population[] = [];
  const watching: BoxDefinition = { ...tinyDefinition(), open: (population) => (seen.push(population), tinyBox()) };
  await (await openSandbox([watching])).close();
  await (await openSandbox([watching], { population: { groups: 3 } })).close();

  expect(seen[0]).toMatchObject({ groups: 24, membersPerGroup: 12, projects: 4, awkward: true });
  expect(seen[0]?.people).toHaveLength(320);
  expect(seen[1]).toEqual({ ...seen[0], groups: 3 });
});

test('takes the ports, the latency and the journal limit that it is given', async () => {
  const free = await openSandboxServer(tinyBox());
  await free.close();
  const port = Number(new URL(free.origin).port);
  sandbox = await openSandbox([tinyDefinition()], { ports: { tiny: port }, latencyMs: 50, journalLimit: 1 });

  expect(sandbox.server('tiny').origin).toBe(`http://127.0.0.1:${port}`);
  expect((await ask(free.origin)).ms).toBeGreaterThanOrEqual(49);
  await ask(free.origin);
  expect(sandbox.server('tiny').journal).toHaveLength(1);
});

test('closes what it has opened when one cannot be opened', async () => {
  const taken = await openSandboxServer(tinyBox());
  const port = Number(new URL(taken.origin).port);
  const free = await openSandboxServer(tinyBox());
  const other = Number(new URL(free.origin).port);
  await free.close();

  const opening = openSandbox([tinyDefinition('one'), tinyDefinition('two')], { ports: { one: other, two: port } });

  await expect(opening).rejects.toMatchObject({ code: 'EADDRINUSE' });
  const again = await openSandboxServer(tinyBox(), { port: other });
  await Promise.all([taken.close(), again.close()]);
});

test('has no two sources of one name', async () => {
  await expect(openSandbox([tinyDefinition(), tinyDefinition()])).rejects.toThrow('Two sources are called tiny');
});
