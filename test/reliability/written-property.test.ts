import fc from 'fast-check';
import { getOperationAST, visit } from 'graphql';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Fault } from '../../src/sandbox/fault-rules.js';
import { Executor } from '../../src/server/graphql/written/executor.js';
import {
  byGraphqlJs,
  comparable,
  idsIn,
  isValid,
  openTheatre,
  schema,
  type Execute,
  type Theatre,
} from '../support/executed.js';
import { spoilt } from '../support/spoilt-graph.js';
import { writtenQuery } from '../support/written-documents.js';

const runs = Number(process.env['ROLLCALL_WRITTEN_RUNS'] ?? 60);
const ailments: readonly Fault[] = [{ mode: 'status', status: 403 }, { mode: 'wrongshape' }, { mode: 'html' }];

let theatre: Theatre;
let ids: readonly string[];

beforeAll(async () => {
  theatre = await openTheatre();
  ids = await idsIn(theatre);
});
afterAll(() => theatre.close());

interface Given {
  readonly seed: number;
  /** Who answers badly, and how. */
  readonly sick: readonly [source: string, fault: Fault] | null;
  /** In how many of a hundred places our own code does. */
  readonly spoilt: number;
}

const circumstances: fc.Arbitrary<Given> = fc.record({
  seed: fc.nat({ max: 2 ** 31 - 1 }),
  sick: fc.option(fc.tuple(fc.constantFrom('testrail', 'tiledesk', 'asa'), fc.constantFrom(...ailments)), { freq: 3 }),
  spoilt: fc.constantFrom(0, 0, 3, 15),
});

/** Compares what two executors make of a query; undefined where chance wrote none that is valid. */
async function compare(one: Execute, other: Execute, { seed, sick, spoilt: percent }: Given) {
  const operation = writtenQuery(schema, ids, seed);
  if (!isValid(operation.text)) return undefined;
  if (sick) theatre.sandbox.server(sick[0]).fault(sick[1]);
  try {
    const told = [];
    for (const executor of [one, other])
      told.push(
        comparable(await theatre.perform(executor, operation, { spoil: (graph) => spoilt(graph, seed, percent) })),
      );
    return { operation, one: told[0]!, other: told[1]! };
  } finally {
    if (sick) theatre.sandbox.server(sick[0]).clearFaults();
  }
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
