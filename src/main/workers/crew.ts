import cluster, { type Worker } from 'node:cluster';
import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import { stopOnSignals } from '../stop.js';
import { answerMetrics } from './metrics.js';
import { asWorker } from './worker.js';

/** The first one who takes the place of another comes after so long, each next one of the same place after twice that. */
const soonMs = 100;
const latestMs = 30_000;
/** Who has lived so long was well: the next one in his place comes soon again. */
const wellMs = 10_000;
/** What the workers may take longer to end than they have been given. */
const marginMs = 2_000;

interface CrewOptions {
  /** How many workers serve. */
  readonly count: number;
  /** How long a worker may take to end, in milliseconds. */
  readonly graceMs: number;
  readonly log: Logger;
  /** All serve, on this port. */
  onReady(port: number): void;
}

interface Place {
  worker: Worker | null;
  since: number;
  /** How many in a row have not lived long. */
  failures: number;
}

/**
 * Serves by several processes on one port, this one serving nothing itself: it hands out the connections in turn, puts another
 * worker in the place of one that ended, and ends them all when it is told to. Resolves with the exit code when the first one
 * cannot start, which has said why by then; else when all serve.
 */
export async function leadWorkers(options: CrewOptions): Promise<number | undefined> {
  const crew = new Crew(options);
  const { graceMs, log } = options;
  stopOnSignals({ stop: () => crew.stop(), graceMs: graceMs + marginMs, log });
  answerMetrics();
  return crew.start();
}

class Crew {
  readonly #places: readonly Place[];
  readonly #serving = new Set<Worker>();
  #hasServed = false;
  #isReady = false;
  #isStopping = false;

  constructor(private readonly options: CrewOptions) {
    this.#places = Array.from({ length: options.count }, () => ({ worker: null, since: 0, failures: 0 }));
  }

  /** One goes first: what keeps it from serving would keep all of them, and is told once. */
  async start(): Promise<number | undefined> {
    const [first, ...others] = this.#places.keys();
    const failed = await new Promise<number | null>((settled) => {
      this.#fork(first!)
        .once('listening', () => settled(null))
        .once('exit', (code: number | null) => settled(code || 1));
    });
    if (failed !== null) return failed;
    for (const place of others) this.#fork(place);
    return undefined;
  }

  /** Ends all of them, in order; fails where one did not. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    const inOrder = this.#places.map(async ({ worker }) => {
      if (!worker) return true;
      // One that is still about to serve has nothing to end in order.
      const serves = this.#serving.has(worker);
      return (await ended(worker)) === 0 || !serves;
    });
    if ((await Promise.all(inOrder)).includes(false)) throw new Error('a worker did not end in order');
  }

  #fork(at: number): Worker {
    const place = this.#places[at]!;
    const worker = cluster.fork(asWorker(at + 1));
    Object.assign(place, { worker, since: performance.now() });
    worker.on('listening', (address: AddressInfo) => this.#serves(worker, address));
    worker.once('exit', (code: number | null, signal: string | null) => this.#left(at, worker, { code, signal }));
    return worker;
  }

  #serves(worker: Worker, { port }: AddressInfo): void {
    this.#hasServed = true;
    this.#serving.add(worker);
    if (this.#isReady || this.#serving.size < this.options.count) return;
    this.#isReady = true;
    this.options.onReady(port);
  }

  #left(at: number, worker: Worker, how: { readonly code: number | null; readonly signal: string | null }): void {
    const place = this.#places[at]!;
    this.#serving.delete(worker);
    place.worker = null;
    if (this.#isStopping || !this.#hasServed) return;
    const failures = performance.now() - place.since < wellMs ? place.failures : 0;
    const afterMs = Math.min(latestMs, soonMs * 2 ** failures);
    place.failures = failures + 1;
    const told = { worker: at + 1, pid: worker.process.pid, ...how, afterMs };
    this.options.log.error(told, 'a worker has ended: another takes its place');
    setTimeout(() => this.#isStopping || this.#fork(at), afterMs);
  }
}

/** Tells it to end; its exit code, null where it was killed. */
function ended(worker: Worker): Promise<number | null> {
  return new Promise((resolve) => {
    worker.once('exit', (code: number | null) => resolve(code));
    worker.process.kill('SIGTERM');
  });
}
