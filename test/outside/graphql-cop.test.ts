/** What graphql-cop looks for, asked by us: its checks of version 1.15 in our own words, against our server and a bad one. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { people } from '../../src/sandbox/people.js';
import { openRawServer, type RawServer } from '../support/raw-server.js';
import { openRollcall, type Rollcall } from '../support/rollcall.js';

interface Heard {
  readonly text: string;
  /** Undefined where it is no JSON. */
  readonly json: any;
}

/** Whether a server at this address has the weakness. */
type Check = (origin: string) => Promise<boolean>;

async function hear(address: string, init: RequestInit = {}): Promise<Heard> {
  const text = await (await fetch(address, init)).text();
  try {
    return { text, json: JSON.parse(text) };
  } catch {
    return { text, json: undefined };
  }
}

const post = (origin: string, body: unknown, headers: Record<string, string> = {}) =>
  hear(`${origin}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
const asked = (origin: string, query: string) => post(origin, { query });
const inAddress = (query: string) => `?query=${encodeURIComponent(query)}`;
const aliases = Array.from({ length: 101 }, (_, at) => `alias${at}: __typename`).join('\n');
const pages = ['GraphiQL', 'graphiql.min.css', 'GraphQL Playground', 'graphql-playground'];

const checks: Readonly<Record<string, Check>> = {
  'alias overloading': async (origin) => (await asked(origin, `query { ${aliases} }`)).json?.data?.alias100 != null,
  'array batching': async (origin) => {
    const { json } = await post(origin, Array(10).fill({ query: 'query { __typename }' }));
    return Array.isArray(json) && json.length >= 10;
  },
  'directive overloading': async (origin) =>
    (await asked(origin, `query { __typename ${'@aa'.repeat(10)} }`)).json?.errors?.length >= 10,
  'circular introspection': async (origin) => {
    const levels = 4;
    const nest = `${'fields { type { '.repeat(levels)}name${' } }'.repeat(levels)}`;
    const { json } = await asked(origin, `query { __schema { types { ${nest} } } }`);
    return json?.data?.__schema?.types?.length > 25;
  },
  'circular fragments': async (origin) => {
    const rings = 'fragment A on __Schema { __typename ...B } fragment B on __Schema { ...A }';
    return (await asked(origin, `query { __schema { ...A } } ${rings}`)).json?.errors === undefined;
  },
  'field suggestions': async (origin) =>
    /Did you mean/i.test((await asked(origin, 'query { __schema { directive } }')).text),
  introspection: async (origin) =>
    (await asked(origin, 'query { __schema { types { name fields { name } } } }')).json?.data?.__schema?.types != null,
  'an explorer where one is looked for': async (origin) => {
    const found = await Promise.all(
      ['/graphiql', '/playground', '/console', '/graphql'].map((path) => hear(origin + path)),
    );
    return found.some(({ text }) => pages.some((page) => text.includes(page)));
  },
  'queries by GET': async (origin) =>
    (await hear(`${origin}/graphql${inAddress('{__typename}')}`)).json?.data?.__typename != null,
  'mutations by GET': async (origin) => {
    const address = `${origin}/graphql${inAddress('mutation {__typename}')}`;
    const answers = [await hear(address), await hear(address, { headers: { 'apollo-require-preflight': 'yes' } })];
    return answers.some(({ json }) => json?.data?.__typename != null);
  },
  'queries in a form': async (origin) => {
    const address = `${origin}/graphql`;
    const body = new URLSearchParams({ query: 'query {__typename}' });
    const answers = [
      await hear(address, { method: 'POST', body }),
      await hear(`${address}?${body}`, { method: 'POST' }),
      await post(origin, { query: '{__typename}' }, { 'content-type': 'text/plain' }),
    ];
    return answers.some(({ json }) => json?.data?.__typename != null);
  },
  'traces in the answer': async (origin) => {
    const { json, text } = await asked(origin, 'query { __typename }');
    return json?.extensions?.tracing != null || /stacktrace/i.test(text);
  },
  'errors that nobody has handled': async (origin) => {
    const { json, text } = await asked(origin, 'qwerty cop { abc }');
    return json?.errors?.[0]?.extensions?.exception != null || /stacktrace/i.test(text);
  },
};

/** Every weakness at once. */
async function worst(response: ServerResponse, { url = '', method = '', headers }: IncomingMessage, body: string) {
  response.setHeader('content-type', 'application/json');
  if (method === 'GET' && !url.includes('query')) return response.end('<title>GraphiQL</title>');
  if (body.startsWith('[')) return response.end(JSON.stringify(Array(10).fill({ data: {} })));
  const data = { __typename: 'Query', alias100: 'Query', __schema: { types: Array(30).fill({ name: 'T' }) } };
  if (headers['content-type'] !== 'application/json' || body.includes('...B'))
    return response.end(JSON.stringify({ data }));
  const error = { message: 'Did you mean "directives"?', extensions: { exception: { stacktrace: [] } } };
  return response.end(JSON.stringify({ data, errors: Array(10).fill(error), extensions: { tracing: {} } }));
}

async function findings(origin: string): Promise<string[]> {
  const found = await Promise.all(Object.entries(checks).map(async ([name, check]) => [name, await check(origin)]));
  return found.filter(([, is]) => is).map(([name]) => String(name));
}

const population = { people: people(6), groups: 2, membersPerGroup: 2, projects: 1, awkward: false };
let usual: Rollcall;
let closed: Rollcall;
let bad: RawServer;

beforeAll(async () => {
  usual = await openRollcall({ population });
  closed = await openRollcall({ population, auth: { mode: 'none', introspection: [], graphiql: [] } });
  bad = await openRawServer((response, request) => void worst(response, request, bad.bodies.at(-1)!));
});
afterAll(() => Promise.all([usual.close(), closed.close(), bad.close()]));

describe('graphql-cop would find', () => {
  it('nothing where the schema is closed', async () => {
    expect(await findings(closed.url)).toEqual([]);
  });

  it('nothing else than that the schema may be read where it may be', async () => {
    expect(await findings(usual.url)).toEqual(['introspection']);
  });

  it('all of it at a server that has all of it', async () => {
    expect(await findings(bad.origin)).toEqual(Object.keys(checks));
    expect(Object.keys(checks).length).toBeGreaterThanOrEqual(12);
  });
});
