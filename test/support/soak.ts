/**
 * A service that runs for long: windows of requests while its vendors fall ill and get well, and after each window, with nothing left
 * to do, what it still holds.
 */
import { join } from 'node:path';
import type { FaultRule } from '../../src/sandbox/fault-rules.js';
import { Chance } from './chance.js';
import { mark } from './journal.js';
import { openService, type Service } from './service.js';
import { sicknesses, vendors } from './sickness.js';
import { heldAtRest, type Held } from './soak-held.js';
import { soakLoad, type End } from './soak-load.js';
import { company } from './verbs.js';

const perSecond = 50;
/** For so long each vendor is as it is, and so likely it is ill then, in percent. */
const turnMs = 3_000;
const illness = 40;
const concurrency = 16;
/** Every way in which a vendor misbehaves. */
const ills: readonly FaultRule[] = [
  ...Object.values(sicknesses),
  { mode: 'slowheaders' },
  { mode: 'truncated-json' },
  { mode: 'fin' },
  { mode: 'status', status: 401, body: 'x'.repeat(100_000) },
  { mode: 'html' },
  { mode: 'deep' },
  { mode: 'redirect', location: 'http://127.0.0.1:9/' },
  { mode: 'late', ms: 2_000 },
  { mode: 'lost' },
  { mode: 'lost', by: 'hang' },
];
/** A vendor is given so long to answer a read, and three times as long for a write. */
const timeoutMs = 1_000;
/** As many connections to vendors as there may be. */
const mostPooled = vendors.length * concurrency;

/**
 * Of the process itself, and of each vendor what lets it rest, tries it again, or forgets what is too old: however much has been asked.
 */
const mostTimers = 5 + 3 * vendors.length;

/** Some time of load, and what was held after it. */
export interface SoakWindow {
  readonly ends: readonly End[];
  /** Requests that reached vendors, and those of them that a sickness struck. */
  readonly calls: number;
  readonly struck: number;
  readonly held: Held;
  /** By how much more is held than before it, in bytes a request. */
  readonly keptBytes: number;
}

export interface Soak {
  /** What was held before anything was asked. */
  readonly first: Held;
  run(seconds: number): Promise<SoakWindow>;
  close(): Promise<void>;
}

/** `leak`: of each request the process keeps what `soak-leak.mjs` says. `snapshots`: an absolute folder for heap snapshots. */
export async function openSoak({ leak, snapshots }: { leak?: string; snapshots?: string } = {}): Promise<Soak> {
  const service = await openService({
    population: company(60),
    sources: { timeoutMs, concurrency },
    latencyMs: 5,
    journalLimit: 1_000,
  });
  const file = join(service.folder, 'held.jsonl');
  const life = await service.start(['env', ...environment({ file, leak, snapshots })]);
  const chance = new Chance(42);
  let asked = 0;
  let held = await heldAtRest(service, life, file);
  return {
    first: held,
    close: () => service.close(),
    run: async (seconds) => {
      const [before, last] = [heardBy(service), held];
      const getWell = fallIll(service, chance);
      const ends = await soakLoad({ url: life.url, perSecond, seconds, from: asked });
      const struck = getWell();
      asked += ends.length;
      held = await heldAtRest(service, life, file);
      const calls = heardBy(service) - before;
      return { ends, calls, struck, held, keptBytes: (held.bytes - last.bytes) / ends.length };
    },
  };
}

/**
 * What is wrong after several windows: the last one keeps more than so many bytes a request, or there are more sockets or files than
 * after the first, or more timers than there may be with nothing to do. Empty when nothing is.
 */
export function growthIn(windows: readonly SoakWindow[], mostBytes: number): readonly string[] {
  const [one, last] = [windows[0]!, windows.at(-1)!];
  const grown: readonly (readonly [what: string, isSo: boolean])[] = [
    ['bytes', last.keptBytes > mostBytes],
    ['pooled connections', last.held.pooled > mostPooled],
    ['sockets', last.held.sockets > one.held.sockets],
    ['files', last.held.files > one.held.files],
    ['timers', last.held.timers > mostTimers],
    ['signals', last.held.signals > 0],
  ];
  return grown.filter(([, isSo]) => isSo).map(([what]) => what);
}

function environment({ file, leak, snapshots }: { file: string; leak?: string; snapshots?: string }): string[] {
  const names = ['soak-measure', ...(leak === undefined ? [] : ['soak-leak'])];
  const modules = names.map((name) => `--import=${new URL(`./${name}.mjs`, import.meta.url).href}`);
  const variables = { NODE_OPTIONS: modules.join(' '), SOAK_TO: file, SOAK_LEAK: leak, SOAK_SNAPSHOTS: snapshots };
  return Object.entries(variables).flatMap(([name, text]) => (text === undefined ? [] : [`${name}=${text}`]));
}

/** From now on each vendor is ill or well in turns. Gives what makes them all well again, and tells how many requests were struck. */
function fallIll({ sandbox }: Service, chance: Chance): () => number {
  const servers = vendors.map((name) => sandbox.server(name));
  let struck = 0;
  const turn = () => {
    for (const server of servers) {
      server.clearFaults();
      if (chance.isSo(illness)) server.fault({ ...chance.pick(ills), match: () => (struck += 1) > 0 });
    }
  };
  turn();
  const turning = setInterval(turn, turnMs);
  return () => {
    clearInterval(turning);
    for (const server of servers) server.clearFaults();
    return struck;
  };
}

function heardBy({ sandbox }: Service): number {
  return vendors.reduce((all, name) => all + mark(sandbox.server(name)), 0);
}
