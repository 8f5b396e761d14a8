import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { Kind, Outcome } from './operation.js';
import type { Watcher } from './watch.js';

const seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 120];
const costs = [10, 100, 1_000, 10_000, 100_000, 500_000, 1_000_000, 10_000_000];
const kinds: readonly Kind[] = ['query', 'mutation', 'dataset', 'unknown'];
const outcomes: readonly Outcome[] = ['ok', 'partial', 'refused', 'failed', 'cancelled'];

/** What is counted of operations. Their names are the words of clients: never a label. */
export function operationMetrics(registry: Registry): Watcher {
  const registers = [registry];
  const inFlight = new Gauge({
    name: 'rollcall_operations_in_flight',
    help: 'Operations that have begun and not ended.',
    registers,
  });
  const total = new Counter({
    name: 'rollcall_operations_total',
    help: 'Operations by kind (query, mutation, dataset; unknown: refused unread) and outcome (ok, partial, refused, failed, cancelled).',
    labelNames: ['kind', 'outcome'],
    registers,
  });
  const durations = new Histogram({
    name: 'rollcall_operation_duration_seconds',
    help: 'From the first byte of an operation to the last of its answer.',
    labelNames: ['kind'],
    buckets: seconds,
    registers,
  });
  const cost = new Histogram({
    name: 'rollcall_operation_cost',
    help: 'The estimated cost of an operation, where it was told.',
    buckets: costs,
    registers,
  });
  const errors = new Counter({
    name: 'rollcall_errors_total',
    help: 'Errors in answers by code, also those in userErrors.',
    labelNames: ['code'],
    registers,
  });
  const shed = new Counter({
    name: 'rollcall_shed_total',
    help: 'Operations refused with 503 before they began, since there was too much to do.',
    registers,
  });
  for (const kind of kinds) {
    durations.zero({ kind });
    for (const outcome of outcomes) total.inc({ kind, outcome }, 0);
  }
  errors.inc({ code: 'INTERNAL_SERVER_ERROR' }, 0);

  return {
    begun: () => inFlight.inc(),
    ended(operation) {
      inFlight.dec();
      if (operation.isPassedOn) return;
      const { kind, outcome } = operation;
      total.inc({ kind, outcome });
      durations.observe({ kind }, (operation.ms ?? 0) / 1000);
      if (operation.cost !== null) cost.observe(operation.cost);
      for (const [code, times] of operation.codes) errors.inc({ code }, times);
      if (operation.isShed) shed.inc();
    },
  };
}
