import type { FastifyReply } from 'fastify';
import type { BadInput } from '../../graph/bad-input.js';
import type { VendorError } from '../../http/errors.js';

/** What a client should wait where no vendor says how long. */
const usualWaitSeconds = 10;

/** Every error of these routes: a code, a sentence, and the sources that failed. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly sources: readonly string[];
}

export function refuse(reply: FastifyReply, status: number, refusal: Refusal): FastifyReply {
  return reply.code(status).send(refusal);
}

/** An address that asks for what there is not. */
export function refuseInput(reply: FastifyReply, { message }: BadInput): FastifyReply {
  return refuse(reply, 400, { code: 'BAD_USER_INPUT', message, sources: [] });
}

/** A dataset that would not be whole. The code is that of the first source that failed. */
export function refuseShort(reply: FastifyReply, failures: readonly VendorError[]): FastifyReply {
  const waits = failures.map(({ retryAfterSeconds }) => retryAfterSeconds).filter((wait) => wait !== null);
  reply.header('retry-after', String(waits.length > 0 ? Math.max(1, ...waits) : usualWaitSeconds));
  const reasons = failures.map(({ message }) => message).join(' ');
  return refuse(reply, 503, {
    code: failures[0]?.code ?? 'VENDOR_UNAVAILABLE',
    message: `The dataset would not be whole. ${reasons} Ask again later, without these sources, or with partial=true.`,
    sources: failures.map(({ source }) => source),
  });
}

/** A client whose HTTP cannot carry the answer safely. */
export function refuseVersion(reply: FastifyReply): FastifyReply {
  const message =
    'The dataset is too long for HTTP/1.0, which cannot tell a cut file from a whole one. Ask by HTTP/1.1.';
  return refuse(reply, 505, { code: 'BAD_USER_INPUT', message, sources: [] });
}

export function refuseBroken(reply: FastifyReply): FastifyReply {
  return refuse(reply, 500, { code: 'INTERNAL_SERVER_ERROR', message: 'Internal server error', sources: [] });
}

export function refuseUnknown(reply: FastifyReply, names: readonly string[]): FastifyReply {
  const message = `There is no such dataset; there are ${names.join(', ')}, and /datasets describes them.`;
  return refuse(reply, 404, { code: 'NOT_FOUND', message, sources: [] });
}
