import { Counter, Histogram, type Registry } from 'prom-client';
import type { Sources } from '../../graph/sources.js';
import type { OnCall, Upstream } from '../../http/session.js';

const seconds = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15];

/** What is counted of the calls to each source, and what its gate shows when it is asked. */
export class VendorMetrics {
  readonly #requests;
  readonly #durations;
  readonly #errors;
  readonly #retries;
  readonly #waited;
  readonly #cacheHits;
  readonly #shared;

  constructor(registry: Registry, sources: Sources) {
    const registers = [registry];
    const counter = <Label extends string>(name: string, help: string, ...labelNames: readonly Label[]) =>
      new Counter({ name: `rollcall_${name}`, help, labelNames, registers });
    this.#requests = counter(
      'vendor_requests_total',
      'Requests to a vendor by the status of the answer, or by the code where none came. Requests for tokens are not among them.',
      'source',
      'status',
    );
    this.#durations = new Histogram({
      name: 'rollcall_vendor_request_duration_seconds',
      help: 'How long a call took from the place in the gate to the answer understood; a renewed token is part of it.',
      labelNames: ['source'],
      buckets: seconds,
      registers,
    });
    this.#errors = counter(
      'vendor_errors_total',
      'Calls that failed, by code, also those never sent.',
      'source',
      'code',
    );
    this.#retries = counter('vendor_retries_total', 'Requests that were sent a second time.', 'source');
    this.#waited = counter(
      'vendor_wait_seconds_total',
      'Time that calls waited for a place at their source.',
      'source',
    );
    this.#cacheHits = counter('cache_hits_total', 'Reads that were answered from what was kept.', 'source');
    this.#shared = counter('shared_reads_total', 'Reads that were answered by one that was under way.', 'source');
    for (const { name: source } of sources.all) this.#begin(source);
  }

  readonly onCall: OnCall = (_call, { source }) => {
    const began = performance.now();
    return ({ receipt, error, abandoned }) => {
      const { attempts, earlier, status, waitedMs } = receipt;
      const code = abandoned ? 'ABANDONED' : (error?.code ?? 'UNKNOWN');
      if (error && !abandoned) this.#errors.inc({ source, code });
      if (waitedMs > 0) this.#waited.inc({ source }, waitedMs / 1000);
      if (attempts === 0) return;
      for (const before of [...earlier, status]) this.#requests.inc({ source, status: String(before ?? code) });
      if (attempts > 1) this.#retries.inc({ source }, attempts - 1);
      this.#durations.observe({ source }, Math.max(0, performance.now() - began - waitedMs) / 1000);
    };
  };

  /** What one operation was spared. */
  add(upstream: readonly Upstream[]): void {
    for (const { source, cacheHits, shared } of upstream) {
      if (cacheHits > 0) this.#cacheHits.inc({ source }, cacheHits);
      if (shared > 0) this.#shared.inc({ source }, shared);
    }
  }

  /** A rate can only be told of what has stood at 0 before. */
  #begin(source: string): void {
    this.#requests.inc({ source, status: '200' }, 0);
    this.#errors.inc({ source, code: 'VENDOR_UNAVAILABLE' }, 0);
    for (const counter of [this.#retries, this.#waited, this.#cacheHits, this.#shared]) counter.inc({ source }, 0);
    this.#durations.zero({ source });
  }
}
