import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { basic, keyRing } from '../support/keys.js';
import { openRollcall, type Rollcall } from '../support/rollcall.js';

const ring = keyRing({ ana: { role: 'write' }, bo: { role: 'read', sources: ['velt', 'asa'] } });
const population = { groups: 2, membersPerGroup: 2, projects: 1, awkward: false };

let rollcall: Rollcall;

beforeAll(async () => {
  rollcall = await openRollcall({ auth: ring.auth, cors: ['https://app.example.com'], population });
});
afterAll(() => rollcall.close());

const send = (path: string, { method = 'GET', ...headers }: Record<string, string> = {}) =>
  fetch(rollcall.url + path, {
    method,
    redirect: 'manual',
    headers: { ...headers, ...(method === 'POST' && { 'content-type': 'application/json' }) },
    body: method === 'POST' ? '{"query":"{ sources { name } }"}' : undefined,
  });

/** Every route that holds anything of a source. */
const kept = [
  ['POST', '/graphql'],
  ['GET', '/graphql?query=%7Bsources%7Bname%7D%7D'],
  ['PUT', '/graphql'],
  ['GET', '/schema.graphql'],
  ['GET', '/datasets'],
  ['GET', '/datasets/memberships.csv'],
  ['HEAD', '/datasets/memberships.csv'],
  ['GET', '/datasets/memberships.json'],
  ['GET', '/datasets/memberships.ndjson'],
  ['GET', '/datasets/nothing'],
  ['GET', '/metrics'],
  ['GET', '/page/session'],
] as const;

const wrong: readonly (readonly [string, string | undefined])[] = [
  ['no key', undefined],
  ['a wrong key', 'Bearer rc_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'],
  ['half a key', `Bearer ${ring.keys.ana.slice(0, 20)}`],
  ['a key and more', `Bearer ${ring.keys.ana}A`],
  ['a key in other letters', `Bearer ${ring.keys.ana.toUpperCase()}`],
  ['the hash of a key', 'Bearer e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  ['a key without its scheme', ring.keys.ana],
  ['a key under another scheme', `Token ${ring.keys.ana}`],
  ['an empty one', 'Bearer '],
  ['a name', 'Bearer ana'],
  ['Basic without a password', 'Basic YW5hOg=='],
  ['Basic with the key as the name', `Basic ${Buffer.from(`${ring.keys.ana}:`).toString('base64')}`],
  ['Basic that is no base64', 'Basic %%%%'],
];

describe('without a caller', () => {
  it.each(kept)('%s %s is 401 in the form of the route', async (method, path) => {
    const response = await send(path, { method });
    const body = await response.text();

    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toMatch(/^(Basic .*, )?Bearer realm="Rollcall"$/);
    expect(response.headers.get('x-request-id')).toBeTruthy();
    if (method === 'HEAD') return expect(body).toBe('');
    const graph = { errors: [{ message: expect.any(String), extensions: { code: 'UNAUTHENTICATED' } }] };
    const other = { code: 'UNAUTHENTICATED', message: expect.any(String), sources: [] };
    expect(JSON.parse(body)).toEqual(path.startsWith('/graphql') ? graph : other);
  });

  it.each(wrong)('%s opens nothing', async (_what, authorization) => {
    for (const path of ['/graphql?query=%7Bsources%7Bname%7D%7D', '/datasets', '/schema.graphql']) {
      const response = await send(path, authorization === undefined ? {} : { authorization });

      expect([path, response.status]).toEqual([path, 401]);
    }
  });

  it('no vendor is called, and what was sent is neither told nor logged', async () => {
    const canary = 'rc_canary7f3a9c51e0d84b26';
    const before = rollcall.log.length;

    const texts = await Promise.all(
      kept.map(async ([method, path]) => (await send(path, { method, authorization: `Bearer ${canary}` })).text()),
    );

    expect(texts.join('')).not.toContain(canary);
    expect(rollcall.log.slice(before).filter((line) => line.includes('a caller was refused'))).toHaveLength(
      kept.length,
    );
    expect(rollcall.log.join('')).not.toContain(canary);
    for (const name of Object.keys(rollcall.sandbox.sources)) {
      expect(rollcall.sandbox.server(name).journal).toEqual([]);
    }
  });

  it.each(['/', '/healthz', '/readyz', '/nowhere', '/page/favicon.svg'])('%s needs none', async (path) => {
    const { status } = await send(path);

    expect(status).not.toBe(401);
    expect(status).toBe((await send(path, ring.headersOf('ana'))).status);
  });

  it('a browser that comes to the graph goes to the page, which asks for a key', async () => {
    const response = await send('/graphql?query=%7Bsources%7Bname%7D%7D', { accept: 'text/html' });

    expect([response.status, response.headers.get('location')]).toEqual([302, '/']);
    expect(await response.text()).toBe('');
  });

  it('a mutation is refused before it is read', async () => {
    const { status, errors } = await rollcall.ask('mutation { nothing }');

    expect([status, errors![0]!.extensions['code']]).toEqual([401, 'UNAUTHENTICATED']);
  });
});

describe('with a key', () => {
  it.each(kept.filter(([method, path]) => method !== 'PUT' && !/nothing|metrics/.test(path)))(
    '%s %s is answered',
    async (method, path) => {
      const preflight = { 'apollo-require-preflight': '1' };

      expect((await send(path, { method, ...preflight, ...ring.headersOf('ana') })).status).toBe(200);
    },
  );

  it('a scheme is known in any letters', async () => {
    expect((await send('/datasets', { authorization: `bEARER ${ring.keys.bo}` })).status).toBe(200);
  });

  it('the page hears who its reader is and what is open to him', async () => {
    const response = await send('/page/session', ring.headersOf('bo'));

    expect(await response.json()).toEqual({ name: 'bo', role: 'read', graphiql: true, introspection: true });
    expect(response.headers.get('cache-control')).toBe('no-store');
  });
});

describe('as the password of Basic a key', () => {
  it.each(['/datasets', '/datasets/memberships.csv'])('opens %s, whatever the name is', async (path) => {
    expect((await send(path, basic(ring.keys.bo))).status).toBe(200);
    expect((await send(path, basic(ring.keys.bo, ''))).status).toBe(200);
    expect((await send(path, basic('wrong'))).status).toBe(401);
  });

  // Seen to fail, route by route, where Basic is taken everywhere.
  it.each(['/graphql?query=%7Bsources%7Bname%7D%7D', '/schema.graphql', '/page/session', '/metrics'])(
    'does not open %s, where a browser might send it unasked',
    async (path) => {
      const response = await send(path, { 'apollo-require-preflight': '1', ...basic(ring.keys.ana) });

      expect(response.status).toBe(401);
      expect(response.headers.get('www-authenticate')).toBe('Bearer realm="Rollcall"');
    },
  );

  it('is asked for by datasets', async () => {
    const { headers } = await send('/datasets/memberships.csv');

    expect(headers.get('www-authenticate')).toBe('Basic realm="Rollcall", charset="UTF-8", Bearer realm="Rollcall"');
  });
});

describe('GET /readyz', () => {
  const sourcesTold = async (headers: Record<string, string> = {}) => {
    const response = await send('/readyz', headers);
    const { status, sources } = (await response.json()) as { status: string; sources: { name: string }[] };
    expect([response.status, status]).toEqual([200, 'ok']);
    return sources.map(({ name }) => name);
  };

  it('names no sources without a key, and none to whoever shows a wrong one', async () => {
    expect(await sourcesTold()).toEqual([]);
    expect(await sourcesTold({ authorization: 'Bearer wrong' })).toEqual([]);
  });

  it('names those of the caller with one', async () => {
    expect(await sourcesTold(ring.headersOf('ana'))).toEqual(['updraft', 'velt', 'testrail', 'tiledesk', 'asa']);
    expect(await sourcesTold(ring.headersOf('bo'))).toEqual(['velt', 'asa']);
  });
});

describe('a page of another origin', () => {
  const origin = 'https://app.example.com';

  it('may ask first whether it may send a key, without one', async () => {
    const response = await send('/graphql', {
      method: 'OPTIONS',
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,content-type',
    });

    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-origin')).toBe(origin);
    expect(response.headers.get('access-control-allow-headers')).toContain('authorization');
    expect(response.headers.get('access-control-allow-credentials')).toBe(null);
  });

  it('may read that its key was refused', async () => {
    const response = await send('/graphql', { method: 'POST', origin, authorization: 'Bearer wrong' });

    expect([response.status, response.headers.get('access-control-allow-origin')]).toEqual([401, origin]);
  });
});

it('is called by any host name, as a page whose name was made to lead here has no key', async () => {
  const { app } = rollcall;
  const at = (host: string, headers: Record<string, string> = {}) =>
    app.inject({ method: 'GET', url: '/datasets', headers: { host, ...headers } });

  expect((await at('rollcall.example.com', ring.headersOf('ana'))).statusCode).toBe(200);
  expect((await at('evil.example.com')).statusCode).toBe(401);
});
