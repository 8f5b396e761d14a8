import { configOf, findConfigFile, loadConfig, type Config } from '../config.js';
import { openSandbox, type Sandbox } from '../sandbox/sandbox.js';
import { boxes, vendors } from '../vendors/all.js';

/** The configuration to go by: the file's, or the sandbox's where there is none. */
export interface OpenConfig {
  readonly config: Config;
  readonly sandbox: Sandbox | null;
}

/** How many requests each sandbox server remembers: enough to look at, and no leak. */
const journalLimit = 1_000;

export async function openConfig(flag: string | undefined): Promise<OpenConfig> {
  const { env } = process;
  const file = findConfigFile({ flag, env, cwd: process.cwd() });
  if (file !== null) return { config: loadConfig({ file, env, vendors }), sandbox: null };
  const sandbox = await openSandbox(boxes, { journalLimit });
  try {
    return { config: configOf({ ledger: ':memory:', sources: sandbox.sources }, { env, vendors }), sandbox };
  } catch (error) {
    await sandbox.close();
    throw error;
  }
}
