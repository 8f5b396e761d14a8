import { performance } from 'node:perf_hooks';
import {
  execute,
  getOperationAST,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
  parse,
  type ExecutionResult,
} from 'graphql';
import { describe, expect, it, vi } from 'vitest';
import { Executor, type Execution } from '../../src/server/graphql/written/executor.js';

const many = Array.from({ length: 600 }, (_, id) => ({ id }));
const Row: GraphQLObjectType = new GraphQLObjectType({
  name: 'Row',
  fields: () => ({
    id: { type: new GraphQLNonNull(GraphQLInt) },
    page: { type: GraphQLString, resolve: () => 'x'.repeat(1 << 20) },
    rows: { type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(Row))), resolve: () => many },
  }),
});
const schema = new GraphQLSchema({
  query: new GraphQLObjectType({
    name: 'Query',
    fields: { rows: { type: new GraphQLNonNull(new GraphQLList(Row)), resolve: () => many } },
  }),
});

/** 360,000 objects: long enough to be noticed. */
const text = '{ rows { id rows { id rows: id } } }';
const document = parse(text);

function execution(more: Partial<Execution> = {}): Execution {
  const operation = getOperationAST(document)!;
  return { document, operation, operationName: undefined, variables: {}, context: {}, ...more };
}

/** Carries out, and tells for how long nobody else had a turn. */
async function timed(carryOut: () => Promise<ExecutionResult>) {
  let [last, longest, turns] = [performance.now(), 0, 0];
  const looking = setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    turns += 1;
  }, 1);
  const result = await carryOut();
  longest = Math.max(longest, performance.now() - last);
  clearInterval(looking);
  return { result, longest, turns };
}

it('a long answer lets others have their turns, and is the same', { retry: 3 }, async () => {
  const executor = new Executor(schema, 4);
  await executor.execute(execution());
  const { result, longest, turns } = await timed(() => executor.execute(execution()));
  const alone = await timed(async () => execute({ schema, document }));

  expect(longest).toBeLessThan(100);
  expect(turns).toBeGreaterThan(2);
  expect((result.data as unknown as { text: string }).text.length).toBeGreaterThan(2_000_000);
  // graphql-js lets nobody have one.
  expect(alone.turns).toBe(0);
});

it('whom nobody waits for any more, or whose time has ended, does not go on', async () => {
  const isOver = vi.fn<() => boolean>(() => true);
  const { data, errors } = await new Executor(schema, 4).execute(execution({ isOver }));

  expect(isOver).toHaveBeenCalled();
  expect(data).toBeNull();
  expect(errors?.map(({ extensions }) => extensions['code'])).toEqual(['QUERY_TOO_EXPENSIVE']);
});

describe('an answer', () => {
  const asked = (first: string): Execution => {
    const long = parse(`{ rows { ${first} } }`);
    return { ...execution(), document: long, operation: getOperationAST(long)! };
  };

  it('that cannot be held is none, and told as one error, however much of it may be null', async () => {
    const { data, errors } = await new Executor(schema, 4).execute(asked('id page'));

    expect(data).toBeNull();
    expect(errors?.map(({ message, path }) => [message, path])).toEqual([
      ['The answer is longer than 32 MiB: ask for less, or for smaller pages (first), or for a dataset.', undefined],
    ]);
  });

  it('is counted by what is written, however deep it is', async () => {
    const { data } = await new Executor(schema, 4).execute(asked('id rows { id }'));

    expect((data as unknown as { text: string }).text.length).toBeGreaterThan(3_000_000);
  });
});
