import { IncomingMessage, type ServerResponse } from 'node:http';
import type { FastifyInstance, FastifyRequest, RouteHandlerMethod } from 'fastify';
import { arrivalOf } from '../arrival.js';
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

/** Tells of operations that do not come by way of a route. */
export interface Watch {
  readonly turnedAway: OnTurnedAway;
  /** An operation of the graph begins, and `response` is its answer. */
  begin(request: IncomingMessage, requestId: string, response: ServerResponse): Operation;
}

/**
 * Watches the routes that answer operations: the graph and the datasets. Whatever refuses one of them, before it reaches its
 * handler or within, is seen here, if only the hooks of the others come after these.
 */
export function watchOperations(app: FastifyInstance, watchers: readonly Watcher[]): Watch {
  const ended = (operation: Operation) => {
    for (const watcher of watchers) watcher.ended(operation);
  };
  const begin = (request: IncomingMessage, requestId: string, response: ServerResponse, isDataset = false) => {
    const { traceparent } = request.headers;
    const traceParent = typeof traceparent === 'string' ? traceparent : null;
    const operation = new Operation(requestId, isDataset, traceParent, ended, arrivalOf(request));
    closeWith(operation, response);
    for (const watcher of watchers) watcher.begun(operation);
    return operation;
  };
  app.addHook('onRoute', (route) => {
    if (isWatched(route.url)) route.handler = held(route.handler);
  });
  app.addHook('onRequest', (request, reply, done) => {
    // What is asked from within, as the sandbox is filled, is no operation of a caller's.
    if (request.raw instanceof IncomingMessage && isOperation(request)) {
      remember(request, begin(request.raw, request.id, reply.raw, dataset.test(request.routeOptions.url ?? '')));
    }
    done();
  });
  app.addHook('onSend', (request, reply, payload, done) => {
    const operation = operationOf(request);
    if (operation && !operation.isTold && reply.statusCode >= 400) operation.addCode(codeOf(payload));
    done();
  });
  const turnedAway: OnTurnedAway = (requestId, path, code) => {
    if (!isWatched(path)) return;
    const operation = new Operation(requestId, dataset.test(path), null, ended);
    const release = operation.hold();
    for (const watcher of watchers) watcher.begun(operation);
    operation.addCode(code);
    operation.close(503);
    release();
  };
  return { turnedAway, begin };
}

function isOperation({ routeOptions: { url = '', method }, method: used }: FastifyRequest): boolean {
  return isWatched(url) && (Array.isArray(method) ? method.includes(used) : method === used);
}

function isWatched(url: string): boolean {
  return url === '/graphql' || dataset.test(url);
}

function closeWith(operation: Operation, response: ServerResponse): void {
  const release = operation.hold();
  response.once('close', () => {
    operation.close(response.writableFinished ? response.statusCode : null);
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
