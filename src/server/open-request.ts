import type { FastifyReply, FastifyRequest } from 'fastify';
import { Request } from '../graph/request.js';
import type { Sources } from '../graph/sources.js';
import { freshnessOf } from '../reads/shared/freshness.js';
import type { Writes } from '../writes/writes.js';
import { arrivalOf } from './arrival.js';
import { callerOf } from './callers/authenticate.js';
import type { Eyes } from './eyes/eyes.js';

/** Opens the graph for one HTTP request; its reads end with the answer, or when the client leaves before. */
export type OpenRequest = (raw: FastifyRequest, reply: FastifyReply) => Request;

export function openRequestOver(sources: Sources, writes: Writes, eyes: Eyes): OpenRequest {
  return (raw, reply) => {
    const freshness = freshnessOf(raw.headers['cache-control'], arrivalOf(raw.raw));
    const explains = raw.headers['x-rollcall-explain'] === '1' && raw.routeOptions.url === '/graphql';
    const told = writes.toldTo(eyes.onLedgerTrouble(raw));
    const request = new Request(callerOf(raw), sources, told, { onCall: eyes.onCall(raw), freshness, explains });
    eyes.opened(raw, request);
    // An answer may be out before all that was begun for it: a field that is refused ends the others that cannot be null.
    reply.raw.once('close', () => request.leave());
    return request;
  };
}
