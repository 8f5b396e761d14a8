import { buildGraphSchema, printedSchema } from '../../resolvers/index.js';
import { Sources } from '../graph/sources.js';
import { openLedger } from '../ledger/sqlite.js';
import { openApp } from '../server/app.js';
import { openLog } from '../server/log.js';
import { fillSandbox } from './fill-sandbox.js';
import { openConfig, type OpenConfig } from './open-config.js';

/** Serves until it is told to stop; then it takes nothing new, lets what is under way end, and goes. */
export async function serve({ config: flag }: { readonly config?: string }): Promise<undefined> {
  const log = openLog();
  const opened = await openConfig(flag);
  const { config, sandbox } = opened;
  const ledger = await openLedger(config.ledger).catch(async (error: unknown) => {
    await sandbox?.close();
    throw error;
  });
  const sources = new Sources(config.sources);
  const schema = buildGraphSchema();
  const app = await openApp({
    schema,
    sdl: printedSchema(schema),
    sources,
    ledger,
    log,
    cors: config.server.cors,
  });

  const stop = async () => {
    await app.close();
    sources.close();
    await ledger.close();
    await sandbox?.close();
  };
  try {
    if (sandbox) await fillSandbox(app);
    await listen(app, config.server);
  } catch (error) {
    await stop();
    throw error;
  }
  process.stdout.write(greeting(opened, portOf(app) ?? config.server.port));
  stopOnSignals(stop);
}

async function listen(
  app: Awaited<ReturnType<typeof openApp>>,
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
function portOf(app: Awaited<ReturnType<typeof openApp>>): number | undefined {
  const address = app.server.address();
  return typeof address === 'object' ? address?.port : undefined;
}

function stopOnSignals(stop: () => Promise<void>): void {
  let stopping = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      stop().then(
        () => process.exit(0),
        () => process.exit(1),
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
