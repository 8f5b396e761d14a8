import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { buildGraphSchema, printedSchema } from '../../resolvers/index.js';
import { configOf } from '../../src/config.js';
import { Sources } from '../../src/graph/sources.js';
import type { Ledger } from '../../src/ledger/ledger.js';
import { openLedger } from '../../src/ledger/sqlite.js';
import { openSandbox, type Sandbox, type SandboxOptions } from '../../src/sandbox/sandbox.js';
import { openApp, type Limits } from '../../src/server/app.js';
import { boxes, vendors } from '../../src/vendors/all.js';

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
  ...options
}: RollcallOptions = {}): Promise<Rollcall> {
  const sandbox = await openSandbox(boxes, options);
  const names = only ?? Object.keys(sandbox.sources);
  const plain = Object.fromEntries(names.map((name) => [name, { ...sandbox.sources[name], ...changed[name] }]));
  const config = configOf({ ledger: ':memory:', sources: plain }, { env: {}, vendors });
  const ledger = await openLedger(file);
  const sources = Sources.open(config.sources);
  const log: string[] = [];
  const app = await openApp({
    schema,
    sdl: printedSchema(schema),
    sources,
    ledger,
    log: pino({ base: undefined }, { write: (line: string) => void log.push(line) }),
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
