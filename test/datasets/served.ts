import compress from '@fastify/compress';
import fastify from 'fastify';
import { graphql, type GraphQLSchema } from 'graphql';
import { buildGraphSchema } from '../../resolvers/index.js';
import { configOf } from '../../src/config.js';
import { graphOf } from '../../src/graph/graph-of.js';
import { localCaller } from '../../src/graph/caller.js';
import { Request } from '../../src/graph/request.js';
import { Sources } from '../../src/graph/sources.js';
import type { Ledger } from '../../src/ledger/ledger.js';
import { Writes } from '../../src/writes/writes.js';
import { openLedger } from '../../src/ledger/sqlite.js';
import { openSandbox, type Sandbox, type SandboxOptions } from '../../src/sandbox/sandbox.js';
import { securityHeaders } from '../../src/server/security-headers.js';
import { datasetRoutes } from '../../src/server/datasets/routes.js';
import { boxes, vendors } from '../../src/vendors/all.js';
import { forgetWithFaults } from '../support/forget-troubles.js';

export interface Served {
  readonly url: string;
  readonly sandbox: Sandbox;
  readonly ledger: Ledger;
  readonly schema: GraphQLSchema;
  /** What was written down, sentence by sentence. */
  readonly log: string[];
  /** Asks the graph over the same sources. */
  ask(query: string): Promise<any>;
  close(): Promise<void>;
}

export interface ServedOptions extends SandboxOptions {
  /** Only these sources, in this order. */
  readonly only?: readonly string[];
  /** Keys added to a source's configuration, by source name. */
  readonly sources?: Readonly<Record<string, object>>;
  readonly idleMs?: number;
}

export const schema = buildGraphSchema();

/** The datasets alone on a free port, between the plugins that they must get on with, over a sandbox of their own. */
export async function openServed({
  only,
  sources: changed = {},
  idleMs,
  ...options
}: ServedOptions = {}): Promise<Served> {
  const sandbox = await openSandbox(
    boxes.filter(({ sourceName }) => !only || only.includes(sourceName)),
    { journalLimit: 5_000, ...options },
  );
  const names = only ?? Object.keys(sandbox.sources);
  const plain = Object.fromEntries(
    names.map((name) => [name, { ...sandbox.sources[name], cacheSeconds: 0, ...changed[name] }]),
  );
  const sources = Sources.open(configOf({ ledger: ':memory:', sources: plain }, { env: {}, vendors }).sources);
  forgetWithFaults(sandbox, sources);
  const ledger = await openLedger(':memory:');
  const log: string[] = [];
  const note = (_fields: unknown, message?: string) => void log.push(message ?? '');

  const app = fastify({ forceCloseConnections: true });
  app.addHook('onRequest', async (_request, reply) => void reply.headers(securityHeaders()));
  await app.register(compress, { threshold: 1_024 });
  await datasetRoutes(app, {
    schema,
    idleMs,
    log: { warn: note, error: note, info() {} } as never,
    openRequest({ reply }) {
      const request = new Request(localCaller, sources, new Writes(ledger));
      reply.raw.once('close', () => {
        if (!reply.raw.writableFinished) request.leave();
      });
      return request;
    },
  });

  return {
    url: await app.listen({ host: '127.0.0.1', port: 0 }),
    sandbox,
    ledger,
    schema,
    log,
    ask: (source) =>
      graphql({
        schema,
        source,
        contextValue: { graph: graphOf(new Request(localCaller, sources, new Writes(ledger))) },
      }),
    async close() {
      await app.close();
      sources.close();
      await ledger.close();
      await sandbox.close();
    },
  };
}
