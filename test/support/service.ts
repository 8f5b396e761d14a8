/** Rollcall as a process of its own, over vendors that live in the test: they outlive it, and remember what they heard. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openSandbox, type Sandbox, type SandboxOptions } from '../../src/sandbox/sandbox.js';
import { boxes } from '../../src/vendors/all.js';

const main = fileURLToPath(new URL('../../dist/rollcall/main.js', import.meta.url));

/** One life of the process. */
export interface Life {
  readonly url: string;
  readonly process: ChildProcess;
  /** Its log so far. */
  stderr(): string;
  /** Sends the signal, and answers the exit code when it is over; null when the signal ended it. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null>;
}

export interface Service {
  readonly sandbox: Sandbox;
  /** Where its files lie. */
  readonly folder: string;
  readonly ledger: string;
  /** Starts it, `command` before it where given, and resolves when it listens. A file allows one life at a time. */
  start(command?: readonly string[]): Promise<Life>;
  /** Ends whatever still runs. */
  close(): Promise<void>;
}

export interface ServiceOptions extends SandboxOptions {
  /** Only these sources, in this order. */
  readonly only?: readonly string[];
  /** Keys added to every source's configuration. */
  readonly sources?: object;
  /** Where not in a file of its own. */
  readonly ledger?: string;
  /** What one operation may ask, as in `rollcall.yaml`. */
  readonly limits?: object;
  /** Keys of `server`, beside its port. */
  readonly server?: object;
  /** Further sections of the configuration. */
  readonly rest?: object;
}

export async function openService(options: ServiceOptions = {}): Promise<Service> {
  const { sources: added = {}, only, ledger: place, limits = {}, server = {}, rest = {}, ...sandboxOptions } = options;
  const sandbox = await openSandbox(boxes, sandboxOptions);
  const folder = mkdtempSync(join(tmpdir(), 'service-'));
  const ledger = place ?? join(folder, 'rollcall.db');
  const names = only ?? Object.keys(sandbox.sources);
  const sources = Object.fromEntries(names.map((name) => [name, { ...sandbox.sources[name], ...added }]));
  const config = join(folder, 'rollcall.yaml');
  // What is JSON is YAML too.
  writeFileSync(config, JSON.stringify({ server: { port: 0, ...server }, limits, ledger, sources, ...rest }));
  const lives: Life[] = [];
  return {
    sandbox,
    folder,
    ledger,
    start: async (command = []) => {
      const life = await live([...command, process.execPath, main, '--config', config]);
      lives.push(life);
      return life;
    },
    close: async () => {
      await Promise.all(lives.map((life) => life.end('SIGKILL')));
      await sandbox.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function live([program = '', ...args]: readonly string[]): Promise<Life> {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stderr.on('data', (bytes) => (stderr += String(bytes)));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (bytes) => {
      stdout += String(bytes);
      const [, address] = /page\s+(http:\S+)\//.exec(stdout) ?? [];
      if (address !== undefined && stdout.includes('/datasets')) resolve(address);
    });
    child.once('error', reject);
    child.once('close', () => reject(new Error(`It ended before it listened: ${stdout}${stderr}`)));
  });
  return {
    url,
    process: child,
    stderr: () => stderr,
    end: (signal) => {
      child.kill(signal);
      return ended;
    },
  };
}
