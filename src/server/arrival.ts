import type { IncomingMessage } from 'node:http';
import { Slot } from '../memory/slot.js';

const arrivals = new Slot<IncomingMessage, number>();

/** A request has come; what is done for it may have to wait for its turn. */
export function noteArrival(request: IncomingMessage): void {
  arrivals.set(request, Date.now());
}

/** When a request came, in milliseconds of `Date.now()`: now, where it did not come through the door. */
export function arrivalOf(request: IncomingMessage): number {
  return arrivals.get(request) ?? Date.now();
}
