import type { FastifyReply, FastifyRequest } from 'fastify';

/** A refusal in the form of its route: as GraphQL clients read it, else as those of datasets do. */
export function refuseCaller(
  { routeOptions }: FastifyRequest,
  reply: FastifyReply,
  { status, code, message }: { readonly status: 401 | 403; readonly code: string; readonly message: string },
): FastifyReply {
  const isGraph = routeOptions.url === '/graphql';
  return reply
    .code(status)
    .type('application/json; charset=utf-8')
    .send(isGraph ? { errors: [{ message, extensions: { code } }] } : { code, message, sources: [] });
}
