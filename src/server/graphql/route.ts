import type { ApolloServer } from '@apollo/server';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyError, FastifyInstance, RouteHandlerMethod } from 'fastify';
import type { Logger } from 'pino';
import { graphOf } from '../../graph/graph-of.js';
import type { OpenRequest } from '../open-request.js';
import type { OperationContext } from './operation-context.js';

/** `POST /graphql`, and `GET` for queries; a browser that comes here is sent to the page. */
export function graphqlRoute(
  app: FastifyInstance,
  apollo: ApolloServer<OperationContext>,
  openRequest: OpenRequest,
  log: Logger,
): void {
  refuseOddRequests(app, log);
  const handler = fastifyApolloHandler(apollo, {
    context: async (raw, reply) => {
      const request = openRequest(raw, reply);
      return { graph: graphOf(request), request, traced: raw.headers['x-rollcall-trace'] === '1' };
    },
  });
  app.route({
    url: '/graphql',
    method: ['GET', 'POST'],
    preHandler: async (request, reply) => {
      const wantsPage = request.method === 'GET' && /\btext\/html\b/.test(request.headers.accept ?? '');
      if (wantsPage) return reply.redirect('/');
    },
    handler: endedBeforeClosing(app, handler),
  });
}

/** A client that has left ends its reads, but no write: what a vendor did for it is remembered before the ledger closes. */
function endedBeforeClosing(app: FastifyInstance, handler: RouteHandlerMethod): RouteHandlerMethod {
  const underWay = new Set<Promise<unknown>>();
  app.addHook('onClose', async () => void (await Promise.allSettled(underWay)));
  return async function answer(request, reply) {
    const answering = Promise.resolve(handler.call(this, request, reply));
    underWay.add(answering);
    try {
      return await answering;
    } finally {
      underWay.delete(answering);
    }
  };
}

/** What is not even JSON is refused in the form that GraphQL clients read; other methods are told which there are. */
function refuseOddRequests(app: FastifyInstance, log: Logger): void {
  app.route({
    url: '/graphql',
    method: ['PUT', 'PATCH', 'DELETE'],
    handler: async (_request, reply) => reply.code(405).header('allow', 'GET, POST').send(refusal('Use GET or POST')),
  });
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) {
      log.error({ err: error, requestId: request.id }, 'a request failed');
      return reply.code(500).send(refusal('Internal server error', 'INTERNAL_SERVER_ERROR'));
    }
    if (!request.url.startsWith('/graphql')) throw error;
    return reply.code(status).send(refusal(status === 400 ? 'Invalid JSON' : 'The request was refused'));
  });
}

function refusal(message: string, code = 'BAD_REQUEST') {
  return { errors: [{ message, extensions: { code } }] };
}
