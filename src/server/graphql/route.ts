import { isAscii } from 'node:buffer';
import type { ApolloServer } from '@apollo/server';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteHandlerMethod } from 'fastify';
import { graphOf } from '../../graph/graph-of.js';
import type { Request } from '../../graph/request.js';
import { Slot } from '../../memory/slot.js';
import { isVisit } from '../callers/authenticate.js';
import { operationOf } from '../eyes/operation.js';
import type { OpenRequest } from '../open-request.js';
import { KeptAnswers, keyOf, madeFor, typeOf, type KeptAnswer } from './kept-answers.js';
import type { OperationContext } from './operation-context.js';

/** `POST /graphql`, and `GET` for queries; a browser that comes here is sent to the page. */
export function graphqlRoute(
  app: FastifyInstance,
  apollo: ApolloServer<OperationContext>,
  openRequest: OpenRequest,
): void {
  const requests = new Slot<FastifyRequest, Request>();
  const handler = fastifyApolloHandler(apollo, {
    context: async (raw, reply) => {
      const request = openRequest(raw, reply);
      requests.set(raw, request);
      return { graph: graphOf(request), request, traced: raw.headers['x-rollcall-trace'] === '1' };
    },
  });
  const kept = new KeptAnswers();
  const answer: RouteHandlerMethod = async function (raw, reply) {
    const key = keyOf(raw);
    const known = key === null ? null : kept.find(key);
    if (known) return given(known, openRequest(raw, reply), reply);
    const text: unknown = await handler.call(this, raw, reply);
    const made = madeFor(requests.get(raw));
    const type = typeOf(reply);
    if (typeof text !== 'string') return text;
    const sent = sentAs(text);
    if (key !== null && made && type !== null) kept.keep(key, { text: sent, type, ...made });
    return sent;
  };
  app.route({
    url: '/graphql',
    method: ['GET', 'POST'],
    preHandler: async (request, reply) => {
      if (isVisit(request)) return reply.redirect('/');
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

/** Answers with what was answered before, and tells the eyes so. */
function given({ text, type, basis, name, cost }: KeptAnswer, request: Request, reply: FastifyReply): string | Buffer {
  for (const source of basis.sources) request.session(request.sources.get(source)!).found('cacheHits');
  const operation = operationOf(request);
  if (operation) {
    operation.kind = 'query';
    operation.cost = cost;
    operation.named(name);
    operation.tell('ok');
  }
  void reply.headers({ 'content-type': type, 'cache-control': 'no-store' });
  return text;
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
