/** One operation carried out by executors under test: each over sources that nobody has used before, or over the same ones. */
import {
  execute,
  getOperationAST,
  parse,
  validate,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLError,
} from 'graphql';
import { pino } from 'pino';
import { buildGraphSchema } from '../../resolvers/index.js';
import { configOf } from '../../src/config.js';
import type { Graph } from '../../src/graph/graph.js';
import { graphOf } from '../../src/graph/graph-of.js';
import { localCaller } from '../../src/graph/caller.js';
import { Request } from '../../src/graph/request.js';
import { Sources } from '../../src/graph/sources.js';
import type { Ledger } from '../../src/ledger/ledger.js';
import { openLedger } from '../../src/ledger/sqlite.js';
import { people } from '../../src/sandbox/people.js';
import { openSandbox, type Sandbox } from '../../src/sandbox/sandbox.js';
import { formatErrorWith } from '../../src/server/graphql/format-error.js';
import type { Execution } from '../../src/server/graphql/written/executor.js';
import { boxes, vendors } from '../../src/vendors/all.js';
import { Writes } from '../../src/writes/writes.js';
import { gid } from './gid.js';
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

export interface Circumstances {
  /** May put another graph in the place of the real one. */
  readonly spoil?: (graph: Graph) => Graph;
  /** Sources that others may have used; new ones when left out. */
  readonly sources?: Sources;
}

export interface Theatre {
  readonly sandbox: Sandbox;
  /** Sources that keep what they read; whoever opens them closes them. */
  openKeeping(): Sources;
  /** The same of sources that are asked each time. */
  openAsking(): Sources;
  perform(execute: Execute, operation: Operation, circumstances?: Circumstances): Promise<Told>;
  close(): Promise<void>;
}

const asItIs = (graph: Graph): Graph => graph;

/** A small company, and what it takes to answer operations over it. */
export async function openTheatre(): Promise<Theatre> {
  const population = { people: people(12), groups: 2, membersPerGroup: 3, projects: 1 };
  const sandbox = await openSandbox(boxes, { population, journalLimit: 1 });
  const open = (cacheSeconds: number): Sources => {
    const plain = Object.entries(sandbox.sources).map(([name, source]) => [name, { ...source, cacheSeconds }]);
    const raw = { ledger: ':memory:', auth: { mode: 'none' }, sources: Object.fromEntries(plain) };
    return Sources.open(configOf(raw, { env: {}, vendors }).sources);
  };
  const ledger: Ledger = await openLedger(':memory:');
  await rememberUpdraft(ledger);
  const writes = new Writes(ledger);
  /** As the server keeps documents: what is known of one is known when it is asked again. */
  const documents = new Map<string, DocumentNode>();

  return {
    sandbox,
    openKeeping: () => open(3_600),
    openAsking: () => open(0),
    async perform(execute, { text, variables, operationName }, { spoil = asItIs, sources: used } = {}) {
      const document = documents.get(text) ?? parse(text);
      documents.set(text, document);
      const operation = getOperationAST(document, operationName) ?? undefined;
      const sources = used ?? open(0);
      const request = new Request(localCaller, sources, writes);
      const context = { graph: spoil(graphOf(request)), request, traced: false };
      try {
        const { data, errors = [] } = await execute({ document, operation, operationName, variables, context });
        const called = request.upstream.filter(({ calls }) => calls > 0).map(({ source }) => source);
        return {
          data: data === undefined ? undefined : JSON.stringify(data).replace(now, '"now"'),
          // Their order is a matter of time.
          errors: errors.map(toldOf).sort(byText),
          troubles: [...request.troubles.entries].sort(byText),
          called,
        };
      } finally {
        request.leave();
        if (!used) sources.close();
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

/** Ids of all that the sandbox has, and of what it has not. */
export async function idsIn(theatre: Theatre): Promise<readonly string[]> {
  const { data } = await theatre.perform(byGraphqlJs, {
    text: `{ ${['groups', 'users', 'projects', 'organizations', 'testers'].map((list) => `${list} { nodes { id } }`).join(' ')} }`,
  });
  const lists = Object.values(JSON.parse(data!) as Record<string, { nodes: { id: string }[] }>);
  const known = lists.flatMap(({ nodes }) => nodes.map(({ id }) => id));
  return [
    ...known,
    'no id',
    gid('testrail', 'TestRailGroup', '4711'),
    gid('nobody', 'User', '1'),
    gid('asa', 'Source', 'asa'),
  ];
}

/**
 * Of errors below a place that is null as a whole, the specification lets an executor tell one, and end before the rest has come: which one, and
 * what else had been done by then, is a matter of time.
 */
export function comparable({ data, errors, troubles, called }: Told) {
  const value: unknown = data === undefined ? undefined : JSON.parse(data);
  const told = errors.map((error) => nulledBy(value, error) ?? JSON.stringify(error));
  const isCutShort = told.some((error) => error.startsWith('null at'));
  const all = [...new Set(told)].sort();
  return isCutShort ? { data, errors: all } : { data, errors: all, troubles, called };
}

function nulledBy(data: unknown, error: { path?: readonly (string | number)[] }): string | null {
  let at = data;
  for (const [index, key] of (error.path ?? []).entries()) {
    if (at === null) return `null at ${JSON.stringify(error.path!.slice(0, index))}`;
    at = (at as Record<string | number, unknown>)[key];
  }
  return null;
}
