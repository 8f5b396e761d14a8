/** What a process holds when it has nothing to do, as `soak-measure.mjs` tells it from inside and Linux from outside. */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { scrape, sum } from './scrape.js';
import type { Life, Service } from './service.js';
import { vendors } from './sickness.js';
import { until } from './until.js';

export interface Held {
  /** What is kept on its heap and beside it once all garbage is collected. */
  readonly bytes: number;
  readonly residentMb: number;
  /** Connections to vendors, kept for the next call. */
  readonly pooled: number;
  /** All other sockets. */
  readonly sockets: number;
  /** Descriptors that are no sockets. */
  readonly files: number;
  /** Timers that anybody knows of, whether they keep the process alive or not, without the one of each connection to a vendor. */
  readonly timers: number;
  /** Signals that could break something off. */
  readonly signals: number;
  /** What keeps the process alive, by kind. */
  readonly active: Readonly<Record<string, number>>;
}

/** As `soak-measure.mjs` writes it. */
interface Told {
  readonly heapUsed: number;
  readonly external: number;
  readonly rss: number;
  readonly active: Readonly<Record<string, number>>;
  readonly objects: { readonly timers: number; readonly signals: number };
}

/** What must have ended before a process is at rest. */
const underWay = [
  'rollcall_operations_in_flight',
  'rollcall_gate_in_flight',
  'rollcall_gate_waiting',
  'rollcall_edits_waiting',
];
const mostRestMs = 60_000;

/** Waits until nothing is under way, and a second more; `file` is where the process tells what it holds. */
export async function heldAtRest({ sandbox }: Service, { url, process: child }: Life, file: string): Promise<Held> {
  await ended(url);
  const servers = vendors.map((name) => sandbox.server(name));
  await until(() => servers.every(({ live }) => live.requests === 0), mostRestMs);
  await pause(1_000);
  const before = linesOf(file).length;
  child.kill('SIGUSR2');
  await until(() => linesOf(file).length > before, mostRestMs);
  // Until it has closed the file.
  await pause(100);
  const told = JSON.parse(linesOf(file).at(-1)!) as Told;
  const pooled = servers.reduce((all, { live }) => all + live.sockets, 0);
  const descriptors = descriptorsOf(child.pid!);
  const sockets = descriptors.filter((link) => link.startsWith('socket:')).length;
  return {
    bytes: told.heapUsed + told.external,
    residentMb: told.rss / 2 ** 20,
    pooled,
    sockets: sockets - pooled,
    files: descriptors.length - sockets,
    timers: told.objects.timers - pooled,
    signals: told.objects.signals,
    active: told.active,
  };
}

async function ended(url: string): Promise<void> {
  for (const end = performance.now() + mostRestMs; ; await pause(100)) {
    const samples = await scrape(url);
    const pending = underWay.filter((name) => sum(samples, name) !== 0);
    if (pending.length === 0) return;
    if (performance.now() > end)
      throw new Error(`still under way a minute after the last request: ${pending.join(', ')}`);
  }
}

/** What each descriptor of a process leads to; empty where the system does not tell. */
function descriptorsOf(pid: number): readonly string[] {
  const folder = `/proc/${pid}/fd`;
  return readdirSync(folder).flatMap((name) => {
    try {
      return [readlinkSync(`${folder}/${name}`)];
    } catch {
      // It has been closed since.
      return [];
    }
  });
}

function linesOf(file: string): readonly string[] {
  try {
    return readFileSync(file, 'utf8').split('\n').slice(0, -1);
  } catch {
    return [];
  }
}
