import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly process: ChildProcess;
  /** Resolves when stdout holds this text; rejects when the process ends before. */
  says(text: string): Promise<string>;
  readonly ended: Promise<Ended>;
}

/** Starts `rollcall` as a process of its own, as `test/support/build.ts` has built it. The environment is that of the test, with what is given. */
export function rollcall(args: readonly string[], env: Readonly<Record<string, string>> = {}, cwd = root): Running {
  return run([`${root}/dist/rollcall/main.js`, ...args], env, cwd);
}

/** The same from its compiled files, each of which is loaded by itself. */
export function rollcallInFiles(args: readonly string[], env: Readonly<Record<string, string>> = {}): Running {
  return run([`${root}/dist/src/main.js`, ...args], env, root);
}

/** The same from its source, by tsx: it compiles file by file and knows no types, so that decorators must say their own. */
export function rollcallFromSource(args: readonly string[]): Running {
  return run(['--import', fileURLToPath(import.meta.resolve('tsx')), `${root}/src/main.ts`, ...args], {}, root);
}

function run(args: readonly string[], env: Readonly<Record<string, string>>, cwd: string): Running {
  const child = spawn(process.execPath, args, {
    cwd,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => (stdout += String(chunk)));
  child.stderr.on('data', (chunk) => (stderr += String(chunk)));
  const ended = new Promise<Ended>((resolve) => child.once('close', (code) => resolve({ code, stdout, stderr })));
  return { process: child, ended, says: (text) => saysWithin(text) };

  function saysWithin(text: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const look = () => {
        if (stdout.includes(text)) resolve(stdout);
      };
      child.stdout.on('data', look);
      child.once('close', () => reject(new Error(`It ended without saying ${text}: ${stdout}${stderr}`)));
      look();
    });
  }
}

/** The address that it says the graph is served at. */
export async function addressOf(running: Running): Promise<string> {
  const said = await running.says('/datasets');
  return /page\s+(http:\/\/\S+)\//.exec(said)![1]!;
}
