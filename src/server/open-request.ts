import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { Request, localCaller } from '../graph/request.js';
import type { Sources } from '../graph/sources.js';
import type { Writes } from '../writes/writes.js';
import { logTrouble } from './log.js';

/** Opens the graph for one HTTP request; its reads end with the answer, or when the client leaves before. */
export type OpenRequest = (raw: FastifyRequest, reply: FastifyReply) => Request;

export function openRequestOver(sources: Sources, writes: Writes, log: Logger): OpenRequest {
  return (raw, reply) => {
    const id = String(raw.id);
    const request = new Request(localCaller, sources, writes, { onCall: logTrouble(log, id, sources) });
    // An answer may be out before all that was begun for it: a field that is refused ends the others that cannot be null.
    reply.raw.once('close', () => request.leave());
    return request;
  };
}
