import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getIntrospectionQuery, getOperationAST, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { Scales } from '../../src/graph/limits/weight.js';
import { root, written } from '../docs/documents.js';
import { broken, cost, nest, schema, weigh } from './limits-scales.js';

describe('depth', () => {
  it('counts every level of fields but the wrappers of connections', () => {
    expect(weigh('{ sources { name } }').data.depth).toBe(2);
    expect(weigh('{ groups { totalCount } }').data.depth).toBe(2);
    expect(weigh('{ groups { nodes { members { nodes { name } } } } }').data.depth).toBe(3);
    expect(weigh('{ groups { edges { node { members { edges { cursor node { name } } } } } } }').data.depth).toBe(3);
    // The root fields `node` and `nodes` wrap nothing.
    expect(weigh('{ node(id: "x") { id } nodes(ids: []) { id } }').data.depth).toBe(2);
  });

  it('goes through fragments, and neither an alias nor a fragment hides a level', () => {
    const text = `{ a: groups { ...C } } fragment C on GroupConnection { nodes { ...G } }
      fragment G on Group { node: members { nodes { ... on User { edges: groups { nodes { id } } } } } }`;

    expect(weigh(text).data.depth).toBe(4);
    expect(weigh(text).data.aliases).toBe(3);
  });

  it('ends at 8 unless the configuration says another', () => {
    const cheap = { cost: 2_147_483_647 };

    expect(broken(nest(3), {}, cheap)).toEqual([null]);
    expect(broken(nest(3, 'source { name }'), {}, { ...cheap, depth: 9 })).toEqual([null]);
    expect(broken(nest(3, 'source { name }'), {}, cheap)).toEqual([
      'The depth of this operation is 9; the limit is 8 (limits.depth). To mend it, ask for what lies deeper by its id.',
    ]);
  });
});

describe('selections', () => {
  it('counts the fields, with fragments as often as they are spread', () => {
    expect(weigh('{ sources { name vendor } }').data.selections).toBe(3);
    expect(weigh('{ a: sources { ...S } b: sources { ...S } } fragment S on Source { name vendor }').data).toEqual({
      depth: 2,
      selections: 6,
      aliases: 2,
    });
  });

  it('of a bomb of fragments, more than could ever be counted, cost no more than its text', () => {
    const bomb = Array.from({ length: 250 }, (_, at) => `fragment F${at} on Source { ...F${at + 1} ...F${at + 1} }`);
    const document = parse(
      `{ sources { ...F0 } } ${bomb.join(' ')} fragment F250 on Source { x: name @skip(if: true) }`,
    );
    const start = performance.now();
    const weight = new Scales(schema).weigh(document, getOperationAST(document)!);

    expect(performance.now() - start).toBeLessThan(100);
    expect(weight).toMatchObject({
      data: { selections: 2_147_483_647, aliases: 2_147_483_647 },
      directives: 1,
    });
  });

  it('what is skipped counts, since a variable may say so', () => {
    expect(weigh('query ($no: Boolean!) { sources @include(if: $no) { name } }', { no: false }).data.selections).toBe(
      2,
    );
  });
});

describe('what people ask passes the limits as they are:', () => {
  const read = (folder: string) =>
    readdirSync(join(root, folder))
      .filter((name) => name.endsWith('.graphql'))
      .map((name) => [`${folder}/${name}`, readFileSync(join(root, folder, name), 'utf8')] as const);
  const documents = [
    ...read('src/page/examples'),
    ...read('test/operations'),
    ...written('graphql').map(({ at, text }) => [at, text] as const),
  ];

  it.each(documents)('%s', (_at, text) => {
    expect(broken(text).filter((sentence) => sentence !== null)).toEqual([]);
  });

  it('the three queries that speed is measured with', () => {
    const all = '{ groups(first: 1000) { nodes { id name members(first: 1000) { nodes { id name email } } } } }';
    const paged = `query ($after: String) { groups(first: 100, after: $after) { pageInfo { hasNextPage endCursor }
      edges { node { id name members(first: 1000) { edges { node { id name email } } } } } } }`;
    const one =
      '{ group(id: "gid://testrail/TestRailGroup/1") { id name members(first: 1000) { nodes { id name email } } } }';
    const many =
      'query ($ids: [ID!]!) { nodes(ids: $ids) { id ... on Group { members(first: 1000) { nodes { id email } } } } }';
    const ids = Array.from({ length: 100 }, (_, at) => `gid://testrail/TestRailGroup/${at}`);

    expect([broken(all), broken(paged), broken(one), broken(many, { ids })]).toEqual([[null], [null], [null], [null]]);
    expect([cost(all), cost(one), cost(many, { ids })]).toEqual([1_002_001, 1_002, 100_200]);
  });

  it('lists in lists in lists do not', () => {
    expect(broken(nest(1).replaceAll('groups', 'groups(first: 1000)'), {})).toEqual([
      expect.stringMatching(
        /^The estimated cost of this operation is [\d,]+; the limit is 10,000,000 \(limits\.cost\)\. /,
      ),
    ]);
  });
});

it('an operation is weighed in less than 0.1 ms, and what does not depend on variables only once', () => {
  const introspection = parse(getIntrospectionQuery());
  const example = readFileSync(join(root, 'src/page/examples/who-is-in-which-group.graphql'), 'utf8');
  const typical = parse(example.replace('first: 20', 'first: $n').replace('WhoIsInWhichGroup', 'Who($n: Int)'));
  /** Milliseconds for one weighing: the best of many tries, since others use the processor too. */
  const time = (what: typeof typical, scales: () => Scales) => {
    const operation = getOperationAST(what)!;
    const tries = Array.from({ length: 400 }, () => {
      const start = performance.now();
      for (let round = 0; round < 5; round += 1) scales().weigh(what, operation, { n: round });
      return (performance.now() - start) / 5;
    });
    return Math.min(...tries);
  };
  const kept = new Scales(schema);
  const [fresh, again, constant] = [
    time(typical, () => new Scales(schema)),
    time(typical, () => kept),
    time(introspection, () => kept),
  ];

  expect(fresh).toBeLessThan(0.1);
  expect(again).toBeLessThan(fresh);
  expect(constant).toBeLessThan(0.01);
});
