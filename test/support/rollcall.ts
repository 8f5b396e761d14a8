import type { FastifyInstance } from 'fastify';
import { buildGraphSchema, printedSchema } from '../../resolvers/index.js';
import { configOf } from '../../src/config.js';
import { Sources } from '../../src/graph/sources.js';
import type { Ledger } from '../../src/ledger/ledger.js';
import { openLedger } from '../../src/ledger/sqlite.js';
import { openSandbox, type Sandbox, type SandboxOptions } from '../../src/sandbox/sandbox.js';
import { openAccess } from '../../src/server/callers/access.js';
import { openApp, type Limits } from '../../src/server/app.js';
import { Redaction, secretsOf } from '../../src/server/eyes/redaction.js';
import { openLog } from '../../src/server/log.js';
import { boxes, vendors } from '../../src/vendors/all.js';
import type { BoxDefinition } from '../../src/vendors/boxed.js';
import { forgetWithFaults } from './forget-troubles.js';

/** What a GraphQL client gets, loosely typed: tests know what they asked. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly data: any;
  readonly errors?: readonly {
    message: string;
    path?: readonly (string | number)[];
    extensions: Record<string, any>;
  }[];
  readonly extensions?: any;
}

export interface Rollcall {
  readonly url: string;
  readonly sandbox: Sandbox;
  readonly app: FastifyInstance;
  /** What has been written through here; tests may write facts that no vendor is asked about. */
  readonly ledger: Ledger;
  /** The log, line by line. */
  readonly log: readonly string[];
  ask(query: string, variables?: object, headers?: Record<string, string>): Promise<Answer>;
  close(): Promise<void>;
}

export interface RollcallOptions extends SandboxOptions {
  /** Keys added to a source's configuration, by source name. */
  readonly sources?: Readonly<Record<string, object>>;
  /** Only these sources, in this order. */
  readonly only?: readonly string[];
  readonly ledger?: string;
  /** Origins whose pages may ask. */
  readonly cors?: readonly string[];
  /** Names that the server is called by, beside those of this machine. */
  readonly hosts?: readonly string[];
  readonly limits?: Partial<Limits>;
  /** Gates remember what was wrong when faults are cleared, as they do in life. */
  readonly remember?: boolean;
  /** For how long reads are kept; 0 when left out, since tests change what is at vendors behind our back. */
  readonly cacheSeconds?: number;
  /** Other vendors in boxes than one of each. */
  readonly boxes?: readonly BoxDefinition[];
  /** Who may ask, as in `rollcall.yaml`; files in it by their absolute paths. */
  readonly auth?: object;
  /** Where traces go, as in `rollcall.yaml`. */
  readonly telemetry?: object;
}

const schema = buildGraphSchema();

/** Our server on a free port, over a sandbox of its own. */
export async function openRollcall({
  sources: changed = {},
  only,
  ledger: file = ':memory:',
  cors = [],
  hosts = [],
  limits = {},
  remember = false,
  cacheSeconds = Number(process.env['ROLLCALL_TEST_CACHE'] ?? 0),
  boxes: inBoxes = boxes,
  auth,
  telemetry,
  ...options
}: RollcallOptions = {}): Promise<Rollcall> {
  const sandbox = await openSandbox(inBoxes, options);
  const names = only ?? Object.keys(sandbox.sources);
  const plain = Object.fromEntries(
    names.map((name) => [name, { ...sandbox.sources[name], cacheSeconds, ...changed[name] }]),
  );
  const config = configOf(
    { ledger: ':memory:', auth: auth ?? { mode: 'none' }, ...(telemetry && { telemetry }), sources: plain },
    { env: {}, vendors },
  );
  const ledger = await openLedger(file);
  const sources = Sources.open(config.sources);
  if (!remember) forgetWithFaults(sandbox, sources);
  const log: string[] = [];
  const redaction = new Redaction().hide(() => secretsOf(sources));
  const logger = openLog(redaction, { level: 'info', to: { write: (line) => void log.push(line) } });
  const access = await openAccess(config.auth, logger);
  const app = await openApp({
    schema,
    sdl: printedSchema(schema),
    sources,
    ledger,
    log: logger,
    access,
    telemetry: config.telemetry,
    limits: { ...config.limits, ...limits },
    cors,
    hosts,
  });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  return {
    url,
    sandbox,
    app,
    ledger,
    log,
    ask: (query, variables, headers) => ask(url, query, variables, headers),
    async close() {
      await app.close();
      access.callers?.close();
      sources.close();
      await ledger.close();
      await sandbox.close();
    },
  };
}

/** Sends one operation as a frontend would. */
export async function ask(
  url: string,
  query: string,
  variables: object = {},
  headers: Record<string, string> = {},
): Promise<Answer> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  });
  return { status: response.status, headers: response.headers, ...((await response.json()) as object) } as Answer;
}
