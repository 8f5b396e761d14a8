import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { Request } from '../../graph/request.js';
import type { Sources } from '../../graph/sources.js';
import type { OnCall } from '../../http/session.js';
import type { Ledger } from '../../ledger/ledger.js';
import type { OnLedgerTrouble } from '../../writes/recorder.js';
import type { Writes } from '../../writes/writes.js';
import type { AdmissionCounts } from '../admission/admission.js';
import { logLedgerTrouble, logTrouble } from '../log.js';
import { Metrics, type WorkerMetrics } from './metrics.js';
import { operationOf, remember } from './operation.js';
import { logOperations } from './operation-line.js';
import { Redaction, secretsOf } from './redaction.js';
import { openTraces, type Telemetry } from './traces.js';
import { watchOperations, type Watch } from './watch.js';

/** What makes seen what happens in an app: its log, its metrics and its traces. */
export interface Eyes {
  /** The ledger as the app is to use it: what becomes of its entries is counted. */
  readonly ledger: Ledger;
  /** Told of the calls of one HTTP request. */
  onCall(raw: FastifyRequest): OnCall;
  /** Told why the ledger failed when one HTTP request wrote to it. */
  onLedgerTrouble(raw: FastifyRequest): OnLedgerTrouble;
  /** The graph's request that was opened for one of HTTP. */
  opened(raw: FastifyRequest, request: Request): void;
  /** Told of operations that do not come by way of a route. */
  readonly watch: Watch;
  /** Serves `GET /metrics`. */
  serve(writes: Writes): void;
}

export interface EyesOptions {
  readonly sources: Sources;
  readonly ledger: Ledger;
  readonly log: Logger;
  readonly telemetry?: Telemetry | null;
  readonly metrics?: WorkerMetrics | null;
  /** How many are at the door. */
  readonly atDoor: () => AdmissionCounts;
}

/** Opens the eyes of an app. Its hooks have to come before those that refuse requests, so that these are seen, too. */
export async function openEyes(
  app: FastifyInstance,
  { sources, ledger, log, telemetry = null, metrics: shared = null, atDoor }: EyesOptions,
): Promise<Eyes> {
  const redaction = new Redaction().hide(() => secretsOf(sources));
  const metrics = new Metrics(sources, atDoor, shared);
  const traces = await openTraces(telemetry, redaction, log);
  const watch = watchOperations(app, [logOperations(log), metrics, ...(traces ? [traces] : [])]);
  if (traces) app.addHook('onClose', () => traces.close());
  return {
    ledger: metrics.ledger(ledger),
    watch,
    onCall(raw) {
      const operation = operationOf(raw);
      const told = [logTrouble(log, raw.id, redaction), metrics.onCall];
      if (operation && traces) told.push(traces.onCall(operation));
      // The last: with its last call an operation may end.
      if (operation) told.push(operation.onCall);
      return together(told);
    },
    onLedgerTrouble: (raw) => logLedgerTrouble(log, raw.id),
    opened(raw, request) {
      const operation = operationOf(raw);
      if (!operation) return;
      operation.request = request;
      remember(request, operation);
    },
    serve(writes) {
      metrics.writes(writes);
      app.get('/metrics', async (_request, reply) => reply.type(metrics.contentType).send(await metrics.text()));
    },
  };
}

function together(told: readonly OnCall[]): OnCall {
  return (call, whom) => {
    const ends = told.map((begin) => begin(call, whom));
    return (ended) => ends.forEach((end) => end(ended));
  };
}
