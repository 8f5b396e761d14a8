import type { IncomingMessage } from 'node:http';
import { Admission } from './admission/admission.js';
import { KnownCallers } from './admission/callers.js';
import { Refusals, busyCode, type Headers } from './admission/refusal.js';
import type { OnTurnedAway } from './eyes/watch.js';
import { FrontDoor, type FrontDoorOptions } from './front-door.js';
import { requestIdOf } from './request-id.js';
import type { Patience } from './slow-clients.js';

export interface DoorOptions {
  /** How many operations get in at once. */
  readonly inFlight: number;
  /** Nobody is asked who he is. */
  readonly isOpen: boolean;
  /** Origins whose pages may ask. */
  readonly cors: readonly string[];
  /** Headers that stand on every answer. */
  readonly safe: Headers;
  readonly patience: Patience;
  readonly onTurnedAway: OnTurnedAway;
  readonly onEnded: FrontDoorOptions['onEnded'];
}

/** The door of an app, which turns away what is too much. Those who are turned away learn the same beside it as from any other answer. */
export function openDoor(options: DoorOptions): FrontDoor {
  const { inFlight, isOpen, cors, safe, patience, onTurnedAway, onEnded } = options;
  const origins = new Set(cors);
  return new FrontDoor({
    admission: new Admission(inFlight),
    callers: new KnownCallers(isOpen),
    refusals: new Refusals(safe),
    patience,
    onEnded,
    onRefusal(request) {
      const requestId = requestIdOf(request);
      onTurnedAway(requestId, pathOf(request), busyCode);
      return { 'x-request-id': requestId, ...readableFor(request, origins) };
    },
  });
}

function pathOf({ url = '' }: IncomingMessage): string {
  return url.split('?', 1)[0]!;
}

/** Lets the pages that may ask read the refusal, too. */
function readableFor({ headers: { origin } }: IncomingMessage, origins: ReadonlySet<string>): Headers {
  if (origins.size === 0) return {};
  const allowed = origin !== undefined && origins.has(origin);
  return {
    vary: 'Origin',
    ...(allowed
      ? { 'access-control-allow-origin': origin, 'access-control-expose-headers': 'x-request-id, retry-after' }
      : {}),
  };
}
