import compress from '@fastify/compress';
import cors from '@fastify/cors';
import fastify, { type FastifyInstance } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import type { OperationLimits } from '../graph/limits/check.js';
import type { Sources } from '../graph/sources.js';
import type { Ledger } from '../ledger/ledger.js';
import { Writes } from '../writes/writes.js';
import { ToldAgain } from './again/told-again.js';
import type { Access } from './callers/access.js';
import { authenticate } from './callers/authenticate.js';
import { datasetRoutes } from './datasets/routes.js';
import { drain } from './drain.js';
import { openEyes } from './eyes/eyes.js';
import type { WorkerMetrics } from './eyes/metrics.js';
import type { Telemetry } from './eyes/traces.js';
import { openApollo } from './graphql/apollo.js';
import type { OperationBudget } from './graphql/deadline.js';
import { refuseOddRequests } from './graphql/odd-requests.js';
import { graphqlRoute } from './graphql/route.js';
import { healthRoutes } from './health.js';
import { answerOwnNamesOnly } from './hosts.js';
import { logLedgerTrouble } from './log.js';
import { openDoor } from './open-door.js';
import { openRequestOver } from './open-request.js';
import { pageRoutes } from './page.js';
import { requestIdOf } from './request-id.js';
import { schemaRoute } from './schema.js';
import { securityHeaders } from './security-headers.js';
import { usualPatience, type Patience } from './slow-clients.js';

/** What one operation, one document and one request may cost; each is described in `src/config/limits.ts`. */
export interface Limits extends OperationLimits, OperationBudget {
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
  readonly access: Access;
  /** Where traces go; nowhere when left out. */
  readonly telemetry?: Telemetry | null;
  /** How metrics come together, where this is one of several processes. */
  readonly metrics?: WorkerMetrics | null;
  /** Origins whose pages may ask. */
  readonly cors: readonly string[];
  /** Names that the server is called by, beside those of this machine. */
  readonly hosts?: readonly string[];
  /** How long requests still get in after it was told to stop, in milliseconds; none when left out. */
  readonly drainMs?: number;
  /** What clients may take their time for, where not as usual. */
  readonly patience?: Partial<Patience>;
}

/** The headers of ours that a page of another origin may read. */
const exposed = [
  'x-request-id',
  'retry-after',
  'x-complete',
  'x-incomplete-sources',
  'x-ledger-sources',
  'x-row-count',
];

/** Everything that is served over HTTP. Closing it lets the answers under way go out first. */
export async function openApp({
  schema,
  sdl,
  sources,
  ledger,
  log,
  limits,
  access,
  telemetry,
  metrics,
  cors: origins,
  hosts = [],
  drainMs = 0,
  patience: given = {},
}: AppOptions): Promise<FastifyInstance> {
  const safe = securityHeaders();
  const patience = { ...usualPatience, ...given };
  const door = openDoor({
    inFlight: limits.inFlight,
    isOpen: access.callers === null,
    cors: origins,
    safe,
    patience,
    onTurnedAway: (...told) => eyes.watch.turnedAway(...told),
    onEnded: (oldest) => sources.onlyFor(oldest),
  });
  const again = new ToldAgain({
    sources,
    callers: access.callers,
    nameOf: (request) => door.nameOf(request),
    answers: (response) => door.answers(response),
    begin: (...told) => eyes.watch.begin(...told),
  });
  const app = fastify({
    logger: false,
    genReqId: requestIdOf,
    serverFactory: (answer) => door.open(again.over(answer)),
    forceCloseConnections: 'idle',
    // What was on its way when we were told to stop is answered, and `/readyz` says itself that we are draining.
    return503OnClosing: false,
  });
  app.addHook('preClose', () => drain(door, app.server, drainMs));
  app.addHook('onSend', (_request, { raw }, _body, done) => {
    door.answers(raw);
    done();
  });
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(safe).header('x-request-id', request.id);
    done();
  });
  const eyes = await openEyes(app, { sources, ledger, log, telemetry, metrics, atDoor: () => door.counts });
  if (!access.callers) answerOwnNamesOnly(app, hosts);
  if (origins.length > 0) await app.register(cors, { origin: [...origins], exposedHeaders: [...exposed] });
  await app.register(compress, { encodings: ['gzip', 'identity'], threshold: 1_024 });
  again.keepFrom(app);
  authenticate(app, access, log);
  app.addHook('onRequest', ({ raw, caller }, _reply, done) => {
    if (caller) door.learn(raw, caller.name);
    done();
  });

  // What other processes have written is heard of before anything is read.
  const { catchUp } = sources;
  if (catchUp)
    app.addHook('preHandler', ({ url }) => (/^\/(graphql|datasets)/.test(url) ? catchUp() : Promise.resolve()));
  const apollo = await openApollo(schema, access, log, limits);
  app.addHook('onClose', () => apollo.stop());
  const writes = new Writes(eyes.ledger, logLedgerTrouble(log));
  const openRequest = openRequestOver(sources, writes, eyes);
  refuseOddRequests(app, limits.bodyBytes, log);
  graphqlRoute(app, apollo, openRequest, again);
  await datasetRoutes(app, { schema, log, openRequest: ({ request, reply }) => openRequest(request, reply) });
  eyes.serve(writes);
  healthRoutes(app, sources, () => door.isClosing);
  schemaRoute(app, sdl, access);
  await pageRoutes(app, access);
  return app;
}
