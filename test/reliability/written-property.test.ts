import fc from 'fast-check';
import { getOperationAST, visit } from 'graphql';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Fault } from '../../src/sandbox/fault-rules.js';
import { Executor } from '../../src/server/graphql/written/executor.js';
import {
  byGraphqlJs,
  isValid,
  openTheatre,
  schema,
  type Execute,
  type Theatre,
  type Told,
} from '../support/executed.js';
import { gid } from '../support/gid.js';
import { spoilt } from '../support/spoilt-graph.js';
import { writtenQuery } from '../support/written-documents.js';

const runs = Number(process.env['ROLLCALL_WRITTEN_RUNS'] ?? 60);
const ailments: readonly Fault[] = [{ mode: 'status', status: 403 }, { mode: 'wrongshape' }, { mode: 'html' }];

let theatre: Theatre;
let ids: readonly string[];

beforeAll(async () => {
  theatre = await openTheatre();
  const { data } = await theatre.perform(byGraphqlJs, {
    text: `{ ${['groups', 'users', 'projects', 'organizations', 'testers'].map((list) => `${list} { nodes { id } }`).join(' ')} }`,
  });
  const lists = Object.values(JSON.parse(data!) as Record<string, { nodes: { id: string }[] }>);
  const known = lists.flatMap(({ nodes }) => nodes.map(({ id }) => id));
  ids = [
    ...known,
    'no id',
    gid('testrail', 'TestRailGroup', '4711'),
    gid('nobody', 'User', '1'),
    gid('asa', 'Source', 'asa'),
  ];
});
afterAll(() => theatre.close());

interface Circumstances {
  readonly seed: number;
  /** Who answers badly, and how. */
  readonly sick: readonly [source: string, fault: Fault] | null;
  /** In how many of a hundred places our own code does. */
  readonly spoilt: number;
}

const circumstances: fc.Arbitrary<Circumstances> = fc.record({
  seed: fc.nat({ max: 2 ** 31 - 1 }),
  sick: fc.option(fc.tuple(fc.constantFrom('testrail', 'tiledesk', 'asa'), fc.constantFrom(...ailments)), { freq: 3 }),
  spoilt: fc.constantFrom(0, 0, 3, 15),
});

/** Compares what two executors make of a query; undefined where chance wrote none that is valid. */
async function compare(one: Execute, other: Execute, { seed, sick, spoilt: percent }: Circumstances) {
  const operation = writtenQuery(schema, ids, seed);
  if (!isValid(operation.text)) return undefined;
  if (sick) theatre.sandbox.server(sick[0]).fault(sick[1]);
  try {
    const told = [];
    for (const executor of [one, other])
      told.push(comparable(await theatre.perform(executor, operation, (graph) => spoilt(graph, seed, percent))));
    return { operation, one: told[0]!, other: told[1]! };
  } finally {
    if (sick) theatre.sandbox.server(sick[0]).clearFaults();
  }
}

/**
 * Of errors below a place that is null as a whole, the specification lets an executor tell one, and end before the rest has come: which one, and
 * what else had been done by then, is a matter of time.
 */
function comparable({ data, errors, troubles, called }: Told) {
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

it('a query is answered as by graphql-js, whatever it asks and whoever is sick', async () => {
  const executor = new Executor(schema, 4);
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(circumstances, async (given) => {
      const told = await compare(byGraphqlJs, (execution) => executor.execute(execution), given);
      fc.pre(told !== undefined);
      compared += 1;
      expect(told.other, `${told.operation.text}\n${JSON.stringify(told.operation.variables)}`).toEqual(told.one);
    }),
    { numRuns: runs, endOnFailure: true, maxSkipsPerRun: 1_000 },
  );
  expect(executor.count.written).toBeGreaterThan(compared / 2);
});

/** One that leaves nothing out. */
const heedless: Execute = async (execution) => {
  const document = visit(execution.document, { Directive: () => null });
  const operation = getOperationAST(document, execution.operationName) ?? undefined;
  return byGraphqlJs({ ...execution, document, operation });
};

it('finds an executor that takes no heed of directives', async () => {
  const found = await fc.check(
    fc.asyncProperty(fc.nat({ max: 2 ** 31 - 1 }), async (seed) => {
      const told = await compare(byGraphqlJs, heedless, { seed, sick: null, spoilt: 0 });
      fc.pre(told !== undefined);
      expect(told.other).toEqual(told.one);
    }),
    { numRuns: 300, endOnFailure: true, maxSkipsPerRun: 1_000, seed: 6 },
  );
  expect(found.failed).toBe(true);
});
