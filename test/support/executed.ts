/** One operation carried out by executors under test, each over sources that nobody has used before. */
import { execute, getOperationAST, parse, validate, type ExecutionResult, type GraphQLError } from 'graphql';
import { pino } from 'pino';
import { buildGraphSchema } from '../../resolvers/index.js';
import { configOf } from '../../src/config.js';
import type { Graph } from '../../src/graph/graph.js';
import { graphOf } from '../../src/graph/graph-of.js';
import { localCaller, Request } from '../../src/graph/request.js';
import { Sources } from '../../src/graph/sources.js';
import type { Ledger } from '../../src/ledger/ledger.js';
import { openLedger } from '../../src/ledger/sqlite.js';
import { people } from '../../src/sandbox/people.js';
import { openSandbox, type Sandbox } from '../../src/sandbox/sandbox.js';
import { formatErrorWith } from '../../src/server/graphql/format-error.js';
import type { Execution } from '../../src/server/graphql/written/executor.js';
import { boxes, vendors } from '../../src/vendors/all.js';
import { Writes } from '../../src/writes/writes.js';
import { rememberUpdraft } from './remembered-updraft.js';

export const schema = buildGraphSchema();

export type Execute = (execution: Execution) => Promise<ExecutionResult>;

/** What written answers are held against. */
export const byGraphqlJs: Execute = async ({ document, operationName, variables, context }) =>
  execute({
    schema,
    document,
    operationName,
    variableValues: variables,
    contextValue: context,
    options: { maxCoercionErrors: 4 },
  });

/** What is told of an operation, in the form in which two are compared. */
export interface Told {
  /** As JSON, so that the order of keys counts. */
  readonly data: string | undefined;
  readonly errors: readonly object[];
  /** What failed at sources. */
  readonly troubles: readonly unknown[];
  /** The sources that were called. How often is a matter of time: what two fields ask may meet in one call. */
  readonly called: readonly string[];
}

export interface Operation {
  readonly text: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly operationName?: string;
}

export interface Theatre {
  readonly sandbox: Sandbox;
  /** `spoil` may put another graph in the place of the real one. */
  perform(execute: Execute, operation: Operation, spoil?: (graph: Graph) => Graph): Promise<Told>;
  close(): Promise<void>;
}

/** A small company, and what it takes to answer operations over it. */
export async function openTheatre(): Promise<Theatre> {
  const population = { people: people(12), groups: 2, membersPerGroup: 3, projects: 1 };
  const sandbox = await openSandbox(boxes, { population, journalLimit: 1 });
  const plain = Object.entries(sandbox.sources).map(([name, source]) => [name, { ...source, cacheSeconds: 0 }]);
  const raw = { ledger: ':memory:', auth: { mode: 'none' }, sources: Object.fromEntries(plain) };
  const config = configOf(raw, { env: {}, vendors });
  const ledger: Ledger = await openLedger(':memory:');
  await rememberUpdraft(ledger);
  const writes = new Writes(ledger);

  return {
    sandbox,
    async perform(execute, { text, variables, operationName }, spoil = (graph) => graph) {
      const document = parse(text);
      const operation = getOperationAST(document, operationName) ?? undefined;
      const sources = Sources.open(config.sources);
      const request = new Request(localCaller, sources, writes);
      const context = { graph: spoil(graphOf(request)), request, traced: false };
      try {
        const { data, errors = [] } = await execute({ document, operation, operationName, variables, context });
        const called = request.upstream.filter(({ calls }) => calls > 0).map(({ source }) => source);
        return {
          data: data === undefined ? undefined : JSON.stringify(data).replace(now, '"now"'),
          errors: errors.map(toldOf),
          troubles: [...request.troubles.entries].sort(byText),
          called,
        };
      } finally {
        request.leave();
        sources.close();
      }
    },
    async close() {
      await ledger.close();
      await sandbox.close();
    },
  };
}

/** Whether the schema has what a document asks for. */
export function isValid(text: string): boolean {
  return validate(schema, parse(text)).length === 0;
}

/** When something was read just now. */
const now = new RegExp(`"${new Date().toISOString().slice(0, 8)}[^"]*Z"`, 'g');

const format = formatErrorWith({ schema, log: pino({ enabled: false }), tokens: 5_000 });

/** As its caller reads it, once Apollo has given a code to an error that has none. */
function toldOf(error: GraphQLError): object {
  const { extensions, ...formatted } = error.toJSON();
  return format({ ...formatted, extensions: { code: 'INTERNAL_SERVER_ERROR', ...extensions } }, error);
}

const byText = (a: unknown, b: unknown) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);
