import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { keyRing } from '../../test/support/keys.js';
import type { Company } from '../company/start.js';
import { onOwnCore } from './processes.js';

/** What a server may use again of what it has read. */
export type Sharing = 'nothing' | 'reads in flight' | 'a cache';

/** One of those who are compared. */
export interface Contestant {
  readonly name: string;
  readonly sharing: Sharing;
  /** Whether it takes minutes where others take seconds, so that only its lighter load is measured. */
  readonly isSlow?: true;
  start(company: Company): Promise<Running>;
}

/** A server in a process of its own. */
export interface Running {
  readonly origin: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly pid: number;
  /** When its process was begun, as `performance.now` tells it. */
  readonly begun: number;
  close(): Promise<void>;
}

const peers = fileURLToPath(new URL('../peers/', import.meta.url));
const served = fileURLToPath(new URL('../../dist/rollcall/main.js', import.meta.url));
/** The same in its many files, where a profile can tell whose the time is. */
export const compiled = fileURLToPath(new URL('../../dist/src/main.js', import.meta.url));
const cacheSeconds = 600;

/** Everybody, or for a short run only those without whom nothing can be said. */
export function contestants(quick: boolean): readonly Contestant[] {
  const all = [
    peer('floor', 'floor.mjs', 'nothing'),
    { ...peer('Apollo', 'apollo.mjs', 'nothing'), isSlow: true as const },
    peer('yoga', 'yoga.mjs', 'nothing'),
    rollcall('nothing'),
    peer('floor', 'floor.mjs', 'reads in flight'),
    peer('yoga', 'yoga.mjs', 'reads in flight'),
    peer('floor', 'floor.mjs', 'a cache'),
    peer('yoga', 'yoga.mjs', 'a cache'),
    rollcall('a cache'),
  ];
  return quick
    ? all.filter(({ name, sharing }) => name === 'Rollcall' || (name !== 'Apollo' && sharing === 'nothing'))
    : all;
}

/** Installs the peers as their lock file names them, where that has not been done. */
export function installPeers(): void {
  if (existsSync(join(peers, 'node_modules/.package-lock.json'))) return;
  process.stdout.write('Installing the peers into bench/peers …\n');
  const { status } = spawnSync('npm', ['ci', '--prefix', peers, '--no-audit', '--no-fund', '--ignore-scripts'], {
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error('The peers could not be installed; is the npm registry within reach?');
}

/** Rollcall as it is served: keys, limits, log and metrics are on. `flags` are Node's. */
export function rollcall(
  sharing: Exclude<Sharing, 'reads in flight'>,
  flags: readonly string[] = [],
  main = served,
): Contestant {
  return {
    name: 'Rollcall',
    sharing,
    async start(company) {
      const { folder, file, headers } = configured(company, sharing);
      const running = await begin([...flags, main, '--config', file], {}, folder);
      return { ...running, headers };
    },
  };
}

/** The same on so many processes, which have every core: over a ledger in a database, and a cache that they share. */
export async function rollcallOn(
  workers: number,
  company: Company,
  shared: { readonly ledger: string; readonly cache: string },
): Promise<Running> {
  const { folder, file, headers } = configured(company, 'a cache', shared);
  const running = await begin([served, '--config', file, '--workers', String(workers)], {}, folder, []);
  return { ...running, headers };
}

function configured({ sources }: Company, sharing: Sharing, places: object = { ledger: './rollcall.db' }) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const ring = keyRing({ bench: { role: 'read' } });
  const ofEach = { cacheSeconds: sharing === 'a cache' ? cacheSeconds : 0 };
  const all = Object.entries(sources).map(([name, source]) => [name, { ...source, ...ofEach }]);
  const file = join(folder, 'rollcall.yaml');
  // JSON is YAML, too.
  const config = { server: { port: 0 }, auth: ring.auth, ...places, sources: Object.fromEntries(all) };
  writeFileSync(file, JSON.stringify(config));
  return { folder, file, headers: ring.headersOf('bench') };
}

function peer(name: string, program: string, sharing: Sharing): Contestant {
  const share = { nothing: 'none', 'reads in flight': 'flight', 'a cache': 'cache' }[sharing];
  return {
    name,
    sharing,
    async start({ sources }) {
      const folder = mkdtempSync(join(tmpdir(), 'bench-'));
      const file = join(folder, 'peer.json');
      writeFileSync(file, JSON.stringify({ sources }));
      return begin([join(peers, program), file], { SHARE: share, NODE_ENV: 'production' }, folder);
    },
  };
}

/** Starts a program of Node, on the core that is kept for servers unless told otherwise, and waits until it says where it listens. */
async function begin(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  folder: string,
  before = onOwnCore,
): Promise<Running> {
  const begun = performance.now();
  const [command, ...rest] = [...before, process.execPath, ...args];
  const child = spawn(command!, rest, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
    cwd: folder,
  });
  const origin = await addressOf(child);
  // What it writes into its log it writes for somebody, and nobody keeps it.
  child.stdout!.resume();
  child.stderr!.resume();
  return {
    origin,
    headers: {},
    pid: child.pid!,
    begun,
    async close() {
      const ended = new Promise((resolve) => child.once('close', resolve));
      child.kill('SIGTERM');
      const late = setTimeout(() => child.kill('SIGKILL'), 5_000);
      await ended;
      clearTimeout(late);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let [said, complained] = ['', ''];
    child.stdout!.on('data', (bytes) => {
      said += String(bytes);
      const [found] = /http:\/\/127\.0\.0\.1:\d+/.exec(said) ?? [];
      if (found) resolve(found);
    });
    child.stderr!.on('data', (bytes) => (complained = `${complained}${bytes}`.slice(-5_000)));
    child.once('error', reject);
    child.once('close', () => reject(new Error(`It ended before it listened. ${complained}`)));
  });
}
