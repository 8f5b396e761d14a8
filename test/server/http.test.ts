import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LedgerError } from '../../src/ledger/ledger.js';
import { request as send } from 'node:http';
import { openRollcall, type Rollcall } from '../support/rollcall.js';

let rollcall: Rollcall;

beforeAll(async () => {
  rollcall = await openRollcall({ cors: ['https://app.example.com'], hosts: ['rollcall.example.com'] });
});
afterAll(() => rollcall.close());

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(rollcall.url + path, { headers, redirect: 'manual' });

describe('/graphql', () => {
  const query = '/graphql?query=%7Bsources%7Bname%7D%7D';

  it('GET is for queries, by GraphQL over HTTP', async () => {
    const response = await get(query, { 'apollo-require-preflight': 'true' });

    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ data: { sources: [{ name: 'updraft' }, {}, {}, {}, {}] } });
  });

  it('a GET needs apollo-require-preflight or a content type that a form cannot send', async () => {
    expect((await get(query)).status).toBe(400);
    expect((await get(query, { 'content-type': 'application/json' })).status).toBe(200);
  });

  it('answers in UTF-8, however often it is asked', async () => {
    const query = '{ users(first: 1000) { nodes { name } } group(id: "gid://źródło/TestRailGroup/1 😀") { id } }';
    const ask = async () => {
      const headers = { 'content-type': 'application/json' };
      const response = await fetch(`${rollcall.url}/graphql`, {
        method: 'POST',
        headers,
        body: JSON.stringify({ query }),
      });
      const bytes = Buffer.from(await response.arrayBuffer());
      const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
      return { type: response.headers.get('content-type'), text };
    };
    const people = await (await get('/datasets/memberships.csv')).text();

    const answers = [await ask(), await ask(), await ask()];

    for (const { type, text } of answers) {
      const { data, errors } = JSON.parse(text);
      const names: string[] = data.users.nodes.map(({ name }: { name: string }) => name);
      const told = names.filter((name) => /[\u0100-\uffff]/.test(name ?? '') && people.includes(name));
      expect(type).toContain('charset=utf-8');
      expect(told.length).toBeGreaterThan(0);
      expect(errors).toHaveLength(1);
    }
  });

  it('a mutation by GET is refused', async () => {
    const mutation = encodeURIComponent(
      'mutation { addTestRailGroup(input: { organization: "x", name: "x" }) { userErrors { code } } }',
    );

    const response = await get(`/graphql?query=${mutation}`, { 'apollo-require-preflight': 'true' });

    expect(response.status).toBe(405);
  });

  it("a browser's GET goes to the page", async () => {
    const response = await get('/graphql', { accept: 'text/html,application/xhtml+xml' });

    expect(response.status).toBe(302);
    expect(response.headers.get('location')).toBe('/');
  });

  it('a persisted query never seen is PERSISTED_QUERY_NOT_FOUND, and answered by its hash once it was sent', async () => {
    const text = '{ sources { vendor } }';
    const hash = createHash('sha256').update(text).digest('hex');
    const extensions = { persistedQuery: { version: 1, sha256Hash: hash } };
    const send = async (body: object) => {
      const headers = { 'content-type': 'application/json' };
      const response = await fetch(`${rollcall.url}/graphql`, { method: 'POST', headers, body: JSON.stringify(body) });
      return (await response.json()) as any;
    };

    const unseen = await send({ extensions });
    await send({ query: text, extensions });
    const seen = await send({ extensions });

    expect(unseen.errors[0].extensions.code).toBe('PERSISTED_QUERY_NOT_FOUND');
    expect(seen.data.sources).toHaveLength(5);
  });

  it('what is no JSON is refused in the form that clients of GraphQL read', async () => {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${rollcall.url}/graphql`, { method: 'POST', headers, body: '{"query":' });

    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({
      errors: [{ message: 'Invalid JSON', extensions: { code: 'BAD_REQUEST' } }],
    });
  });

  it('other methods are told which there are', async () => {
    const response = await fetch(`${rollcall.url}/graphql`, { method: 'PUT' });

    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('GET, POST');
  });

  it('what cannot be a document is a 400 that says so, without a stack', async () => {
    const { status, errors } = await rollcall.ask('{ sources { nam } }');

    expect(status).toBe(400);
    expect(errors![0]!.extensions['code']).toBe('GRAPHQL_VALIDATION_FAILED');
    expect(JSON.stringify(errors)).not.toMatch(/stacktrace|node_modules|Did you mean/);
  });
});

describe('around it', () => {
  it('GET /healthz is 200 {"status":"ok"}', async () => {
    const response = await get('/healthz');

    expect(response.status).toBe(200);
    expect(await response.text()).toBe('{"status":"ok"}');
  });

  it('GET /readyz tells each source and its state', async () => {
    const response = await get('/readyz');

    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      status: 'ok',
      sources: [
        { name: 'updraft', vendor: 'UPDRAFT', state: 'OK' },
        { name: 'velt', vendor: 'VELT', state: 'OK' },
        { name: 'testrail', vendor: 'TESTRAIL', state: 'OK' },
        { name: 'tiledesk', vendor: 'TILEDESK', state: 'OK' },
        { name: 'asa', vendor: 'OKTA_ASA', state: 'OK' },
      ],
    });
  });

  it('GET /schema.graphql is the published schema', async () => {
    const response = await get('/schema.graphql');

    expect(response.headers.get('content-type')).toContain('text/plain');
    expect(await response.text()).toContain('type TestRailGroup implements Group & Node');
  });

  it('a request id that is visible ASCII comes back, and one is made for everybody else', async () => {
    const given = await get('/healthz', { 'x-request-id': 'order-66' });
    const odd = await get('/healthz', { 'x-request-id': 'x'.repeat(129) });

    expect(given.headers.get('x-request-id')).toBe('order-66');
    expect(odd.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('pages of the listed origins may ask, and no others', async () => {
    const preflight = (origin: string) =>
      fetch(`${rollcall.url}/graphql`, {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' },
      });

    const listed = await preflight('https://app.example.com');
    const foreign = await preflight('https://evil.example.com');

    expect(listed.headers.get('access-control-allow-origin')).toBe('https://app.example.com');
    expect(foreign.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('a name that is made to lead here asks nothing', async () => {
    const asked = (host: string) =>
      new Promise<number>((resolve, reject) => {
        const headers = { host, 'content-type': 'application/json' };
        const request = send(`${rollcall.url}/graphql`, { method: 'POST', headers }, (response) => {
          response.resume().on('end', () => resolve(response.statusCode!));
        });
        request.on('error', reject).end('{"query":"{ sources { name } }"}');
      });

    expect(await asked('evil.example')).toBe(403);
    expect(await asked('127.0.0.1.evil.example:80')).toBe(403);
    expect(await asked('localhost:4000')).toBe(200);
    expect(await asked('[::1]:4000')).toBe(200);
    expect(await asked('rollcall.example.com')).toBe(200);
  });

  it('answers carry the headers that keep a browser safe, under a policy that lets nothing in from elsewhere', async () => {
    const { headers } = await get('/');

    expect(headers.get('content-security-policy')).toContain("default-src 'self';style-src 'self' 'unsafe-inline'");
    expect(headers.get('content-security-policy')).not.toMatch(/https?:|\*/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('cache-control')).toBe('no-cache');
  });
});

it('why the outcome of a write could not be kept is in the log, and in no answer', async () => {
  const { finish } = rollcall.ledger;
  rollcall.ledger.finish = () => Promise.reject(new LedgerError('rollcall.db', 'cannot grow'));
  const input = '{ organization: "gid://updraft/Organization/12", title: "Night shift" }';

  const answer = await rollcall.ask(
    `mutation { createUpdraftPermissionGroup(input: ${input}) { userErrors { code message } } }`,
  );
  rollcall.ledger.finish = finish;

  expect(answer.data.createUpdraftPermissionGroup.userErrors).toMatchObject([{ code: 'OUTCOME_UNKNOWN' }]);
  expect(JSON.stringify(answer.data)).not.toContain('rollcall.db');
  const line = rollcall.log.find((text) => text.includes('the ledger could not be written'));
  expect(JSON.parse(line!)).toMatchObject({
    err: { type: 'LedgerError', message: expect.stringContaining('cannot grow') },
  });
});
