import { Gauge, type Registry } from 'prom-client';
import { lastSeen } from '../../graph/status.js';
import type { Source, Sources } from '../../graph/sources.js';

const breakerStates = { closed: 0, 'half-open': 1, open: 2 };

/** What is seen of each source at the moment of asking; a source of which a thing is not known has no line of it. */
export function gateGauges(registry: Registry, sources: Sources): void {
  const gauge = (name: string, help: string, valueOf: (source: Source) => number | null) =>
    new Gauge({
      name: `rollcall_${name}`,
      help,
      labelNames: ['source'],
      registers: [registry],
      collect() {
        for (const source of sources.all) {
          const value = valueOf(source);
          if (value === null) this.remove({ source: source.name });
          else this.set({ source: source.name }, value);
        }
      },
    });
  gauge('source_up', '1 when the source answered well when it was last asked, or was never asked; else 0.', (source) =>
    lastSeen(source).state === 'OK' ? 1 : 0,
  );
  gauge(
    'gate_breaker_state',
    'Whether calls are let through: 0 closed (they are), 1 half open (one tries), 2 open.',
    (s) => breakerStates[s.transport.state.breaker],
  );
  gauge('gate_in_flight', 'Calls under way.', ({ transport }) => transport.state.inFlight);
  gauge('gate_waiting', 'Calls that wait for a place.', ({ transport }) => transport.state.waiting);
  gauge(
    'gate_waiting_operations',
    'Operations whose calls wait for a place.',
    ({ transport }) => transport.state.waitingOperations,
  );
  gauge(
    'gate_pause_seconds',
    'In how many seconds the next call may go; 0 when one may go now.',
    ({ transport }) => transport.state.retryAfterSeconds ?? 0,
  );
  gauge(
    'vendor_quota_left',
    'Requests that requestsPerMinute leaves for now, or that the vendor said are left when it last said so.',
    ({ transport }) => transport.state.quotaLeft,
  );
}
