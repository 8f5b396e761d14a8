import { accessSync, constants, lstatSync, readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { ConfigError } from './problem.js';

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'may not be read by this user; change its permissions',
  EISDIR: 'is a folder; name the file in it',
  ENOENT: 'does not exist; name a file that does',
  ENOTDIR: 'does not exist; name a file that does',
};

/**
 * The configuration that `--config`, ROLLCALL_CONFIG or the working folder names; null when none does. Names are relative
 * to where the command was typed, which under npm is INIT_CWD, since npm moves to the package's folder.
 */
export function findConfigFile(options: { flag?: string; env: NodeJS.ProcessEnv; cwd: string }): string | null {
  const { flag, env, cwd } = options;
  if (flag === '') throw new ConfigError('--config names no file; write --config FILE, or leave it out.');
  if (flag !== undefined) return namedFile('--config', flag, env, cwd);
  if (env.ROLLCALL_CONFIG) return namedFile('ROLLCALL_CONFIG', env.ROLLCALL_CONFIG, env, cwd);
  const usual = resolve(cwd, 'rollcall.yaml');
  // A link that leads nowhere is there too: it must not start the sandbox in the place of what was meant.
  return lstatSync(usual, { throwIfNoEntry: false }) === undefined ? null : usual;
}

/** The text of a configuration. */
export function readConfigFile(file: string): string {
  const bytes = attempt(file, '', () => readFileSync(file));
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new ConfigError(`${file}: the file is no UTF-8 text; save it as UTF-8.`);
  }
}

function namedFile(by: string, name: string, env: NodeJS.ProcessEnv, cwd: string): string {
  const typed = resolve(env.INIT_CWD || cwd, name);
  // INIT_CWD is inherited: a process that npm's own started elsewhere has one that is not its own.
  const file = [typed, resolve(cwd, name)].find((candidate) => isThere(candidate)) ?? typed;
  const stats = attempt(file, `, named by ${by},`, () => {
    accessSync(file, constants.R_OK);
    return statSync(file);
  });
  if (stats.isDirectory()) throw new ConfigError(`${file}, named by ${by}, ${REASONS.EISDIR}.`);
  return file;
}

function isThere(file: string): boolean {
  try {
    return statSync(file, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return false;
  }
}

function attempt<T>(file: string, named: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    const code = String((error as NodeJS.ErrnoException).code);
    throw new ConfigError(`${file}${named} ${REASONS[code] ?? `cannot be read (${code}); name another file`}.`);
  }
}
