import { getIntrospectionQuery } from 'graphql';

/** A request as somebody would send it who means no good: the text of its body. */
export interface Hostile {
  readonly name: string;
  readonly body: string;
}

const times = (count: number, text: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => text(at)).join(' ');
const nested = (levels: number, open: string, inside: string, close: string) =>
  open.repeat(levels) + inside + close.repeat(levels);
const people = (levels: number) =>
  `{ groups { nodes ${nested(levels, '{ members { nodes { groups { nodes ', '{ id }', '} } } }')} } }`;
const remove = 'mutation ($i: UpdateGroupInput!) { updateGroup(input: $i) { userErrors { code } } }';
const group = 'gid://tiledesk/TiledeskGroup/5b55e806c93dde0014000001/5b55e806c93dde0014000001';
const ofIds = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }';
const ofId = 'query ($id: ID!) { node(id: $id) { id } }';
const introspection = getIntrospectionQuery()
  .replace(/query \w+/, '')
  .trim();

const documents: Record<string, string> = {
  '10,000 aliases': `{ ${times(10_000, (at) => `a${at}: __typename`)} }`,
  '600 aliases of __typename': `{ ${times(600, (at) => `a${at}: __typename`)} }`,
  '600 aliases of a list': `{ ${times(300, (at) => `a${at}: sources { name }`)} }`,
  '10,000 times the same field': `{ ${times(10_000, () => '__typename')} }`,
  '1,900 times the same field': `{ ${times(1_900, () => '__typename')} }`,
  '20,000 directives': `{ __typename ${times(20_000, () => '@skip(if: false)')} }`,
  '300 directives on one field': `{ __typename ${times(300, () => '@skip(if: false)')} }`,
  '900 directives that nobody knows': `{ __typename ${times(900, (at) => `@d${at}`)} }`,
  'a nest of 10,000 levels': nested(10_000, '{ a ', '', '}'),
  'a nest of 450 levels of a field that nobody knows': nested(450, '{ a ', '', '}'),
  'people of groups of people, 1.5 kB of them': people(50),
  'people of groups of people, as many as tokens allow': people(150),
  'a fragment of itself': '{ ...A } fragment A on Query { ...A }',
  'fragments in a ring': `{ ...F0 } ${times(100, (at) => `fragment F${at} on Query { ...F${(at + 1) % 100} }`)}`,
  'a bomb of fragments': `{ ...F0 } ${times(180, (at) => `fragment F${at} on Query { ...F${at + 1} ...F${at + 1} }`)} fragment F180 on Query { __typename }`,
  'a broad bomb of fragments': `{ ...F0 } ${times(9, (at) => `fragment F${at} on Query { ${times(90, () => `...F${at + 1}`)} }`)} fragment F9 on Query { __typename }`,
  'a bomb of lists': `{ groups { nodes { ...F0 } } } ${times(60, (at) => `fragment F${at} on Group { a: members { nodes { groups { nodes { ...F${at + 1} } } } } b: members { nodes { groups { nodes { ...F${at + 1} } } } } }`)} fragment F60 on Group { id }`,
  'fields that contradict each other': `{ ${times(250, (at) => `x: source(name: "${at}") { name }`)} }`,
  'fields that contradict each other, nested': `{ ${times(120, (at) => `groups { nodes { x: members(first: ${at + 1}) { totalCount } } }`)} }`,
  'fragments that contradict each other': `{ ${times(150, (at) => `...F${at}`)} } ${times(150, (at) => `fragment F${at} on Query { x: source(name: "${at}") { name } }`)}`,
  'a number of 5,000 digits': `{ groups(first: ${'9'.repeat(5_000)}) { totalCount } }`,
  'a text of 900 kB': `{ node(id: "${'x'.repeat(900_000)}") { id } }`,
  'a block of 400,000 lines': `{ node(id: """${'\n'.repeat(400_000)}""") { id } }`,
  'a comment of 900 kB': `#${'x'.repeat(900_000)}\n{ __typename }`,
  'a name of 900 kB': `{ ${'x'.repeat(900_000)} }`,
  'types of fields of types of fields': `{ __schema { types ${nested(100, '{ fields { type ', '{ name }', '} }')} } }`,
  'the same by a fragment': `{ __schema { types { ...T } } } fragment T on __Type { fields { type { ...U } } } fragment U on __Type { fields { type { ...V } } } fragment V on __Type { fields { type { name } } }`,
  'the whole schema 20 times over': `{ ${times(20, (at) => `s${at}: __schema { ...S }`)} } ${introspection
    .replace('{', 'fragment S on __Schema {')
    .replace('__schema {', '')
    .replace('}', '')
    .replace(/\}\s*fragment/, 'fragment')}`,
  'lists in lists': `{ nodes(ids: ${nested(900, '[', '"x"', ']')}) { id } }`,
  'objects in objects': `{ groups(filter: ${nested(450, '{ a: ', '1', '}')}) { totalCount } }`,
  '300 operations': times(300, (at) => `query Q${at} { __typename }`),
  '300 operations of one name': times(300, () => 'query Q { __typename }'),
  '380 variables': `query (${times(380, (at) => `$v${at}: Int`)}) { __typename }`,
  '380 variables of types that nobody knows': `query (${times(380, (at) => `$v${at}: T${at}`)}) { __typename }`,
  '1,900 fields that nobody knows': `{ ${times(1_900, (at) => `field${at}`)} }`,
  '300 fragments that nobody uses': `{ __typename } ${times(300, (at) => `fragment F${at} on Query { __typename }`)}`,
  '480 arguments of one name': `{ node(${times(480, () => 'id: "x"')}) { id } }`,
  'a subscription to what nobody knows': 'subscription { a { b { ...F } } } fragment F on User { nobody }',
  'a subscription': 'subscription { a { b } }',
  'a mutation of nothing': 'mutation { a }',
  'a schema': 'type Query { a: Int }',
  'no characters of any language': `{ ${'\u0000\u{1F600}\u202E'.repeat(1_000)} }`,
};

const text = (query: string, variables: object = {}) => JSON.stringify({ query, variables });

const bodies: Record<string, string> = {
  'a batch of 1,000 operations': JSON.stringify(Array(1_000).fill({ query: '{ sources { name } }' })),
  'a body of 2 MB': text(`{ ${'__typename '.repeat(200_000)} }`),
  'variables of 100,000 lists in lists': `{ "query": ${JSON.stringify(ofIds)}, "variables": { "ids": ${nested(100_000, '[', '', ']')} } }`,
  'variables of 50,000 objects in objects': `{ "query": ${JSON.stringify(ofId)}, "variables": { "id": ${nested(50_000, '{"a":', '1', '}')} } }`,
  'an attribute of 50,000 objects in objects': `{ "query": ${JSON.stringify(remove)}, "variables": { "i": { "group": "${group}", "attributes": ${nested(50_000, '{"a":', '1', '}')} } } }`,
  '100,000 variables that nobody declared': text(
    '{ __typename }',
    Object.fromEntries(Array.from({ length: 60_000 }, (_, at) => [`v${at}`, 1])),
  ),
  'an id of 900 kB': text(ofId, { id: 'x'.repeat(900_000) }),
  '100,000 ids': text(ofIds, { ids: Array(100_000).fill('x') }),
  '100,000 ids that are none': text(ofIds, { ids: Array(100_000).fill({}) }),
  'a number beyond all numbers': `{ "query": "query ($n: Int) { groups(first: $n) { totalCount } }", "variables": { "n": 1e400 } }`,
  'a number of 100,000 digits': `{ "query": "query ($n: Int) { groups(first: $n) { totalCount } }", "variables": { "n": ${'9'.repeat(100_000)} } }`,
  'the name of an operation of 900 kB': JSON.stringify({ query: '{ __typename }', operationName: 'x'.repeat(900_000) }),
  'the prototype of everything': '{ "query": "{ __typename }", "variables": { "__proto__": { "polluted": true } } }',
  'the constructor of everything':
    '{ "query": "{ __typename }", "variables": { "constructor": { "prototype": { "polluted": true } } } }',
  'half a body': '{ "query": "{ __typename }"',
  'a document that is a list': JSON.stringify({ query: ['{ __typename }'] }),
  'variables that are a text': JSON.stringify({ query: '{ __typename }', variables: '{}' }),
};

export const hostile: readonly Hostile[] = [
  ...Object.entries(documents).map(([name, query]) => ({ name, body: text(query) })),
  ...Object.entries(bodies).map(([name, body]) => ({ name, body })),
];
