import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { secretsOutsideSources } from '../config.js';
import { buildGraphSchema, printedSchema } from '../../resolvers/index.js';
import { Sources } from '../graph/sources.js';
import { ledgerAt } from '../ledger/open.js';
import { keepFor } from '../ledger/retention.js';
import { openApp } from '../server/app.js';
import { openAccess } from '../server/callers/access.js';
import { Redaction, secretsOf } from '../server/eyes/redaction.js';
import { openLog } from '../server/log.js';
import { fillSandbox } from './fill-sandbox.js';
import { listen, portOf } from './listen.js';
import { openConfig, type OpenConfig } from './open-config.js';
import { stopOnSignals } from './stop.js';

/** Load balancers hear within this time that they are to send nothing more. */
const drainMs = 1_000;

/** Serves until it is told to stop; then it takes nothing new, lets what is under way end, and goes. */
export async function serve({ config: flag }: { readonly config?: string }): Promise<undefined> {
  const redaction = new Redaction();
  const log = openLog(redaction);
  const opened = await openConfig(flag);
  redaction.hide(() => secretsOutsideSources(opened.config));
  // What is open is closed again in the opposite order, whether the start fails or the work is done.
  const open: (() => unknown)[] = [() => opened.sandbox?.close()];
  const stop = async () => {
    for (const close of open.splice(0).reverse()) await close();
  };
  try {
    const app = await openAll(opened, { log, redaction }, open);
    if (opened.sandbox) await fillSandbox(app);
    await listen(app, opened.config.server);
    process.stdout.write(greeting(opened, portOf(app) ?? opened.config.server.port));
  } catch (error) {
    await stop();
    throw error;
  }
  stopOnSignals({ stop, graceMs: opened.config.server.graceSeconds * 1_000, log });
}

interface Log {
  readonly log: Logger;
  readonly redaction: Redaction;
}

async function openAll(
  { config }: OpenConfig,
  { log, redaction }: Log,
  open: (() => unknown)[],
): Promise<FastifyInstance> {
  const ledger = await ledgerAt(config.ledger);
  open.push(() => ledger.close());
  open.push(keepFor(ledger, config.retentionDays, (err) => log.error({ err }, 'could not forget old ledger entries')));
  const sources = Sources.open(config.sources);
  open.push(() => sources.close());
  redaction.hide(() => secretsOf(sources));
  const access = await openAccess(config.auth, log);
  open.push(() => access.callers?.close());
  const schema = buildGraphSchema();
  const { cors, hosts } = config.server;
  const { limits, telemetry } = config;
  const sdl = printedSchema(schema);
  const app = await openApp({ schema, sdl, sources, ledger, log, limits, access, telemetry, cors, hosts, drainMs });
  open.push(() => app.close());
  return app;
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
    '',
  ].join('\n');
}
