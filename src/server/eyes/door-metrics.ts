import { Gauge, type Registry } from 'prom-client';
import type { AdmissionCounts } from '../admission/admission.js';

/** How many wait at the door at the moment of asking. */
export function doorGauge(registry: Registry, atDoor: () => AdmissionCounts): void {
  new Gauge({
    name: 'rollcall_operations_waiting',
    help: 'Operations that are at the door and have not begun.',
    registers: [registry],
    collect() {
      this.set(atDoor().waiting);
    },
  });
}
