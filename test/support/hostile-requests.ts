/** Every place of the published schema that takes a text of a caller's, and requests that have a hostile one there. */
import {
  getNamedType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
} from 'graphql';
import { gid } from './gid.js';
import { verbs } from './verbs.js';

export interface Sent {
  readonly query: string;
  readonly variables: object;
}

/** A place, and the request that has a text there; `nth` chooses among the forms that an id may take. */
export interface Seat {
  readonly name: string;
  send(text: string, nth: number): Sent;
}

type Path = readonly (string | number)[];

const project = '5b55e806c93dde0014000001';
const good: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  updraft: {
    Organization: ['12'],
    Project: ['901'],
    User: ['3'],
    Tester: ['701'],
    UpdraftDistributionGroup: ['56'],
    UpdraftPermissionGroup: ['31'],
  },
  velt: { Organization: ['org-a'], User: ['org-a', 'u-1'], VeltUserGroup: ['org-a', 'qa'] },
  testrail: { Organization: ['testrail'], Project: ['1'], User: ['3'], TestRailGroup: ['1'] },
  tiledesk: {
    Organization: ['tiledesk'],
    Project: [project],
    User: [project, '5ab0f3fa57066e0014000003'],
    TiledeskGroup: [project, '5c34b5149f22a70016000001'],
  },
  asa: {
    Organization: ['acme'],
    Project: ['acme', 'shop'],
    User: ['acme', 'ana.lin'],
    AsaGroup: ['acme', 'Bastion crew 1', '6e9b2c0a-1111-4222-8333-444455556666'],
  },
};
const rows = Object.entries(good).flatMap(([source, types]) =>
  Object.entries(types).map(([type, path]) => ({ source, type, path })),
);

type Form = (text: string) => string;

/** Ids with a text in each of their parts, in their own spelling and in others. */
function formsOf(source?: string): readonly Form[] {
  const own = rows.filter((row) => source === undefined || row.source === source);
  return own.flatMap(({ source: name, type, path }) => [
    ...path.map(
      (_, at): Form =>
        (text) =>
          gid(name, type, ...path.with(at, whole(text))),
    ),
    (text) => `gid://${name}/${type}/${text}`,
  ]);
}

const forms: readonly Form[] = [
  (text) => text,
  (text) => `gid://${text}/User/1`,
  (text) => `gid://asa/${text}/acme`,
  (text) => `gid://asa/AsaGroup/acme/${encodeURIComponent(encodeURIComponent(whole(text)))}`,
  ...formsOf(),
];
const formsAt = new Map(Object.keys(good).map((source) => [source, formsOf(source)]));

/** Half a character cannot be encoded. */
const whole = (text: string) => Buffer.from(text).toString();

/** The places within an argument, each with the name of its type. */
function* leavesOf(type: GraphQLInputType, path: Path = []): Generator<{ path: Path; of: string }> {
  if (isNonNullType(type)) yield* leavesOf(type.ofType, path);
  else if (isListType(type)) yield* leavesOf(type.ofType, [...path, 0]);
  else if (isInputObjectType(type))
    for (const field of Object.values(type.getFields())) yield* leavesOf(field.type, [...path, field.name]);
  else yield { path, of: type.name };
}

function withLeaf(base: unknown, path: Path, leaf: unknown): unknown {
  const [at, ...rest] = path;
  if (at === undefined) return leaf;
  if (typeof at === 'number') return [withLeaf((base as unknown[] | undefined)?.[at], rest, leaf)];
  const old = (base ?? {}) as Record<string, unknown>;
  return { ...old, [at]: withLeaf(old[at], rest, leaf) };
}

/** What stands at a place: an id in one of its forms, attributes as a map, else the text. */
function leafOf(of: string, text: string, nth: number, source?: string): unknown {
  if (of === 'JSONObject') return { [text]: text, nested: [{ ['__proto__']: text, constructor: text }] };
  if (of !== 'ID') return text;
  const own = (nth % 2 === 0 && source !== undefined && formsAt.get(source)) || forms;
  return own[Math.floor(nth / 2) % own.length]!(text);
}

/** What is asked of an answer: as much as makes it look around. */
function selectionOf(field: GraphQLField<unknown, unknown>): string {
  const type = getNamedType(field.type);
  if (!isObjectType(type) && !isInterfaceType(type)) return '';
  const fields = type.getFields();
  if ('userErrors' in fields) return '{ userErrors { code message field target } calls { method url status } }';
  if ('nodes' in fields) return '{ nodes { __typename } }';
  return '{ __typename ... on Group { id name memberCount } ... on User { id name email } ... on Project { id name } }';
}

/** What the other arguments need to be there for. */
const needed: Readonly<Record<string, unknown>> = {
  id: gid('testrail', 'User', '3'),
  ids: [],
  name: 'asa',
  key: 'k-1',
};

function seatsOf(
  field: GraphQLField<unknown, unknown>,
  around: (text: string) => string,
  base: (argument: GraphQLArgument) => unknown,
  source?: string,
): Seat[] {
  const heads = field.args.map(({ name, type }) => `$${name}: ${type.toString()}`).join(', ');
  const handed = field.args.map(({ name }) => `${name}: $${name}`).join(', ');
  const query = around(`${field.name}(${handed}) ${selectionOf(field)}`).replace('HEADS', heads);
  const others = Object.fromEntries(
    field.args.filter((argument) => base(argument) !== undefined).map((argument) => [argument.name, base(argument)]),
  );
  return field.args.flatMap((argument) =>
    [...leavesOf(argument.type)].map(({ path, of }) => ({
      name: [field.name, source, argument.name, ...path].filter((one) => one !== undefined).join('.'),
      send: (text, nth) => ({
        query,
        variables: {
          ...others,
          [argument.name]: withLeaf(others[argument.name], path, leafOf(of, text, nth, source)),
        },
      }),
    })),
  );
}

/** All places of the schema: arguments of queries, inputs of mutations at each vendor, and arguments further inside. */
export function seatsIn(schema: GraphQLSchema): Seat[] {
  const queries = Object.values(schema.getQueryType()!.getFields());
  const mutations = schema.getMutationType()!.getFields();
  return [
    ...queries.flatMap((field) =>
      seatsOf(
        field,
        (text) => `query (HEADS) { ${text} }`,
        ({ name, type }) => (isNonNullType(type) ? needed[name] : undefined),
      ),
    ),
    ...verbs.flatMap(({ mutation, source, input }) =>
      seatsOf(
        mutations[mutation]!,
        (text) => `mutation (HEADS) { ${text} }`,
        () => input(),
        source,
      ),
    ),
    ...rows.flatMap(({ source, type, path }) => {
      const inside = schema.getType(type);
      const fields = isObjectType(inside) ? Object.values(inside.getFields()) : [];
      const node = `node(id: ${JSON.stringify(gid(source, type, ...path))})`;
      return fields
        .filter(({ args }) => args.length > 0)
        .flatMap((field) =>
          seatsOf(
            field,
            (text) => `query (HEADS) { ${node} { ... on ${type} { ${text} } } }`,
            () => undefined,
            source,
          ),
        );
    }),
  ];
}
