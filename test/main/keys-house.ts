import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command, CommanderError } from 'commander';
import { vi } from 'vitest';
import { keysCommand } from '../../src/main/keys/command.js';
import type { Ended } from '../support/command-line.js';

/** A configuration whose callers have keys; none of its sources is there. */
export interface KeysHouse {
  readonly folder: string;
  readonly config: string;
  readonly keyFile: string;
}

const sources = {
  qa: { vendor: 'testrail', url: 'https://qa.example', user: 'u', apiKey: 'k' },
  beta: { vendor: 'testrail', url: 'https://beta.example', user: 'u', apiKey: 'k' },
};

export function keysHouse(auth: object = { mode: 'keys' }, file = 'rollcall.keys'): KeysHouse {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-keys-'));
  const config = join(folder, 'rollcall.yaml');
  writeFileSync(config, JSON.stringify({ auth, sources }));
  return { folder, config, keyFile: join(folder, file) };
}

/** `rollcall keys …` within this process, one at a time: a process of its own for each would take minutes. */
export async function keys({ config }: KeysHouse, ...args: readonly string[]): Promise<Ended> {
  let stdout = '';
  let stderr = '';
  const outputs = [
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => Boolean((stdout += String(text)))),
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => Boolean((stderr += String(text)))),
  ];
  const before = process.exitCode;
  try {
    await program().parseAsync(['keys', ...args, '--config', config], { from: 'user' });
    return { code: Number(process.exitCode ?? 0), stdout, stderr };
  } catch (error) {
    return { code: 1, stdout, stderr: error instanceof CommanderError ? stderr : `${(error as Error).message}\n` };
  } finally {
    process.exitCode = before;
    for (const output of outputs) output.mockRestore();
  }
}

function program(): Command {
  const command = keysCommand(['-c, --config <file>', 'the configuration']);
  const root = new Command('rollcall').addCommand(command).exitOverride();
  for (const one of [command, ...command.commands]) one.allowExcessArguments().exitOverride();
  return root;
}
