import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { ask } from '../support/rollcall.js';
import { closeAfterEach, command, configured, serving, start, stop, type House } from './house.js';
import { keys } from './keys-house.js';

closeAfterEach();

const keyed = () => configured({ auth: { mode: 'keys' } });

const keysOf = ({ file }: House, ...args: readonly string[]) =>
  keys({ config: file, folder: dirname(file), keyFile: '' }, ...args);

const keyFile = ({ file }: House) => join(dirname(file), 'rollcall.keys');

async function add(house: House, name: string, ...more: string[]): Promise<string> {
  return (await keysOf(house, 'add', name, '--role', 'read', ...more)).stdout.trim();
}

const statusOf = async (url: string, key: string) =>
  (await ask(url, '{ sources { name } }', {}, { authorization: `Bearer ${key}` })).status;

/** A process takes long to start where others are under way. */
const slow = { timeout: 120_000 };

const within5s = { timeout: 5_000, interval: 100 };

it('a running server takes up within 5 s what is added and revoked', slow, async () => {
  const house = await keyed();
  const first = await add(house, 'first');
  const { server, url } = await serving(house);

  const second = await add(house, 'second', '--source', 'velt');
  await expect.poll(() => statusOf(url, second), within5s).toBe(200);
  expect(await statusOf(url, first)).toBe(200);

  await keysOf(house, 'revoke', 'first');
  await expect.poll(() => statusOf(url, first), within5s).toBe(401);
  expect(await statusOf(url, second)).toBe(200);

  await keysOf(house, 'revoke', 'second');
  await expect.poll(() => statusOf(url, second), within5s).toBe(401);
  await stop(server);
});

it('a file that is damaged or gone is told in the log once, and the keys of before go on', slow, async () => {
  const house = await keyed();
  const key = await add(house, 'ana');
  const { server, url } = await serving(house);
  const good = readFileSync(keyFile(house), 'utf8');
  const pause = () => new Promise((resolve) => setTimeout(resolve, 2_500));

  writeFileSync(keyFile(house), good.slice(0, 40));
  await pause();
  const damaged = await statusOf(url, key);
  rmSync(keyFile(house));
  await pause();
  const gone = await statusOf(url, key);
  writeFileSync(`${keyFile(house)}.new`, good.replace('"read"', '"write"'));
  renameSync(`${keyFile(house)}.new`, keyFile(house));
  const role = async () => {
    const answer = await fetch(`${url}/page/session`, { headers: { authorization: `Bearer ${key}` } });
    return ((await answer.json()) as { role: string }).role;
  };
  await expect.poll(role, within5s).toBe('write');
  await stop(server);

  const { stderr } = await server.ended;
  const told = stderr.split('\n').filter((line) => line.includes('the key file cannot be used'));
  expect([damaged, gone]).toEqual([200, 200]);
  expect(told.map((line) => JSON.parse(line).problem)).toEqual([
    expect.stringContaining('is no key file'),
    expect.stringContaining('does not exist'),
  ]);
  expect(stderr).not.toContain(key);
});

it('without its file the server does not start, and says how to make it', slow, async () => {
  const house = await keyed();

  const { code, stderr, stdout } = await start(['--config', house.file]).ended;

  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toBe(
    `The key file ${keyFile(house)} does not exist; make it with the first key: rollcall keys add NAME --role read.\n`,
  );
});

it('check-config says whether callers can be known', slow, async () => {
  const house = await keyed();

  const before = await command(house, 'check-config');
  await add(house, 'ana');
  const after = await command(house, 'check-config');

  expect(before.code).toBe(1);
  expect(before.stdout).toContain(`  callers: does not work; The key file ${keyFile(house)} does not exist; make it`);
  expect(after.code).toBe(0);
  expect(after.stdout).toContain(`  callers: works; ${keyFile(house)}.\n`);
});
