import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { secretsOutsideSources, type Config } from '../config.js';
import { buildGraphSchema, printedSchema } from '../../resolvers/index.js';
import { Sources } from '../graph/sources.js';
import { isDatabase, ledgerAt } from '../ledger/open.js';
import { keepFor } from '../ledger/retention.js';
import type { Others } from '../reads/shared/shared-reads.js';
import { openApp } from '../server/app.js';
import { openAccess } from '../server/callers/access.js';
import { Redaction, secretsOf } from '../server/eyes/redaction.js';
import { openLog } from '../server/log.js';
import { fillSandbox } from './fill-sandbox.js';
import { keepHeapSmall } from './heap.js';
import { listen, portOf } from './listen.js';
import { openConfig, type OpenConfig } from './open-config.js';
import { stopOnSignals } from './stop.js';
import { leadWorkers } from './workers/crew.js';
import { leave, metricsOf, partOf, workerNumber } from './workers/worker.js';

/** Load balancers hear within this time that they are to send nothing more. */
const drainMs = 1_000;

interface ServeOptions {
  readonly config?: string;
  /** How many memberships the sandbox is to have. */
  readonly memberships?: string;
  /** How many processes are to serve. */
  readonly workers?: string;
}

/** Serves until it is told to stop, by workers where there are to be several. */
export async function serve({ config: flag, ...said }: ServeOptions): Promise<number | undefined> {
  const redaction = new Redaction();
  const worker = workerNumber();
  const log = openLog(redaction, { worker });
  const opened = await openConfig(flag, said).catch((error: unknown) => {
    leave();
    throw error;
  });
  const { workers, graceSeconds } = opened.config.server;
  redaction.hide(() => secretsOutsideSources(opened.config));
  if (workers === 1 || worker !== null) return serveHere(opened, { log, redaction, worker });
  const onReady = (port: number) => void process.stdout.write(greeting(opened, port));
  return leadWorkers({ count: workers, graceMs: graceSeconds * 1_000, log, onReady });
}

/** Serves until this process is told to stop; then it takes nothing new, lets what is under way end, and goes. */
async function serveHere(opened: OpenConfig, own: Own): Promise<undefined> {
  keepHeapSmall();
  // What is open is closed again in the opposite order, whether the start fails or the work is done.
  const open: (() => unknown)[] = [() => opened.sandbox?.close()];
  const stop = async () => {
    for (const close of open.splice(0).reverse()) await close();
  };
  // What fails beside another failure of the same answer is waited for by nobody: no reason to end what serves all others.
  process.on('unhandledRejection', (err) => own.log.error({ err }, 'something failed that nobody waited for'));
  try {
    const app = await openAll(opened, own, open);
    if (opened.sandbox) await fillSandbox(app);
    // Whoever has read the greeting may tell it to stop at once.
    stopOnSignals({ stop, graceMs: opened.config.server.graceSeconds * 1_000, log: own.log });
    await listen(app, opened.config.server);
    if (own.worker === null) process.stdout.write(greeting(opened, portOf(app) ?? opened.config.server.port));
  } catch (error) {
    await stop();
    leave();
    throw error;
  }
}

/** What belongs to this process alone. */
interface Own {
  readonly log: Logger;
  readonly redaction: Redaction;
  /** Its number where it is one of several. */
  readonly worker: number | null;
}

async function openAll(
  { config }: OpenConfig,
  { log, redaction, worker }: Own,
  open: (() => unknown)[],
): Promise<FastifyInstance> {
  const ledger = await ledgerAt(config.ledger);
  open.push(() => ledger.close());
  open.push(keepFor(ledger, config.retentionDays, (err) => log.error({ err }, 'could not forget old ledger entries')));
  const sources = Sources.open(partOf(config), await othersOf(config, log, open));
  open.push(() => sources.close());
  redaction.hide(() => secretsOf(sources));
  const access = await openAccess(config.auth, log);
  open.push(() => access.callers?.close());
  const schema = buildGraphSchema();
  const { cors, hosts } = config.server;
  const { limits, telemetry } = config;
  const sdl = printedSchema(schema);
  const metrics = metricsOf(worker);
  const app = await openApp({
    schema,
    sdl,
    sources,
    ledger,
    log,
    limits,
    access,
    telemetry,
    cors,
    hosts,
    drainMs,
    metrics,
  });
  open.push(() => app.close());
  return app;
}

/** What other processes may write to the same sources, and how this one hears of it. */
async function othersOf({ cache, ledger }: Config, log: Logger, open: (() => unknown)[]): Promise<Others> {
  // A ledger in a file has one process to write through.
  if (cache === 'memory') return isDatabase(ledger) ? 'unheard' : 'none';
  const { openValkey } = await import('../cache/valkey.js');
  const far = openValkey(cache, (isThere, error) => {
    if (isThere) log.info('the cache can be reached again');
    else log.warn({ reason: error?.message }, 'the cache cannot be reached: every request asks the vendors');
  });
  open.push(() => far.close());
  return far;
}

function greeting({ config, sandbox }: OpenConfig, port: number): string {
  const host = config.server.host.includes(':') ? `[${config.server.host}]` : config.server.host;
  const names = config.sources.map(({ name, definition }) => `${name} (${definition.title})`).join(', ');
  const what = sandbox
    ? 'No rollcall.yaml: serving the built-in sandbox, five vendors in a box on this machine. Nothing outside is called.'
    : `Serving ${config.file}.`;
  return [
    what,
    `  sources   ${names}`,
    `  page      http://${host}:${port}/`,
    `  graph     http://${host}:${port}/graphql`,
    `  datasets  http://${host}:${port}/datasets`,
    ...(config.server.workers > 1 ? [`  workers   ${config.server.workers}`] : []),
    '',
  ].join('\n');
}
