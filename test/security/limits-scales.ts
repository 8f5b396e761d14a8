import { getOperationAST, parse, validate, type OperationDefinitionNode } from 'graphql';
import { expect } from 'vitest';
import { buildGraphSchema } from '../../resolvers/index.js';
import { configOf } from '../../src/config.js';
import { brokenLimit, type OperationLimits } from '../../src/graph/limits/check.js';
import { Scales } from '../../src/graph/limits/weight.js';
import { vendors } from '../../src/vendors/all.js';

export const schema = buildGraphSchema();
const { limits } = configOf(
  { sources: { testrail: { vendor: 'testrail', url: 'http://127.0.0.1', user: 'u', apiKey: 'k' } } },
  { env: {}, vendors },
);

/** Every operation of a document, weighed on scales of their own. */
function weighed(text: string, variables: Record<string, unknown> = {}) {
  const document = parse(text);
  expect(validate(schema, document)).toEqual([]);
  const operations = document.definitions.filter(({ kind }) => kind === 'OperationDefinition');
  return operations.map((operation) => {
    const { name } = operation as OperationDefinitionNode;
    const it = getOperationAST(document, name?.value)!;
    return { it, weight: new Scales(schema).weigh(document, it, variables) };
  });
}

export const weigh = (text: string, variables?: Record<string, unknown>) => weighed(text, variables)[0]!.weight;
export const cost = (text: string, variables?: Record<string, unknown>) => weigh(text, variables).cost.data;

export function broken(text: string, variables?: Record<string, unknown>, changed: Partial<OperationLimits> = {}) {
  return weighed(text, variables).map(({ it, weight }) => brokenLimit(weight, it.operation, { ...limits, ...changed }));
}

export const nest = (levels: number, inside = 'id') =>
  `{ groups { nodes { ${'members { nodes { groups { nodes { '.repeat(levels)} ${inside} ${'} } } } '.repeat(levels)} } } }`;
