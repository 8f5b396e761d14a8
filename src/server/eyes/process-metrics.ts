import { Gauge, Registry, collectDefaultMetrics } from 'prom-client';

let registry: Registry | null = null;

/**
 * What is measured of the process itself: memory, processor, event loop, garbage collection. Made once for all apps in it,
 * since what watches the event loop and the collector is never taken away again.
 */
export function processMetrics(): Registry {
  if (registry) return registry;
  registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return registry;
}

/** Which build it is. */
export function buildInfo(into: Registry, version: string): void {
  const info = new Gauge({
    name: 'rollcall_build_info',
    help: 'Always 1; the labels say which build this is.',
    labelNames: ['version', 'node'],
    registers: [into],
  });
  info.set({ version, node: process.version }, 1);
}
