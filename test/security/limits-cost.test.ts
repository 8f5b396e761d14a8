import { getOperationAST, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { Scales, totalOf } from '../../src/graph/limits/weight.js';
import { textOf } from '../docs/documents.js';
import { broken, cost, nest, schema, weigh } from './limits-scales.js';

describe('the cost of an operation: an object 1, a scalar 0, a list its size times one of it', () => {
  it.each([
    ['{ __typename }', 0],
    ['{ source(name: "asa") { name vendor } }', 1],
    ['{ source(name: "asa") { status { state } } }', 2],
    // A list that nothing bounds is taken to hold ten.
    ['{ sources { name } }', 10],
    ['{ groups { totalCount } }', 1],
    ['{ groups { totalCount pageInfo { endCursor } sources { state } } }', 1 + 1 + 10],
    ['{ groups { nodes { id } } }', 1 + 50],
    ['{ memberships { nodes { groupId } } }', 1 + 500],
    ['{ groups(first: 7) { nodes { id } } }', 1 + 7],
    ['{ groups(first: 7) { edges { node { id } } } }', 1 + 7 * 2],
    ['{ groups(first: 7) { nodes { id } edges { node { id } } } }', 1 + 7 * 3],
    ['{ groups(first: null) { nodes { id } } }', 1 + 50],
    ['{ groups(first: 20) { nodes { members(first: 30) { nodes { id } } } } }', 1 + 20 * (1 + 1 + 30)],
    ['{ nodes(ids: ["a", "b", "c"]) { id } }', 3],
    ['{ nodes(ids: []) { id } }', 0],
    ['{ nodes(ids: "a") { id } }', 1],
  ])('%s costs %d', (text, expected) => {
    expect(cost(text)).toBe(expected);
  });

  it('takes sizes from variables, and where they are left out from their defaults', () => {
    const text = 'query ($n: Int = 9, $ids: [ID!]!) { groups(first: $n) { nodes { id } } nodes(ids: $ids) { id } }';

    expect(cost(text, { n: 100, ids: ['a', 'b'] })).toBe(101 + 2);
    expect(cost(text, { ids: [] })).toBe(10);
    expect(cost(text, { n: null, ids: 'one' })).toBe(51 + 1);
    expect(cost('query ($n: Int) { groups(first: $n) { nodes { id } } }')).toBe(51);
  });

  it('is that of the present variables, though the document was weighed with others', () => {
    const document = parse('query ($n: Int) { groups(first: $n) { nodes { id } } }');
    const scales = new Scales(schema);
    const costs = [1, 1_000, 1].map((n) => totalOf(scales.weigh(document, getOperationAST(document)!, { n }).cost));

    expect(costs).toEqual([2, 1_001, 2]);
  });

  it('takes a page to be no larger than one may be: what asks for more is told so by the list itself', () => {
    expect(cost('{ groups(first: 2000000000) { nodes { id } } }')).toBe(1_001);
    expect(cost('{ memberships(first: 2000000000) { nodes { groupId } } }')).toBe(5_001);
    expect(cost('{ groups(first: -5) { nodes { id } } }')).toBe(51);
    expect(cost('query ($n: Int) { groups(first: $n) { nodes { id } } }', { n: 'HUNTER2' })).toBe(51);
  });

  it('of fragments that cannot all be met is that of the dearest, and of those that can their sum', () => {
    const on = (type: string, first: number) =>
      `... on ${type} { m${first}: members(first: ${first}) { nodes { id } } }`;

    expect(cost(`{ node(id: "x") { ${on('AsaGroup', 10)} ${on('VeltUserGroup', 20)} } }`)).toBe(1 + 21);
    expect(cost(`{ node(id: "x") { ${on('Group', 5)} ${on('AsaGroup', 10)} ${on('VeltUserGroup', 20)} } }`)).toBe(
      1 + 6 + 21,
    );
    expect(cost(`{ group(id: "x") { ${on('Group', 5)} ${on('AsaGroup', 10)} } }`)).toBe(1 + 6 + 11);
  });

  it('of an answer that could not be counted ends at the largest Int', () => {
    const text = nest(60).replaceAll('groups', 'groups(first: 1000)').replaceAll('members', 'members(first: 1000)');

    expect(totalOf(weigh(text).cost)).toBe(2_147_483_647);
  });
});

it('the one that the documents show is what such an operation costs, in the words that they show', () => {
  const [message] = broken(nest(2));

  expect(message).toContain('325,255,101');
  expect(textOf('docs/answers.md')).toContain(`"message": ${JSON.stringify(message)}`);
  expect(cost('{ groups(first: 20) { nodes { members(first: 30) { nodes { id } } } } }')).toBe(641);
});
