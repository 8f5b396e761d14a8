import { findConfigFile, loadConfig } from '../../config.js';
import { vendors } from '../../vendors/all.js';

/** Where the configuration has its keys, and the names of its sources. */
export interface Configured {
  readonly file: string;
  readonly sources: readonly string[];
}

/** The key file that the configuration names, which need not be there yet. */
export function configuredKeys(flag: string | undefined): Configured {
  const { env } = process;
  const config = findConfigFile({ flag, env, cwd: process.cwd() });
  if (config === null) {
    throw new Error('Without a configuration nobody is asked for a key: name one with --config.');
  }
  const { auth, sources } = loadConfig({ file: config, env, vendors });
  if (auth.mode === 'keys') return { file: auth.file, sources: sources.map(({ name }) => name) };
  throw new Error(
    `${config} has no keys, as its auth.mode is ${auth.mode}; write auth: { mode: keys, file: ./rollcall.keys }.`,
  );
}
