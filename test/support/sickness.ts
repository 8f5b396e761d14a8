/** One vendor is sick in one way, under load: what becomes of those who want it, and of those who do not. */
import { setTimeout as pause } from 'node:timers/promises';
import type { FaultRule } from '../../src/sandbox/fault-rules.js';
import { people } from '../../src/sandbox/people.js';
import { closedLoop, residentMb } from './closed-loop.js';
import { gid } from './gid.js';
import { openLoop, type Shot } from './open-loop.js';
import { ask } from './rollcall.js';
import { openService, type Life, type Service, type ServiceOptions } from './service.js';

export const sicknesses = {
  slow: { mode: 'slow', ms: 2_000 },
  hang: { mode: 'hang' },
  'status 500': { mode: 'status', status: 500 },
  'status 503': { mode: 'status', status: 503 },
  'status 429': { mode: 'status', status: 429, headers: { 'retry-after': '1' } },
  reset: { mode: 'reset' },
  'half body': { mode: 'half' },
  garbage: { mode: 'garbage' },
  'wrong shape': { mode: 'wrongshape' },
  '512 MB': { mode: 'bomb', bytes: 512 << 20 },
  'gzip bomb': { mode: 'gzbomb', bytes: 512 << 20 },
  drip: { mode: 'drip' },
} as const satisfies Readonly<Record<string, FaultRule>>;
export type Sickness = keyof typeof sicknesses;

export const vendors = ['testrail', 'tiledesk', 'velt', 'asa', 'updraft'] as const;
export type Vendor = (typeof vendors)[number];

/** Updraft's groups can be made and not be read. */
const readable = vendors.filter((name) => name !== 'updraft');
/** Velt's groups stand in the configuration, and their members do not. */
const all = '{ complete nodes { id members { nodes { id } } } }';
const of = (sources: readonly string[]) => `groups(filter: { sources: ${JSON.stringify(sources)} }) ${all}`;
const project = gid('updraft', 'Project', '901');

/** How long a vendor is given to answer a read, and so how long one that wants to be left alone is waited for; a write has three times as long. */
export const timeoutMs = 1_500;

/** Rollcall as a process, and the five vendors. */
export interface Ward {
  readonly service: Service;
  readonly life: Life;
}

export async function openWard(options: Partial<ServiceOptions> = {}): Promise<Ward> {
  const sources = { timeoutMs, cacheSeconds: 0 };
  const population = { people: people(20), groups: 2, membersPerGroup: 4, projects: 1, awkward: false };
  const service = await openService({ population, sources, latencyMs: 10, journalLimit: 1_000, ...options });
  const life = await service.start();
  // Code is compiled and the heap has its size before anything is compared.
  await closedLoop(life.url, { query: `{ ${of(readable)} }`, callers: 16, seconds: 5 });
  return { service, life };
}

/** What came of some seconds of load. */
export interface Round {
  /** Operations that want nothing of the sick vendor: how long each took, and how many lacked anything. */
  readonly others: readonly number[];
  readonly othersFailed: number;
  /** Operations that want it, and other vendors beside it where it is asked by queries. */
  readonly touching: readonly number[];
  /** Those that got nothing well formed, or lacked what other vendors have. */
  readonly touchingFailed: number;
  /** Those that got what the vendor has, too. */
  readonly touchingWhole: number;
  readonly peakMb: number;
}

/** Nobody waits for what another asks: how a source is asked, and answered for, would not be seen. */
const forHimself = { 'cache-control': 'no-cache' };

let made = 0;

/** Thirty operations a second that want a vendor, and sixty that do not. */
export async function round({ service, life }: Ward, sick: Vendor, seconds: number): Promise<Round> {
  // Two of the others: all that is asked here is answered in this process, too.
  const others = readable.filter((name) => name !== sick).slice(0, 2);
  const create = () =>
    `mutation { createUpdraftDistributionGroup(input: { project: "${project}", title: "Ring ${(made += 1)}" }) { group { id } } }`;
  const touch = sick === 'updraft' ? create : `{ sick: ${of([sick])} rest: ${of(others)} }`;
  const { url, process: child } = life;
  let peakMb = 0;
  const looking = setInterval(() => (peakMb = Math.max(peakMb, residentMb(child.pid!) ?? 0)), 50);
  const [far, near] = await Promise.all([
    openLoop({ url, perSecond: 60, seconds, headers: forHimself, query: `{ ${of(others)} }` }),
    openLoop({ url, perSecond: sick === 'updraft' ? 10 : 30, seconds, headers: forHimself, query: touch }),
  ]);
  clearInterval(looking);
  const isHeld = service.sandbox.server(sick).failures.length === 0;
  if (!isHeld) throw new Error(`the box of ${sick} has failed`);
  const [told, own] = [far.map(toldBy), near.map(toldBy)];
  return {
    others: far.map(msOf),
    othersFailed: told.filter((one) => !isWhole(one)).length,
    touching: near.map(msOf),
    touchingFailed: own.filter((one) => !(sick === 'updraft' ? one : isWhole(one, 'rest'))).length,
    touchingWhole: own.filter((one) => isWhole(one) && one.data.createUpdraftDistributionGroup?.group !== null).length,
    peakMb,
  };
}

/** Waits until a vendor that is well again is asked again. */
export async function recovered({ life }: Ward, vendor: Vendor): Promise<void> {
  const query = `{ ${of([vendor])} }`;
  for (const end = performance.now() + 90_000; performance.now() < end; await pause(100)) {
    if (vendor === 'updraft' || isWhole(await ask(life.url, query))) return;
  }
  throw new Error(`${vendor} is not asked again`);
}

/** From when it was to be sent; what the load was late itself is left out. */
const msOf = ({ ms, lateMs }: Shot): number => ms - lateMs;

function toldBy({ status, body }: Shot): any {
  return status === 200 ? JSON.parse(body) : undefined;
}

/** Whether nothing is wrong with an answer, or with that part of it. */
function isWhole(one: any, part?: string): boolean {
  const errors: readonly { path?: readonly unknown[] }[] = one?.errors ?? [];
  return Boolean(one?.data) && !errors.some(({ path }) => part === undefined || path?.[0] === part);
}
