import { configOf, findConfigFile, loadConfig, type Config } from '../config.js';
import { populationOf } from '../sandbox/population.js';
import { openSandbox, type Sandbox } from '../sandbox/sandbox.js';
import { boxes, vendors } from '../vendors/all.js';

/** The configuration to go by: the file's, or the sandbox's where there is none. */
export interface OpenConfig {
  readonly config: Config;
  readonly sandbox: Sandbox | null;
}

/** How many requests each sandbox server remembers: enough to look at, and no leak. */
const journalLimit = 1_000;
const mostMemberships = 2_000_000;

/** What the command line says beside the file. */
interface Said {
  /** About so many in the sandbox; the usual few where left out. */
  readonly memberships?: string;
  /** How many processes are to serve. */
  readonly workers?: string;
}

export async function openConfig(flag: string | undefined, { memberships, workers }: Said = {}): Promise<OpenConfig> {
  const { env } = process;
  const population = memberships === undefined ? undefined : { ...populationOf(countOf(memberships)), awkward: false };
  const file = findConfigFile({ flag, env, cwd: process.cwd() });
  if (file !== null) {
    if (population)
      throw new Error(`--memberships is about the sandbox, but ${file} configures accounts; leave out one of the two.`);
    return { config: loadConfig({ file, env, vendors, serving: { workers } }), sandbox: null };
  }
  if (workers !== undefined && workers !== '1')
    throw new Error('--workers is for a configuration: the sandbox is served by one process; leave it out.');
  const sandbox = await openSandbox(boxes, { journalLimit, population });
  try {
    return { config: configOf({ ledger: ':memory:', sources: sandbox.sources }, { env, vendors }), sandbox };
  } catch (error) {
    await sandbox.close();
    throw error;
  }
}

function countOf(memberships: string): number {
  const count = /^\d{1,7}$/.test(memberships) ? Number(memberships) : NaN;
  if (count >= 1 && count <= mostMemberships) return count;
  throw new Error(
    `--memberships is ${JSON.stringify(memberships)}, but must be a whole number from 1 to ${mostMemberships}; change it.`,
  );
}
