/** `rollcall.yaml` → checked settings, or one sentence on what is wrong with it. */
import { dirname, resolve } from 'node:path';
import { readAuth } from './config/auth.js';
import { cacheOf } from './config/cache.js';
import { readConfigFile } from './config/file.js';
import { ledgerOf } from './config/ledger.js';
import { readLimits } from './config/limits.js';
import { problem, type Reading } from './config/problem.js';
import { readObject, readText } from './config/reading.js';
import { checkKeys, sectionOf, wholeNumber } from './config/section.js';
import { readServer } from './config/server.js';
import { readSources } from './config/sources.js';
import { readTelemetry } from './config/telemetry.js';
import type { Config } from './config/types.js';
import { readWorkers } from './config/workers.js';
import type { VendorDefinition } from './vendors/vendor.js';

export { findConfigFile } from './config/file.js';
export { ConfigError } from './config/problem.js';
export { secretsOutsideSources } from './config/secrets.js';
export type { Config } from './config/types.js';

const KEYS = ['server', 'auth', 'ledger', 'cache', 'settleSeconds', 'retentionDays', 'limits', 'telemetry', 'sources'];

/** A start of a server, and not only a look: `workers` as the command line has it. */
export interface Serving {
  readonly workers: string | undefined;
}

/** Reads and checks a file. What is wrong with it is a `ConfigError`. */
export function loadConfig(options: {
  file: string;
  env: NodeJS.ProcessEnv;
  vendors: readonly VendorDefinition[];
  serving?: Serving;
}): Config {
  const { file, env, vendors, serving } = options;
  const { reading, value } = readText(readConfigFile(file), file, env);
  return checked(reading, value, env, vendors, serving);
}

/** The same checks for an object; paths in it are relative to `file`, or to the working folder. */
export function configOf(
  plain: unknown,
  options: { env: NodeJS.ProcessEnv; vendors: readonly VendorDefinition[]; file?: string },
): Config {
  const { env, vendors, file = null } = options;
  const { reading, value } = readObject(plain, file, env);
  return checked(reading, value, env, vendors);
}

function checked(
  reading: Reading,
  value: unknown,
  env: NodeJS.ProcessEnv,
  vendors: readonly VendorDefinition[],
  serving?: Serving,
): Config {
  const remedy = 'write sources: with at least one source under it';
  if (value === null || value === undefined) throw problem(reading, [], `the configuration is empty; ${remedy}`);
  if (typeof value !== 'object' || Array.isArray(value)) {
    const kind = Array.isArray(value) ? 'list' : 'single value';
    throw problem(reading, [], `the configuration is a ${kind}, but must be a map of keys; ${remedy}`);
  }
  const root = sectionOf(reading, [], value, remedy);
  checkKeys(root, KEYS);
  const { server, auth, limits, telemetry } = root.values;
  const file = reading.file === null ? null : resolve(reading.file);
  const folder = file === null ? process.cwd() : dirname(file);
  const access = readAuth(sectionOf(reading, ['auth'], auth, 'write mode: none under it, or take it out'), folder);
  const isOpen = access.mode === 'none';
  const served = sectionOf(reading, ['server'], server, 'write host: or port: under it, or take it out');
  const listening = readServer(served, env, isOpen);
  const ledger = ledgerOf(root, folder);
  return {
    server: { ...listening, workers: readWorkers(served, ledger, serving ? { env, flag: serving.workers } : null) },
    auth: access,
    ledger,
    retentionDays: wholeNumber(root, 'retentionDays', { from: 1, to: 3650, otherwise: 30 }),
    limits: readLimits(sectionOf(reading, ['limits'], limits, 'write cost: or another limit under it, or take it out')),
    cache: cacheOf(root),
    telemetry:
      telemetry === undefined
        ? null
        : readTelemetry(sectionOf(reading, ['telemetry'], telemetry, 'write otlp: under it, or take it out')),
    sources: readSources(root, vendors),
    file,
  };
}
