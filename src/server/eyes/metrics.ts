import { Registry } from 'prom-client';
import type { Sources } from '../../graph/sources.js';
import type { OnCall } from '../../http/session.js';
import type { Ledger } from '../../ledger/ledger.js';
import type { Writes } from '../../writes/writes.js';
import type { AdmissionCounts } from '../admission/admission.js';
import { versionOf } from '../package-root.js';
import { doorGauge } from './door-metrics.js';
import { editGauges } from './edit-metrics.js';
import { gateGauges } from './gate-metrics.js';
import { countedLedger } from './ledger-metrics.js';
import { operationMetrics } from './operation-metrics.js';
import { buildInfo, processMetrics } from './process-metrics.js';
import { VendorMetrics } from './vendor-metrics.js';
import type { Watcher } from './watch.js';

/** How a process that is one of several serves the metrics of all of them. */
export interface WorkerMetrics {
  readonly worker: number;
  /** What it gives back asks for the metrics of all; null where they could not be had. */
  ofAll(own: readonly Registry[]): () => Promise<string | null>;
}

/** All that is counted and measured in one app, and in the process that it runs in. */
export class Metrics implements Watcher {
  readonly #registry = new Registry();
  readonly #process = processMetrics();
  readonly #operations = operationMetrics(this.#registry);
  readonly #vendors: VendorMetrics;
  readonly contentType = this.#registry.contentType;
  readonly onCall: OnCall;

  readonly #ofAll: () => Promise<string | null>;

  constructor(sources: Sources, atDoor: () => AdmissionCounts, shared: WorkerMetrics | null = null) {
    buildInfo(this.#registry, versionOf());
    this.#vendors = new VendorMetrics(this.#registry, sources);
    this.onCall = this.#vendors.onCall;
    gateGauges(this.#registry, sources);
    doorGauge(this.#registry, atDoor);
    const own = [this.#registry, this.#process];
    if (shared) for (const registry of own) registry.setDefaultLabels({ worker: String(shared.worker) });
    this.#ofAll = shared?.ofAll(own) ?? (async () => null);
  }

  begun(...told: Parameters<Watcher['begun']>): void {
    this.#operations.begun(...told);
  }

  ended(...[operation]: Parameters<Watcher['ended']>): void {
    this.#operations.ended(operation);
    this.#vendors.add(operation.request?.upstream ?? []);
  }

  ledger(ledger: Ledger): Ledger {
    return countedLedger(ledger, this.#registry);
  }

  writes(writes: Writes): void {
    editGauges(this.#registry, writes);
  }

  /** As Prometheus reads them: those of all processes, or of this one where the others do not answer. */
  async text(): Promise<string> {
    const ofAll = await this.#ofAll();
    if (ofAll !== null) return ofAll;
    const texts = await Promise.all([this.#registry.metrics(), this.#process.metrics()]);
    return texts.join('');
  }
}
