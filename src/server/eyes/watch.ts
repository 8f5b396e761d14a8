import { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteHandlerMethod } from 'fastify';
import { Operation, operationOf, remember } from './operation.js';

/** Told of each operation as it begins and when all that was done for it has ended. */
export interface Watcher {
  begun(operation: Operation): void;
  ended(operation: Operation): void;
}

const dataset = /^\/datasets\/[^*]+\.[a-z]+$/;
/** So much of a refusal is read for its code. */
const longestRefusal = 16 * 1024;

/** Tells of a request that was turned away before it reached any hook, with the path that it was for and its code. */
export type OnTurnedAway = (requestId: string, path: string, code: string) => void;

/**
 * Watches the routes that answer operations: the graph and the datasets. Whatever refuses one of them, before it reaches its
 * handler or within, is seen here, if only the hooks of the others come after these.
 */
export function watchOperations(app: FastifyInstance, watchers: readonly Watcher[]): OnTurnedAway {
  const ended = (operation: Operation) => {
    for (const watcher of watchers) watcher.ended(operation);
  };
  app.addHook('onRoute', (route) => {
    if (isWatched(route.url)) route.handler = held(route.handler);
  });
  app.addHook('onRequest', async (request, reply) => {
    // What is asked from within, as the sandbox is filled, is no operation of a caller's.
    if (!(request.raw instanceof IncomingMessage)) return;
    const { url = '', method } = request.routeOptions;
    if (!isWatched(url) || ![method].flat().some((one) => one === request.method)) return;
    const { traceparent } = request.headers;
    const traceParent = typeof traceparent === 'string' ? traceparent : null;
    const operation = new Operation(request.id, dataset.test(url), traceParent, ended);
    remember(request, operation);
    closeWith(operation, reply);
    for (const watcher of watchers) watcher.begun(operation);
  });
  app.addHook('onSend', async (request, reply, payload) => {
    const operation = operationOf(request);
    if (operation && !operation.isTold && reply.statusCode >= 400) operation.addCode(codeOf(payload));
  });
  return (requestId, path, code) => {
    if (!isWatched(path)) return;
    const operation = new Operation(requestId, dataset.test(path), null, ended);
    const release = operation.hold();
    for (const watcher of watchers) watcher.begun(operation);
    operation.addCode(code);
    operation.close(503);
    release();
  };
}

function isWatched(url: string): boolean {
  return url === '/graphql' || dataset.test(url);
}

function closeWith(operation: Operation, { raw }: FastifyReply): void {
  const release = operation.hold();
  raw.once('close', () => {
    operation.close(raw.writableFinished ? raw.statusCode : null);
    release();
  });
}

/** A handler during which its operation goes on, whether its client waits or not. */
function held(handler: RouteHandlerMethod): RouteHandlerMethod {
  return async function watched(request: FastifyRequest, reply) {
    const release = operationOf(request)?.hold();
    try {
      return await handler.call(this, request, reply);
    } finally {
      release?.();
    }
  };
}

/** The code in a refusal, of the graph or of a dataset. */
function codeOf(payload: unknown): unknown {
  if (typeof payload !== 'string' || payload.length > longestRefusal) return undefined;
  try {
    const refusal = JSON.parse(payload) as { code?: unknown; errors?: { extensions?: { code?: unknown } }[] } | null;
    return refusal?.code ?? refusal?.errors?.[0]?.extensions?.code;
  } catch {
    return undefined;
  }
}
