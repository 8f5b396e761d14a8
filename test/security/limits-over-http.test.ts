import { createHash } from 'node:crypto';
import { getIntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { people } from '../../src/sandbox/people.js';
import { calls } from '../support/journal.js';
import { openRollcall, type Answer, type Rollcall } from '../support/rollcall.js';

const population = { people: people(6), groups: 2, membersPerGroup: 2, projects: 1, awkward: false };
const allowed = { cost: 1_000, depth: 4, selections: 12, aliases: 3, directives: 1, mutations: 2, operations: 2 };

let rollcall: Rollcall;
beforeAll(async () => {
  rollcall = await openRollcall({ population, limits: { ...allowed, tokens: 150, bodyBytes: 5_000 } });
});
afterAll(() => rollcall.close());

const asked = () => Object.keys(rollcall.sandbox.sources).flatMap((name) => calls(rollcall.sandbox.server(name)));

/** An answer that refuses the operation as a whole, in one error. */
function refusal({ status, data, errors, extensions }: Answer) {
  expect([status, data, errors?.length]).toEqual([400, undefined, 1]);
  expect(JSON.stringify({ errors, extensions }).length).toBeLessThan(2_048);
  return errors![0]!;
}

describe('what is over a limit is one QUERY_TOO_EXPENSIVE, HTTP 400, and nobody is asked; what is at it is answered:', () => {
  const key = (at: number) => `k${at}: ledgerEntry(key: "k") { key }`;
  const remove = (at: number) =>
    `m${at}: deleteGroup(input: { group: "gid://testrail/TestRailGroup/99999", dryRun: true }) { deletedId }`;
  const cases: readonly [limit: keyof typeof allowed, at: string, over: string, has: string][] = [
    ['cost', '{ groups(first: 999) { nodes { id } } }', '{ groups(first: 1000) { nodes { id } } }', '1,001'],
    [
      'depth',
      '{ groups(first: 2) { edges { node { members(first: 2) { edges { node { source { name } } } } } } } }',
      '{ groups(first: 2) { edges { node { members(first: 2) { edges { node { groups(first: 2) { nodes { source { name } } } } } } } } } }',
      '5',
    ],
    [
      'selections',
      '{ sources { ...S } } fragment S on Source { id name vendor operations status { state origin code message source fetchedAt } }',
      '{ sources { ...S id } } fragment S on Source { id name vendor operations status { state origin code message source fetchedAt } }',
      '13',
    ],
    ['aliases', `{ ${[1, 2, 3].map(key).join(' ')} }`, `{ ${[1, 2, 3, 4].map(key).join(' ')} }`, '4'],
    [
      'aliases',
      '{ a: __typename b: __typename c: __typename }',
      '{ a: __typename b: __typename c: __typename d: __typename }',
      '4',
    ],
    [
      'directives',
      '{ sources @skip(if: false) { name @include(if: true) } }',
      '{ sources { name @skip(if: false) @include(if: true) } }',
      '2',
    ],
    [
      'mutations',
      `mutation { ${[1, 2].map(remove).join(' ')} }`,
      `mutation { ${[1, 2, 3].map(remove).join(' ')} }`,
      '3',
    ],
    [
      'operations',
      '{ sources { name } }',
      'query A { sources { name } } query B { __typename } query C { __typename }',
      '3',
    ],
  ];

  it.each(cases)('%s', async (limit, at, over, has) => {
    const within = await rollcall.ask(at);
    const before = asked().length;
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ query: over, operationName: over.startsWith('query A') ? 'A' : null });
    const response = await fetch(`${rollcall.url}/graphql`, { method: 'POST', headers, body });
    const answer = { status: response.status, ...((await response.json()) as object) } as Answer;
    const { message, extensions } = refusal(answer);

    expect([within.status, within.data === undefined]).toEqual([200, false]);
    expect(extensions).toEqual({
      code: 'QUERY_TOO_EXPENSIVE',
      source: null,
      vendor: null,
      status: null,
      retryAfterSeconds: null,
    });
    const limitOf = allowed[limit].toLocaleString('en-GB');
    expect(message).toMatch(new RegExp(` is ${has}; the limit is ${limitOf} \\(limits\\.${limit}\\)\\. To mend it, `));
    expect(asked()).toHaveLength(before);
  });

  it('tokens, before the document is read to its end', async () => {
    const within = await rollcall.ask(`{ ${'__typename '.repeat(146)} }`);
    const { message, extensions } = refusal(await rollcall.ask(`{ ${'__typename '.repeat(150)} }`));

    expect(within.errors![0]!.message).toContain('(limits.selections)');
    expect(extensions['code']).toBe('QUERY_TOO_EXPENSIVE');
    expect(message).toContain('more tokens than the limit of 150 (limits.tokens)');
  });

  it('a body, with 413', async () => {
    const within = await rollcall.ask('{ __typename }', { pad: 'x'.repeat(4_800) });
    const { status, errors } = await rollcall.ask('{ __typename }', { pad: 'x'.repeat(5_000) });

    expect([within.status, status]).toEqual([200, 413]);
    expect(errors).toEqual([
      {
        message: 'The body is larger than the limit of 5,000 bytes (limits.bodyBytes).',
        extensions: { code: 'BAD_REQUEST' },
      },
    ]);
  });

  it('introspection, under limits of its own, however small the others are', async () => {
    const roomy = await openRollcall({ population, limits: { ...allowed, tokens: 2_000 } });
    const whole = await roomy.ask(getIntrospectionQuery());
    const recursive = await roomy.ask(
      '{ __schema { types { fields { type { fields { args { type { name kind } } } } } } } }',
    );
    await roomy.close();

    expect(whole.data.__schema.types.length).toBeGreaterThan(50);
    expect(refusal(recursive).message).toContain('estimated cost of introspection');
  });
});

describe('the limits hold for the variables that are sent:', () => {
  const query = 'query ($n: Int, $ids: [ID!]!) { groups(first: $n) { nodes { id } } nodes(ids: $ids) { id } }';
  const codes = async (n: number, ids = 0) => {
    const { status, errors } = await rollcall.ask(query, { n, ids: Array(ids).fill('gid://testrail/Source/testrail') });
    return [status, errors?.[0]?.extensions['code']];
  };

  it('a document that was valid with small ones is refused with large ones, as often as it is asked', async () => {
    const large = [400, 'QUERY_TOO_EXPENSIVE'];
    const small = [200, undefined];

    expect([await codes(1_000), await codes(50), await codes(1_000), await codes(50), await codes(999, 1)]).toEqual([
      large,
      small,
      large,
      small,
      large,
    ]);
  });

  it('also where it is asked by its hash', async () => {
    const sha256Hash = createHash('sha256').update(query).digest('hex');
    const send = async (n: number) => {
      const extensions = { persistedQuery: { version: 1, sha256Hash } };
      const body = JSON.stringify({ variables: { n, ids: [] }, extensions, ...(n === 1 && { query }) });
      const headers = { 'content-type': 'application/json' };
      return (await fetch(`${rollcall.url}/graphql`, { method: 'POST', headers, body })).status;
    };

    expect([await send(1), await send(2), await send(1_000)]).toEqual([200, 200, 400]);
  });

  it('a page that may not be so large is BAD_USER_INPUT, as it names what it may be', async () => {
    const { status, errors } = await rollcall.ask('query ($n: Int) { groups(first: $n) { totalCount } }', {
      n: 2_000_000_000,
    });

    expect([status, errors![0]!.extensions['code']]).toEqual([200, 'BAD_USER_INPUT']);
    expect(errors![0]!.message).toContain('from 1 to 1000');
  });
});

describe('extensions.cost is on every answer:', () => {
  const costs = async (query: string, variables?: object) => (await rollcall.ask(query, variables)).extensions.cost;

  it('of a query, a mutation, and what fails in part', async () => {
    expect(await costs('{ groups(first: 20) { totalCount nodes { id } } }')).toBe(21);
    expect(await costs('mutation { deleteGroup(input: { group: "?" }) { userErrors { code } } }')).toBe(11);
    expect(await costs('{ __typename }')).toBe(0);
    expect(await costs('{ node(id: "?") { id } groups(first: 0) { nodes { id } } }')).toBe(1 + 51);
  });

  it('of what is refused: its own where it is known, and 0 where there is nothing to estimate', async () => {
    expect(await costs('{ groups(first: 1000) { nodes { id } } }')).toBe(1_001);
    expect(await costs('query ($n: Int!) { groups(first: $n) { nodes { id } } }', { n: 'many' })).toBe(51);
    expect(await costs('{ groups { nope } }')).toBe(0);
    expect(await costs('{ groups ')).toBe(0);
    expect(await costs('query A { __typename } query B { __typename }')).toBe(0);
  });

  it('of a GET', async () => {
    const headers = { 'apollo-require-preflight': '1' };
    const get = (query: string) => fetch(`${rollcall.url}/graphql?query=${encodeURIComponent(query)}`, { headers });
    const [within, over] = [
      await get('{ groups(first: 5) { nodes { id } } }'),
      await get('{ groups(first: 1000) { nodes { id } } }'),
    ];

    expect([within.status, over.status]).toEqual([200, 400]);
    expect([await within.json(), await over.json()]).toMatchObject([
      { extensions: { cost: 6 } },
      { errors: [{ extensions: { code: 'QUERY_TOO_EXPENSIVE' } }], extensions: { cost: 1_001 } },
    ]);
  });
});
