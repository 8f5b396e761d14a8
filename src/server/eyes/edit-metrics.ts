import { Gauge, type Registry } from 'prom-client';
import type { Writes } from '../../writes/writes.js';

/** How many edits of groups are on their way at this moment. */
export function editGauges(registry: Registry, writes: Writes): void {
  const gauge = (name: string, help: string, value: () => number) =>
    new Gauge({
      name: `rollcall_${name}`,
      help,
      registers: [registry],
      collect() {
        this.set(value());
      },
    });
  gauge('edits_waiting', 'Edits that wait for the turn of their group.', () => writes.waiting);
  gauge('edited_groups', 'Groups that are being edited, or shut while somebody waits.', () => writes.groups);
}
