import type { IncomingMessage } from 'node:http';

const arrivals = new WeakMap<IncomingMessage, number>();

/** A request has come; what is done for it may have to wait for its turn. */
export function noteArrival(request: IncomingMessage): void {
  arrivals.set(request, Date.now());
}

/** When a request came, in milliseconds of `Date.now()`: now, where it did not come through the door. */
export function arrivalOf(request: IncomingMessage): number {
  return arrivals.get(request) ?? Date.now();
}
