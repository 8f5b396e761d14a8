import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { buildGraphSchema, printedSchema } from '../../resolvers/index.js';
import { Sources } from '../graph/sources.js';
import { ledgerAt } from '../ledger/open.js';
import { keepFor } from '../ledger/retention.js';
import { openApp } from '../server/app.js';
import { openLog } from '../server/log.js';
import { fillSandbox } from './fill-sandbox.js';
import { openConfig, type OpenConfig } from './open-config.js';

/** Serves until it is told to stop; then it takes nothing new, lets what is under way end, and goes. */
export async function serve({ config: flag }: { readonly config?: string }): Promise<undefined> {
  const log = openLog();
  const opened = await openConfig(flag);
  // What is open is closed again in the opposite order, whether the start fails or the work is done.
  const open: (() => unknown)[] = [() => opened.sandbox?.close()];
  const stop = async () => {
    for (const close of open.splice(0).reverse()) await close();
  };
  try {
    const app = await openAll(opened, log, open);
    if (opened.sandbox) await fillSandbox(app);
    await listen(app, opened.config.server);
    process.stdout.write(greeting(opened, portOf(app) ?? opened.config.server.port));
  } catch (error) {
    await stop();
    throw error;
  }
  stopOnSignals(stop, log);
}

async function openAll({ config }: OpenConfig, log: Logger, open: (() => unknown)[]): Promise<FastifyInstance> {
  const ledger = await ledgerAt(config.ledger);
  open.push(() => ledger.close());
  open.push(keepFor(ledger, config.retentionDays, (err) => log.error({ err }, 'could not forget old ledger entries')));
  const sources = Sources.open(config.sources);
  open.push(() => sources.close());
  const schema = buildGraphSchema();
  const { cors, hosts } = config.server;
  const { limits } = config;
  const app = await openApp({ schema, sdl: printedSchema(schema), sources, ledger, log, limits, cors, hosts });
  open.push(() => app.close());
  return app;
}

async function listen(
  app: FastifyInstance,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<void> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE')
      throw new Error(`Port ${port} on ${host} is taken; set PORT or server.port to a free one.`);
    throw new Error(
      `Cannot listen on ${host} port ${port} (${code ?? 'unknown reason'}); set HOST and PORT, or server.host and server.port.`,
    );
  }
}

/** The port that was taken, where any free one was asked for. */
function portOf(app: FastifyInstance): number | undefined {
  const address = app.server.address();
  return typeof address === 'object' ? address?.port : undefined;
}

function stopOnSignals(stop: () => Promise<void>, log: Logger): void {
  let stopping = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      stop().then(
        () => process.exit(0),
        (error: unknown) => {
          log.error({ err: error }, 'could not stop in order');
          process.exit(1);
        },
      );
    });
  }
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
