import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writerFile } from '../support/ledger-writer.js';

/** A process of its own that writes into a ledger: see `ledger-writer.ts` for what it does and says. */
export interface Writer {
  readonly child: ChildProcess;
  /** How many of its intents were begun, and how many done, as it was told. */
  begun(): number;
  done(): number;
  /** Ends once it has said so, or has ended itself. */
  says(line: string): Promise<void>;
  complaint(): string;
  /** Ends it with no time to do anything. */
  kill(): Promise<void>;
  /** Its exit code. */
  end(): Promise<number | null>;
}

export function startWriter(place: string, name: string, count: number, env: NodeJS.ProcessEnv = {}): Writer {
  const child = spawn(process.execPath, ['--import', 'tsx', writerFile, place, name, String(count)], {
    env: { ...process.env, ...env },
  });
  let [said, complained] = ['', ''];
  child.stdout.on('data', (text) => (said += text));
  child.stderr.on('data', (text) => (complained += text));
  const closed = once(child, 'close');
  const lines = () => said.split('\n').slice(0, -1);
  const told = (word: string) => lines().filter((line) => line.startsWith(word)).length;
  return {
    child,
    begun: () => told('begun'),
    done: () => told('done'),
    says: async (line) => {
      while (!lines().includes(line) && child.exitCode === null && child.signalCode === null) {
        await Promise.race([once(child.stdout, 'data'), closed]);
      }
    },
    complaint: () => complained,
    kill: async () => {
      child.kill('SIGKILL');
      await closed;
    },
    end: async () => {
      await closed;
      return child.exitCode;
    },
  };
}
