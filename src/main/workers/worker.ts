import cluster from 'node:cluster';
import type { Config } from '../../config.js';
import type { WorkerMetrics } from '../../server/eyes/metrics.js';
import { metricsOfAll } from './metrics.js';

/** The environment of the worker with this number. */
export function asWorker(number: number): Readonly<Record<string, string>> {
  return { ROLLCALL_WORKER: String(number) };
}

/** Which of several workers this process is, from 1; null where it serves alone, or leads them. */
export function workerNumber(): number | null {
  return cluster.isWorker ? Number(process.env.ROLLCALL_WORKER) : null;
}

/** Lets a worker that could not start end: the process that leads it would keep it alive. */
export function leave(): void {
  cluster.worker?.disconnect();
}

/** How a worker's metrics come together with those of the others. */
export function metricsOf(worker: number | null): WorkerMetrics | null {
  return worker === null ? null : { worker, ofAll: metricsOfAll };
}

/** A worker's part of what a source may be asked: together they ask no more than is configured, one call each at least. */
export function partOf({ sources, server: { workers } }: Config): Config['sources'] {
  const part = (whole: number) => Math.max(1, Math.floor(whole / workers));
  return sources.map((source) => {
    const { concurrency, requestsPerMinute } = source.bounds;
    const bounds = {
      ...source.bounds,
      concurrency: part(concurrency),
      requestsPerMinute: requestsPerMinute === null ? null : part(requestsPerMinute),
    };
    return { ...source, bounds };
  });
}
