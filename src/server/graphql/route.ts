import { isAscii } from 'node:buffer';
import type { ApolloServer } from '@apollo/server';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyInstance, RouteHandlerMethod } from 'fastify';
import { graphOf } from '../../graph/graph-of.js';
import { Passing } from '../../memory/passing.js';
import type { ToldAgain } from '../again/told-again.js';
import { isVisit } from '../callers/authenticate.js';
import type { OpenRequest } from '../open-request.js';
import type { OperationContext } from './operation-context.js';

/** `POST /graphql`, and `GET` for queries; a browser that comes here is sent to the page. */
export function graphqlRoute(
  app: FastifyInstance,
  apollo: ApolloServer<OperationContext>,
  openRequest: OpenRequest,
  again: ToldAgain,
): void {
  const handler = fastifyApolloHandler(apollo, {
    context: async (raw, reply) => {
      const request = openRequest(raw, reply);
      const traced = raw.headers['x-rollcall-trace'] === '1';
      return { graph: graphOf(request), request, traced, onMade: (made) => again.note(raw.raw, made) };
    },
  });
  const answer: RouteHandlerMethod = async function (raw, reply) {
    const text: unknown = await handler.call(this, raw, reply);
    return typeof text === 'string' ? sentAs(text) : text;
  };
  app.route({
    url: '/graphql',
    method: ['GET', 'POST'],
    preHandler: (request, reply, done) => {
      if (isVisit(request)) reply.redirect('/');
      else done();
    },
    handler: endedBeforeClosing(app, answer),
  });
}

/** A short answer goes out in one piece with its head where it is a text, if that is what its bytes are. */
const longestText = 16 * 1024;

/** Bytes are made of an answer once, and not for each look at their number. */
function sentAs(text: string): string | Buffer {
  const bytes = Buffer.from(text, 'latin1');
  return bytes.length <= longestText && isAscii(bytes) ? text : bytes;
}

/** A client that has left ends its reads, but no write: what a vendor did for it is remembered before the ledger closes. */
function endedBeforeClosing(app: FastifyInstance, handler: RouteHandlerMethod): RouteHandlerMethod {
  const underWay = new Passing<number, Promise<unknown>>();
  let count = 0;
  app.addHook('onClose', async () => void (await Promise.allSettled(underWay.values())));
  return async function answer(request, reply) {
    const answering = Promise.resolve(handler.call(this, request, reply));
    const nth = (count += 1);
    underWay.set(nth, answering);
    try {
      return await answering;
    } finally {
      underWay.delete(nth);
    }
  };
}
