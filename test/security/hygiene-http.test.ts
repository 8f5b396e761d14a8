import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { people } from '../../src/sandbox/people.js';
import { openRollcall, type Rollcall } from '../support/rollcall.js';

const canary = 'HUNTER2';

let rollcall: Rollcall;
beforeAll(async () => {
  const population = { people: people(6), groups: 2, membersPerGroup: 2, projects: 1, awkward: false };
  rollcall = await openRollcall({ population, limits: { bodyBytes: 100_000 } });
});
afterAll(() => rollcall.close());

async function send(init: RequestInit, search = '') {
  const response = await fetch(`${rollcall.url}/graphql${search}`, { method: 'POST', ...init });
  const text = await response.text();
  return { status: response.status, type: response.headers.get('content-type'), text, answer: JSON.parse(text) };
}

const json = { 'content-type': 'application/json' };
const document = JSON.stringify({ query: '{ __typename }', variables: { pad: canary } });
const preflight = { 'apollo-require-preflight': '1' };
const invalid = 'Invalid JSON';
const ofType = 'The body must be application/json, in UTF-8.';

const malformed: readonly [
  name: string,
  status: number,
  message: RegExp | string,
  init: RequestInit,
  search?: string,
][] = [
  ['no body', 400, invalid, { headers: json }],
  ['half a body', 400, invalid, { headers: json, body: document.slice(0, -1) }],
  ['a body and more', 400, invalid, { headers: json, body: `${document}${canary}` }],
  ['text', 400, invalid, { headers: json, body: canary }],
  ['a number', 400, /POST body missing/, { headers: json, body: '7' }],
  ['a list', 400, /batching/i, { headers: json, body: `[${document}]` }],
  ['an empty object', 400, /POST body missing/, { headers: json, body: '{}' }],
  ['no document', 400, /non-empty `query`/, { headers: json, body: `{"variables":{"pad":"${canary}"}}` }],
  [
    'bytes that are no UTF-8',
    400,
    invalid,
    { headers: json, body: Buffer.concat([Buffer.from(document), Buffer.from([0xff])]) },
  ],
  ['UTF-16', 400, invalid, { headers: json, body: Buffer.from(document, 'utf16le') }],
  ['another charset', 415, ofType, { headers: { 'content-type': 'application/json; charset=utf-7' }, body: document }],
  [
    'a charset of old',
    415,
    ofType,
    { headers: { 'content-type': 'application/json;charset="iso-8859-1"' }, body: document },
  ],
  [
    'a form',
    415,
    ofType,
    { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: `query=${canary}` },
  ],
  ['parts', 415, ofType, { headers: { 'content-type': 'multipart/form-data; boundary=x' }, body: canary }],
  ['text/plain', 415, ofType, { headers: { 'content-type': 'text/plain' }, body: document }],
  ['no type', 415, ofType, { headers: {}, body: Buffer.from(document) }],
  ['a type that is none', 415, ofType, { headers: { 'content-type': canary }, body: document }],
  ['too much', 413, /larger than the limit of 100,000 bytes/, { headers: json, body: canary.repeat(20_000) }],
  [
    '101 levels',
    400,
    /100 levels/,
    { headers: json, body: `{"query":"{ __typename }","variables":{"a":${'['.repeat(100)}${']'.repeat(100)}}}` },
  ],
  [
    '10,001 keys',
    400,
    /10,000 keys/,
    { headers: json, body: `{${Array.from({ length: 10_001 }, (_, at) => `"${at}":1`).join()}}` },
  ],
  ['its prototype', 400, invalid, { headers: json, body: `{"query":"{ __typename }","__proto__":{"x":"${canary}"}}` }],
  [
    'an odd hash',
    400,
    'provided sha does not match query',
    {
      headers: json,
      body: JSON.stringify({
        query: '{ __typename }',
        extensions: { persistedQuery: { version: 1, sha256Hash: canary } },
      }),
    },
  ],
  [
    'an odd version',
    400,
    'Unsupported persisted query version',
    {
      headers: json,
      body: JSON.stringify({ extensions: { persistedQuery: { version: 2, sha256Hash: canary } } }),
    },
  ],
  [
    'the name of no operation',
    400,
    'The document has no operation of the name that was sent.',
    {
      headers: json,
      body: JSON.stringify({ query: 'query A { __typename } query B { __typename }', operationName: `"${canary}"` }),
    },
  ],
  ['a GET that a form could send', 400, /Cross-Site Request Forgery/, { method: 'GET' }, `?query=${canary}`],
  [
    'a GET of odd variables',
    400,
    /variables search parameter/,
    { method: 'GET', headers: preflight },
    `?query={__typename}&variables=${canary}`,
  ],
  ['a GET of a mutation', 405, /GET requests/, { method: 'GET', headers: preflight }, '?query=mutation{__typename}'],
  ['a GET of nothing', 400, /non-empty `query`/, { method: 'GET', headers: preflight }],
  ['another method', 405, 'Use GET or POST', { method: 'DELETE' }],
];

describe('what is no request of GraphQL is refused in its form, in few words, none of which was sent:', () => {
  it.each(malformed)('%s: %i', async (_name, status, message, init, search) => {
    const before = rollcall.log.length;
    const { text, type, answer, ...refused } = await send(init, search);

    expect(refused.status).toBe(status);
    expect(type).toContain('json');
    expect(answer.errors).toHaveLength(1);
    expect(answer.errors[0].message).toEqual(typeof message === 'string' ? message : expect.stringMatching(message));
    expect(answer.errors[0].extensions.code).toMatch(/^(BAD_REQUEST|OPERATION_RESOLUTION_FAILURE)$/);
    expect(answer.data).toBeUndefined();
    expect(text.length).toBeLessThan(2_048);
    expect(text + rollcall.log.slice(before).join('')).not.toContain(canary);
  });

  it.each([
    'application/json',
    'application/json; charset=utf-8',
    'application/json;charset=UTF-8',
    'Application/JSON; charset="utf8"',
  ])('while %s is taken', async (type) => {
    const { status, answer } = await send({ headers: { 'content-type': type }, body: document });

    expect([status, answer.data]).toEqual([200, { __typename: 'Query' }]);
  });

  it('while 100 levels and 10,000 keys are taken, and what stands in texts does not count', async () => {
    const deep = `${'['.repeat(98)}${']'.repeat(98)}`;
    const text = JSON.stringify(`${'{['.repeat(200)}\\"${':'.repeat(20_000)}`);
    const body = `{"query":"{ __typename }","variables":{"deep":${deep},"text":${text}}}`;

    expect((await send({ headers: json, body })).status).toBe(200);
  });
});
