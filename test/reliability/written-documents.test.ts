import { getOperationAST, isEnumType, isInterfaceType, isObjectType, parse } from 'graphql';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Executor } from '../../src/server/graphql/written/executor.js';
import { byGraphqlJs, openTheatre, schema, type Operation, type Theatre } from '../support/executed.js';

let theatre: Theatre;
let id: string;

beforeAll(async () => {
  theatre = await openTheatre();
  const { data } = await theatre.perform(byGraphqlJs, {
    text: '{ groups(filter: { sources: ["testrail"] }) { nodes { id } } }',
  });
  id = JSON.parse(data!).groups.nodes[0].id;
});
afterAll(() => theatre.close());

const openExecutor = () => new Executor(schema, 4);

/** Asks both, and says whether what they agree on was written as it came. */
async function bothTell(operation: Operation): Promise<boolean> {
  const executor = openExecutor();
  const expected = await theatre.perform(byGraphqlJs, operation);
  expect(await theatre.perform((execution) => executor.execute(execution), operation)).toEqual(expected);
  return executor.count.written === 1;
}

const members = 'members { nodes { id email ...on User { status } } }';

const written: Readonly<Record<string, (group: string) => Operation>> = {
  'interfaces, fragments and names of types': (group) => ({
    text: `query ($id: ID!) { node(id: $id) { __typename ...G id } } fragment G on Group { name ${members} source { name __typename } }`,
    variables: { id: group },
  }),
  'a fragment that is spread twice, left out the first time': (group) => ({
    text: 'query ($id: ID!, $no: Boolean!, $yes: Boolean!) { group(id: $id) { id ...G @include(if: $no) ...G @include(if: $yes) } } fragment G on Group { name }',
    variables: { id: group, no: false, yes: true },
  }),
  'a fragment at two places, of which one is left out': (group) => ({
    text: 'query ($id: ID!, $no: Boolean!) { a: group(id: $id) @skip(if: $no) { ...G } b: group(id: $id) { ...G @include(if: $no) id } } fragment G on Group { name source { id } }',
    variables: { id: group, no: false },
  }),
  'a field that is asked for and left out, in the order of what is left': (group) => ({
    text: 'query ($id: ID!, $no: Boolean! = false) { group(id: $id) { vendorId @include(if: $no) id vendorId members @include(if: $no) { totalCount } } }',
    variables: { id: group },
  }),
  'a set of fields of which all are left out': (group) => ({
    text: 'query ($id: ID!) { group(id: $id) { source { name @skip(if: true) } } }',
    variables: { id: group },
  }),
  'keys that mean something elsewhere': (group) => ({
    text: `query Class($id: ID!) { constructor: group(id: $id) { then: name toString: id prototype: source { valueOf: id } default: __typename } }`,
    variables: { id: group },
  }),
  'literals in lists, objects and enums': () => ({
    text: '{ groups(first: 2, filter: { vendors: [TESTRAIL, VELT], sources: "testrail", nameContains: "e\\"\\\\ \\u2028" }) { totalCount nodes { name } } }',
  }),
  'variables inside of literals': () => ({
    text: 'query ($s: [String!], $v: Vendor!, $n: String) { groups(filter: { vendors: [$v], sources: $s, nameContains: $n }) { totalCount } }',
    variables: { v: 'TESTRAIL', s: ['testrail'] },
  }),
  'a variable that is left out, where the argument has a default': () => ({
    text: 'query ($a: Int) { users(first: $a) { nodes { id } } }',
  }),
  'a variable that is left out and has a default': () => ({
    text: 'query ($b: Int = 1) { users(first: $b) { nodes { id } } }',
  }),
  'what cannot be meant, each in its place': () => ({ text: '{ nodes(ids: ["x", "y"]) { id } }' }),
  'what cannot be meant, of fields that can be null': () => ({
    text: '{ group(id: "z") { id } node(id: "z") { id } }',
  }),
  'what cannot be meant, of a field that cannot be null': () => ({ text: '{ groups(first: -1) { totalCount } }' }),
  'an operation of several': (group) => ({
    text: 'query A { sources { id } } query B($id: ID!) { group(id: $id) { name } }',
    operationName: 'B',
    variables: { id: group },
  }),
  'several lists, of which one may be refused before the others have come': () => ({
    text: '{ sources { id } groups(first: -1) { totalCount } }',
  }),
  'a key that is no key of an object of JavaScript': (group) => ({
    text: 'query ($id: ID!) { __proto__: group(id: $id) { id } }',
    variables: { id: group },
  }),
  'keys of which two ways are written alike': (group) => ({
    text: 'query ($id: ID!) { b_a: group(id: $id) { id } a: group(id: $id) { b: members { totalCount } } x: source(name: "asa") { a: name } a_x: source(name: "velt") { name } }',
    variables: { id: group },
  }),
  'null for an argument that cannot be null': () => ({
    text: 'query ($id: ID = "x") { sources { id } group(id: $id) { id } }',
    variables: { id: null },
  }),
  'more kinds of groups in groups than are worth it': () => ({
    text: '{ groups { nodes { members { nodes { groups { nodes { members { nodes { groups { nodes { members { nodes { id name email } } } } } } } } } } } } }',
  }),
};

it.each(Object.entries(written))('%s: written, and answered as by graphql-js', async (_name, operation) => {
  expect(await bothTell(operation(id))).toBe(true);
});

const left: Readonly<Record<string, (group: string) => Operation>> = {
  'the schema': () => ({ text: '{ __schema { queryType { name } } }' }),
  'variables that are not of their type': () => ({
    text: 'query ($a: Int!, $f: GroupFilter, $x: Vendor!) { groups(first: $a, filter: $f) { totalCount } }',
    variables: { a: 'many', f: { vendors: ['NONE'], more: 1 } },
  }),
};

it.each(Object.entries(left))('%s: left to graphql-js', async (_name, operation) => {
  expect(await bothTell(operation(id))).toBe(false);
});

it('no text of a caller gets into code', async () => {
  const marks = [
    '__MAGIC_DATE__33a9e76d_02e0_4128_8e92_3530ad3da74d',
    '__MAGIC_NAN__57f286b9_4c20_487f_b409_79804ddcb4f8',
  ];
  for (const mark of marks) {
    const name = `${mark}0, globalThis.broken = true`;
    const literal = JSON.stringify(name);
    const texts = [
      `query ($n: String! = ${literal}) { source(name: ${literal}) { id } other: source(name: $n) { id } }`,
      `{ groups(filter: { nameContains: ${literal} }) { totalCount } }`,
    ];

    for (const text of texts) expect(await bothTell({ text })).toBe(true);
  }
  expect('broken' in globalThis).toBe(false);
});

it('tells the same document in each way in which its directives fall', async () => {
  const executor = openExecutor();
  const document = parse('query ($all: Boolean!) { sources { id name @include(if: $all) } }');
  const ask = (all: boolean) =>
    theatre.perform(
      (execution) => executor.execute({ ...execution, document, operation: getOperationAST(document)! }),
      { text: '{ __typename }', variables: { all } },
    );

  const whole = await ask(true);
  const short = await ask(false);
  expect((await ask(true)).data).toBe(whole.data);

  expect(executor.count).toEqual({ written: 3, interpreted: 0 });
  expect(whole.data).toContain('"name":"asa"');
  expect(short.data).not.toContain('name');
});

it('has enums whose values are their names, and interfaces whose arguments are those of their kinds', () => {
  const types = Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith('__'));
  const values = types.filter(isEnumType).flatMap((type) => type.getValues());
  expect(values.filter(({ name, value }) => name !== value)).toEqual([]);

  const argumentsOf = (type: (typeof types)[number], field: string) =>
    'getFields' in type
      ? (type.getFields()[field] as any).args.map(({ name, type: of, defaultValue }: any) => [
          name,
          String(of),
          defaultValue,
        ])
      : null;
  for (const type of types.filter(isInterfaceType))
    for (const kind of schema.getPossibleTypes(type).filter(isObjectType))
      for (const field of Object.keys(type.getFields()))
        expect(argumentsOf(kind, field)).toEqual(argumentsOf(type, field));
});

it('has no type whose kind or check is told by a promise', () => {
  const types = Object.values(schema.getTypeMap());
  const kinds = types
    .filter(isInterfaceType)
    .map((type) => type.resolveType?.({ __typename: 'User' }, {}, {} as never, type));

  expect(new Set(kinds)).toEqual(new Set(['User']));
  expect(types.filter(isObjectType).filter(({ isTypeOf }) => isTypeOf)).toEqual([]);
});
