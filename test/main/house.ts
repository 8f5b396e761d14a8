import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import { openSandbox, type Sandbox } from '../../src/sandbox/sandbox.js';
import { boxes } from '../../src/vendors/all.js';
import { addressOf, rollcall, type Ended, type Running } from '../support/command-line.js';
import { ask } from '../support/rollcall.js';

/** Vendors in their boxes, and a configuration that names them and a ledger beside it. */
export interface House {
  readonly sandbox: Sandbox;
  readonly file: string;
  readonly ledger: string;
}

const running: Running[] = [];
const sandboxes: Sandbox[] = [];

/** Ends what a test has started. */
export function closeAfterEach(): void {
  afterEach(async () => {
    for (const one of running.splice(0)) await kill(one);
    for (const sandbox of sandboxes.splice(0)) await sandbox.close();
  });
}

/** Keys of `change` stand beside the sources, those of `ofEach` in every source. */
export async function configured(change: Record<string, unknown> = {}, ofEach: object = {}): Promise<House> {
  const sandbox = await openSandbox(boxes);
  sandboxes.push(sandbox);
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-'));
  const file = join(folder, 'rollcall.yaml');
  const sources = Object.fromEntries(
    Object.entries(sandbox.sources).map(([name, source]) => [name, { ...source, ...ofEach }]),
  );
  // JSON is YAML, too.
  writeFileSync(file, JSON.stringify({ sources, ...change }));
  return { sandbox, file, ledger: join(folder, 'rollcall.db') };
}

export function start(args: readonly string[], env: Record<string, string> = {}): Running {
  const started = rollcall(args, { PORT: '0', ...env });
  running.push(started);
  return started;
}

/** A server over that configuration, and the address of its graph. */
export async function serving({ file }: House): Promise<{ readonly server: Running; readonly url: string }> {
  const server = start(['--config', file]);
  return { server, url: await addressOf(server) };
}

/** Ends it with no time to do anything. */
export async function kill(one: Running): Promise<void> {
  one.process.kill('SIGKILL');
  await one.ended;
}

/** Ends it in order. */
export async function stop(one: Running): Promise<Ended> {
  one.process.kill('SIGTERM');
  return one.ended;
}

/** Runs a command over that configuration to its end. */
export function command({ file }: House, ...args: readonly string[]): Promise<Ended> {
  return rollcall([...args, '--config', file]).ended;
}

/** What a command prints with `--json`: a value a line. */
export async function values(house: House, ...args: readonly string[]): Promise<any[]> {
  const { stdout } = await command(house, ...args, '--json');
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

/** Reads all groups, as somebody does who looks at them before he makes one. */
export async function seeGroups(url: string): Promise<void> {
  await ask(url, '{ groups { totalCount } }');
}

/** Makes a group at TestRail; what the mutation answers. */
export async function addTestRailGroup(url: string, name: string, idempotencyKey: string): Promise<any> {
  const { data } = await ask(
    url,
    `mutation ($input: AddTestRailGroupInput!) {
      addTestRailGroup(input: $input) { confirmedBy userErrors { code message } group { id } calls { method url body status } } }`,
    { input: { organization: 'gid://testrail/Organization/testrail', name, idempotencyKey } },
  );
  return data.addTestRailGroup;
}

/** Makes a permission group at Updraft, which nothing can be asked about afterwards. */
export async function createPermissionGroup(url: string, title: string, idempotencyKey: string): Promise<any> {
  const { data } = await ask(
    url,
    `mutation ($input: CreateUpdraftPermissionGroupInput!) {
      createUpdraftPermissionGroup(input: $input) { confirmedBy userErrors { code message } group { id name origin } } }`,
    { input: { organization: 'gid://updraft/Organization/12', title, idempotencyKey } },
  );
  return data.createUpdraftPermissionGroup;
}
