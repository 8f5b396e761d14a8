import type { ApolloServer } from '@apollo/server';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyInstance, RouteHandlerMethod } from 'fastify';
import { graphOf } from '../../graph/graph-of.js';
import { isVisit } from '../callers/authenticate.js';
import type { OpenRequest } from '../open-request.js';
import type { OperationContext } from './operation-context.js';

/** `POST /graphql`, and `GET` for queries; a browser that comes here is sent to the page. */
export function graphqlRoute(
  app: FastifyInstance,
  apollo: ApolloServer<OperationContext>,
  openRequest: OpenRequest,
): void {
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
      if (isVisit(request)) return reply.redirect('/');
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
