import { ApolloServer } from '@apollo/server';
import { buildSchema, GraphQLError, type GraphQLFormattedError, type GraphQLScalarType } from 'graphql';
import { pino } from 'pino';
import { beforeEach, describe, expect, it } from 'vitest';
import { BadInput } from '../../src/graph/bad-input.js';
import { VendorError } from '../../src/http/errors.js';
import { LedgerError } from '../../src/ledger/ledger.js';
import { formatErrorWith } from '../../src/server/graphql/format-error.js';

const secret = 'HUNTER2 at https://user:pass@vendor.example';

/** A schema whose one field fails in the way that is asked for. */
const schema = buildSchema(`
  enum ErrorCode { BAD_USER_INPUT FORBIDDEN LEDGER_UNAVAILABLE QUERY_TOO_EXPENSIVE VENDOR_TIMEOUT }
  enum Role { ADMIN }
  scalar Odd
  input Inner { odd: Odd, role: Role!, numbers: [Int!] }
  type Query {
    fails: String
    odd: Odd
    role: Role
    must: String!
    of(number: Int, flag: Boolean, role: Role, odd: Odd, inner: Inner, inners: [Inner!]): String
  }
`);
const odd = schema.getType('Odd') as GraphQLScalarType;
const refuse = (value: unknown): never => {
  throw new GraphQLError(`Odd cannot take ${JSON.stringify(value)}`, { extensions: { code: 'BAD_USER_INPUT' } });
};
Object.assign(odd, { parseValue: refuse, parseLiteral: refuse, serialize: refuse });

let log: string[];
beforeEach(() => {
  log = [];
});

/** What leaves, of one operation over resolvers that throw. */
async function errorsOf(query: string, root: object = {}, variables: Record<string, unknown> = {}) {
  const formatError = formatErrorWith({
    schema,
    log: pino({ base: undefined }, { write: (line: string) => void log.push(line) }),
    tokens: 2_000,
  });
  const apollo = new ApolloServer({
    schema,
    rootValue: () => root,
    includeStacktraceInErrorResponses: true,
    hideSchemaDetailsFromClientErrors: true,
    validationOptions: { maxErrors: 4 },
    executionOptions: { maxCoercionErrors: 4 },
    formatError,
  });
  const { body } = await apollo.executeOperation({ query, variables });
  await apollo.stop();
  return body.kind === 'single' ? (body.singleResult.errors ?? []) : [];
}

const fails = (error: unknown) => ({
  fails: () => {
    throw error;
  },
});
const nobody = { source: null, vendor: null, status: null, retryAfterSeconds: null };
const internal = [
  expect.objectContaining({ message: 'Internal server error', extensions: { code: 'INTERNAL_SERVER_ERROR' } }),
];

describe('what a resolver throws and we did not mean to tell is an internal error, and is in the log only:', () => {
  it.each([
    ['an error', '{ fails }', fails(new Error(secret))],
    ['a text', '{ fails }', fails(secret)],
    ['nothing', '{ fails }', fails(undefined)],
    ["graphql's error without a code", '{ fails }', fails(new GraphQLError(secret))],
    ['one with a code of its own', '{ fails }', fails(new GraphQLError(secret, { extensions: { code: 'HTTP_418' } }))],
    [
      'one that calls it input',
      '{ fails }',
      fails(new GraphQLError(secret, { extensions: { code: 'BAD_USER_INPUT' } })),
    ],
    [
      'one that calls it a request',
      '{ fails }',
      fails(new GraphQLError(secret, { extensions: { code: 'BAD_REQUEST' } })),
    ],
    ['a value that a scalar does not take', '{ odd }', { odd: secret }],
    ['a value that an enum does not have', '{ role }', { role: secret }],
    ['a null where none may be', '{ must }', {}],
  ])('%s', async (_name, query, root) => {
    const errors = await errorsOf(query, root);

    expect(errors).toEqual(internal);
    expect(JSON.stringify(errors)).not.toMatch(/HUNTER2|vendor\.example|stack/);
    expect(log.join('')).toContain('a resolver failed');
  });
});

describe('what we mean to tell leaves with its code and all five extensions:', () => {
  const whom = { source: 'asa', vendor: 'OKTA_ASA', title: 'Okta ASA' } as const;
  const vendor = new VendorError('VENDOR_TIMEOUT', whom, 504, 7, new Error(secret));

  it.each([
    [
      'of a vendor',
      vendor,
      vendor.message,
      { code: 'VENDOR_TIMEOUT', source: 'asa', vendor: 'OKTA_ASA', status: 504, retryAfterSeconds: 7 },
    ],
    [
      'of the ledger',
      new LedgerError(secret, secret),
      'The ledger cannot be read.',
      { code: 'LEDGER_UNAVAILABLE', ...nobody },
    ],
    ['of input', new BadInput('Leave it out.'), 'Leave it out.', { code: 'BAD_USER_INPUT', ...nobody }],
    [
      'of a caller',
      new GraphQLError('Not you.', { extensions: { code: 'FORBIDDEN', words: secret } }),
      'Not you.',
      { code: 'FORBIDDEN', ...nobody },
    ],
  ])('%s', async (_name, error, message, extensions) => {
    expect(await errorsOf('{ fails }', fails(error))).toEqual([
      { message, locations: [{ line: 1, column: 3 }], path: ['fails'], extensions },
    ]);
  });
});

const messages = (errors: readonly GraphQLFormattedError[]) => errors.map(({ message }) => message);

describe('of a variable its name, the place inside it and the type expected there are told:', () => {
  it.each([
    ['Int', 'many', 'The variable "$v" has a value that is not of the type "Int".'],
    ['Int', 12_345_678_901, 'The variable "$v" has a value that is not of the type "Int".'],
    ['Odd', secret, 'The variable "$v" has a value that is not of the type "Odd".'],
    [
      'Inner',
      { odd: secret, role: 'ADMIN' },
      'The variable "$v" has a value at "v.odd" that is not of the type "Odd".',
    ],
    ['Inner', { role: secret }, 'The variable "$v" has a value at "v.role" that is not of the type "Role!".'],
    ['Inner', {}, 'The variable "$v" has a value that is not of the type "Inner".'],
    ['Inner', { HUNTER2: 1, role: 'ADMIN' }, 'The variable "$v" has a value that is not of the type "Inner".'],
    [
      '[Inner!]',
      [{ role: 'ADMIN' }, { role: 'ADMIN', numbers: [1, 'HUNTER2'] }],
      'The variable "$v" has a value at "v.1.numbers.1" that is not of the type "Int!".',
    ],
    // A key that pretends to be a place is not believed.
    [
      'Inner',
      { 'x" at "v.HUNTER2"; ': 1, role: 'ADMIN' },
      'The variable "$v" has a value that is not of the type "Inner".',
    ],
    ['Int!', null, 'The variable "$v" of the type "Int!" is missing or null.'],
    ['Int!', undefined, 'The variable "$v" of the type "Int!" is missing or null.'],
  ])('%s %j', async (type, value, message) => {
    const argument = { Int: 'number', 'Int!': 'number', Odd: 'odd', Inner: 'inner', '[Inner!]': 'inners' }[type];
    const errors = await errorsOf(
      `query ($v: ${type}) { of(${argument}: $v) }`,
      {},
      value === undefined ? {} : { v: value },
    );

    expect(messages(errors)).toEqual([message]);
    expect(errors[0]!.extensions).toEqual({ code: 'BAD_USER_INPUT', ...nobody });
  });

  it('and of many, five', async () => {
    const inners = Array.from({ length: 1_000 }, () => ({ role: secret }));
    const errors = await errorsOf('query ($v: [Inner!]) { of(inners: $v) }', {}, { v: inners });

    expect(errors).toHaveLength(5);
    expect(messages(errors)[4]).toContain('Too many errors');
    expect(errors.every(({ extensions }) => extensions!['code'] === 'BAD_USER_INPUT')).toBe(true);
  });
});

describe('of a value in the document its type is told, and where it stands:', () => {
  it.each([
    ['of(number: "HUNTER2")', 'Int'],
    ['of(number: 99999999999)', 'Int'],
    ['of(flag: "HUNTER2")', 'Boolean'],
    ['of(role: HUNTER2)', 'Role'],
    ['of(role: "HUNTER2")', 'Role'],
    ['of(inner: "HUNTER2")', 'Inner'],
    ['of(inner: { numbers: [1] })', 'Role!'],
    ['of(inner: { role: null })', 'Role!'],
    ['of(inners: [{ role: HUNTER2 }])', 'Role'],
  ])('%s', async (call, type) => {
    const errors = await errorsOf(`{ ${call} }`);

    expect(messages(errors)).toEqual([
      `A value in the document is not of the type "${type}" that is expected at its place.`,
    ]);
    expect(errors[0]).toMatchObject({
      locations: [{ line: 1 }],
      extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
    });
  });

  it('also where only its variables make it wrong', async () => {
    const errors = await errorsOf(
      'query ($r: Role = ADMIN) { of(inner: { role: $r, numbers: [8] }) }',
      {},
      { r: null },
    );

    expect(messages(errors)).toEqual(['A value in the document is not what is expected at its place.']);
    expect(errors[0]!.extensions!['code']).toBe('BAD_USER_INPUT');
  });

  it('and of what a scalar says of it nothing', async () => {
    expect(messages(await errorsOf('{ of(odd: "HUNTER2") }'))).toEqual([
      'A value in the document is not what is expected at its place.',
    ]);
  });

  it.each([
    ['{ of(number: 1 "HUNTER2") }', 'Syntax Error: Expected Name, found String.'],
    ['{ of(number: """HUNTER2\n"x" HUNTER2""" 7', 'Syntax Error: Expected Name, found Int.'],
    ['{ of "HUNTER2\\n \\" HUNTER2" }', 'Syntax Error: Expected Name, found String.'],
    ['{ of 123.456e7 }', 'Syntax Error: Expected Name, found Float.'],
    ['{ of(odd: "HUNTER2', 'Syntax Error: Unterminated string.'],
    ['{ of(odd: "\\xHUNTER2") }', 'Syntax Error: Invalid character escape sequence: "…".'],
    ['{ of(odd: 7HUNTER2) }', 'Syntax Error: Invalid number, expected digit but got: "H".'],
  ])('of what cannot be read, only what it is: %s', async (query, message) => {
    expect(messages(await errorsOf(query))).toEqual([message]);
  });
});

describe('of a document that is refused', () => {
  it('names are told, as far as one needs them', async () => {
    expect(messages(await errorsOf('{ nope must(x: 1) ...F }'))).toEqual([
      'Cannot query field "nope" on type "Query".',
      'Unknown argument "x" on field "Query.must".',
      'Unknown fragment "F".',
    ]);
    const [long] = messages(await errorsOf(`{ ${'n'.repeat(5_000)} }`));
    expect(long).toBe(`Cannot query field "${'n'.repeat(60)}…" on type "Query".`);
  });

  it('there are at most five errors, each with at most two places', async () => {
    const many = await errorsOf(`{ ${Array.from({ length: 400 }, (_, at) => `${'x'.repeat(100)}${at}`).join(' ')} }`);
    const contradicting = await errorsOf(`{ ${Array.from({ length: 50 }, (_, at) => `of(number: ${at})`).join(' ')} }`);

    expect(many).toHaveLength(5);
    for (const { locations } of [...many, ...contradicting]) expect(locations?.length ?? 0).toBeLessThanOrEqual(2);
    for (const errors of [many, contradicting]) expect(JSON.stringify({ errors }).length).toBeLessThan(2_000);
  });
});
