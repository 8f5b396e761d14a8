import type { ServerOptions, ServerResponse } from 'node:http';

/** How long a client may take for what, in milliseconds. */
export interface Patience {
  /** For the head of a request, from its first byte, or from the connection that brings none. */
  readonly headMs: number;
  /** For a whole request. */
  readonly requestMs: number;
  /** Taking nothing of an answer. */
  readonly answerMs: number;
}

export const usualPatience: Patience = { headMs: 5_000, requestMs: 10_000, answerMs: 60_000 };

/** More connections are closed as they come. */
export const mostConnections = 5_000;

/** What Node looks after itself, every second. */
export function timeoutsOf({ headMs, requestMs }: Patience): ServerOptions {
  return {
    headersTimeout: headMs,
    requestTimeout: requestMs,
    connectionsCheckingInterval: 1_000,
    maxHeaderSize: 16 * 1024,
    // Longer than what stands in front of it usually keeps a connection, so that it is never closed while a request is on its way.
    keepAliveTimeout: 72_000,
  };
}

/**
 * Gives up a client who takes nothing of his answer. Node asks a connection that rests whether anything has been taken of it since it
 * last asked, and closes it when nothing has; so it asks twice in the time.
 */
export function giveUpWhoTakesNothing(response: ServerResponse, { answerMs }: Patience): void {
  response.setTimeout(answerMs / 2);
}
