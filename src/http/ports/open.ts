import type { Port } from '../port.js';
import { openCrossFetch } from './cross-fetch.js';
import { openUndici } from './undici.js';

const kinds = { 'cross-fetch': openCrossFetch, undici: openUndici } as const;

/** What carries the requests to a source: one contract, two libraries. */
export type TransportKind = keyof typeof kinds;

/** The one that costs less of the processor; see docs/decisions/2026-11-21-transports.md. */
const usual: TransportKind = 'undici';

/** Opens a port of its own for one source, the one place that opens sockets: they are shared with nobody. */
export function openPort(maxSockets: number, kind: TransportKind = usual): Port {
  return kinds[kind](maxSockets);
}
