import { randomUUID } from 'node:crypto';
import compress from '@fastify/compress';
import cors from '@fastify/cors';
import helmet from '@fastify/helmet';
import fastify, { type FastifyInstance } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import type { Sources } from '../graph/sources.js';
import type { Ledger } from '../ledger/ledger.js';
import { Writes } from '../writes/writes.js';
import { datasetRoutes } from './datasets/routes.js';
import { openApollo } from './graphql/apollo.js';
import { graphqlRoute } from './graphql/route.js';
import { healthRoutes } from './health.js';
import { answerOwnNamesOnly } from './hosts.js';
import { logLedgerTrouble } from './log.js';
import { openRequestOver } from './open-request.js';
import { pageRoutes } from './page.js';

/** What one operation, one document and one request may cost; each is described in `src/config/limits.ts`. */
export interface Limits {
  readonly deadlineMs: number;
  readonly calls: number;
  readonly cost: number;
  readonly depth: number;
  readonly selections: number;
  readonly aliases: number;
  readonly directives: number;
  readonly mutations: number;
  readonly operations: number;
  readonly tokens: number;
  readonly bodyBytes: number;
  readonly inFlight: number;
}

export interface AppOptions {
  readonly schema: GraphQLSchema;
  /** The printed schema, as `GET /schema.graphql` gives it. */
  readonly sdl: string;
  readonly sources: Sources;
  readonly ledger: Ledger;
  readonly log: Logger;
  readonly limits: Limits;
  /** Origins whose pages may ask. */
  readonly cors: readonly string[];
  /** Names that the server is called by, beside those of this machine. */
  readonly hosts?: readonly string[];
}

/** The headers of ours that a page of another origin may read. */
const exposed = ['x-request-id', 'x-complete', 'x-incomplete-sources', 'x-ledger-sources', 'x-row-count'];

const visibleAscii = /^[\x21-\x7e]{1,128}$/;

/** Everything that is served over HTTP. Closing it lets the answers under way go out first. */
export async function openApp({
  schema,
  sdl,
  sources,
  ledger,
  log,
  cors: origins,
  hosts = [],
}: AppOptions): Promise<FastifyInstance> {
  const app = fastify({
    logger: false,
    genReqId: ({ headers }) => requestIdOf(headers['x-request-id']),
    forceCloseConnections: 'idle',
    // What was on its way when we were told to stop is answered, and `/readyz` says itself that we are draining.
    return503OnClosing: false,
  });
  let draining = false;
  app.addHook('preClose', async () => {
    draining = true;
    closeConnectionsAsTheyRest(app);
  });
  app.addHook('onRequest', async (request, reply) => void reply.header('x-request-id', request.id));
  answerOwnNamesOnly(app, hosts);
  await app.register(helmet, { contentSecurityPolicy: { useDefaults: false, directives: policy } });
  if (origins.length > 0) await app.register(cors, { origin: [...origins], exposedHeaders: [...exposed] });
  await app.register(compress, { encodings: ['gzip', 'identity'], threshold: 1_024 });

  const apollo = await openApollo(schema, log);
  app.addHook('onClose', () => apollo.stop());
  const writes = new Writes(ledger, logLedgerTrouble(log));
  const openRequest = openRequestOver(sources, writes, log);
  graphqlRoute(app, apollo, openRequest, log);
  await datasetRoutes(app, { schema, log, openRequest: ({ request, reply }) => openRequest(request, reply) });
  healthRoutes(app, sources, () => draining);
  app.get('/schema.graphql', async (_request, reply) => reply.type('text/plain; charset=utf-8').send(sdl));
  await pageRoutes(app);
  return app;
}

/** A client that keeps its connection must not hold up the end: as soon as its last answer is out, it is closed. */
function closeConnectionsAsTheyRest({ server }: FastifyInstance): void {
  const sweep = setInterval(() => server.closeIdleConnections(), 50);
  server.once('close', () => clearInterval(sweep));
}

/** What the page needs, and nothing else: scripts, workers and data from here, styles also written by the editor. */
const policy = {
  'default-src': ["'self'"],
  'style-src': ["'self'", "'unsafe-inline'"],
  'font-src': ["'self'", 'data:'],
  'img-src': ["'self'", 'data:'],
  'worker-src': ["'self'", 'blob:'],
  'object-src': ["'none'"],
  'base-uri': ["'none'"],
  'form-action': ["'self'"],
  'frame-ancestors': ["'none'"],
};

function requestIdOf(given: string | string[] | undefined): string {
  return typeof given === 'string' && visibleAscii.test(given) ? given : randomUUID();
}
