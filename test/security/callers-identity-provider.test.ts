import { pino } from 'pino';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { fetchKeySet } from '../../src/server/callers/fetch-key-set.js';
import { RemoteKeys } from '../../src/server/callers/signing-keys.js';
import { TokenBearers } from '../../src/server/callers/token-bearers.js';
import {
  identityProvider,
  keySetServer,
  type IdentityProvider,
  type KeySetServer,
} from '../support/identity-provider.js';
import { openRollcall } from '../support/rollcall.js';

const log = pino({ level: 'silent' });
const minute = 60_000;

let idp: IdentityProvider;
const closing: (() => unknown)[] = [];

beforeAll(async () => {
  idp = await identityProvider();
});
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function served(): Promise<KeySetServer> {
  const server = await keySetServer(idp.jwks);
  closing.push(() => server.close());
  return server;
}

/** Callers whose keys are at that address, and a clock that only the test moves. */
function bearersAt({ url }: KeySetServer) {
  const clock = { now: 0 };
  const keys = new RemoteKeys(fetchKeySet(url), log, () => clock.now);
  const claims = { roleClaim: 'rollcall_role', sourcesClaim: 'rollcall_sources' };
  const bearers = new TokenBearers(keys, { issuer: idp.issuer, audience: idp.audience, ...claims });
  closing.push(() => bearers.close());
  return {
    clock,
    lets: (token: string) =>
      bearers.whoSends(token).then(
        ({ name }) => name,
        () => null,
      ),
  };
}

const ana = 'https://id.example.com/ ana';

describe('an identity provider', () => {
  it('is asked once for its keys, however many callers come', async () => {
    const server = await served();
    const { lets } = bearersAt(server);
    const token = await idp.token();

    const names = await Promise.all(Array.from({ length: 50 }, () => lets(token)));

    expect(new Set(names)).toEqual(new Set([ana]));
    expect(server.asked).toBe(1);
  });

  it('is asked for 1,000 unknown keys at most once in 30 s', async () => {
    const server = await served();
    const { clock, lets } = bearersAt(server);
    await lets(await idp.token());
    clock.now = minute;

    const strangers = await Promise.all(Array.from({ length: 1_000 }, (_, at) => idp.token({}, { kid: `k-${at}` })));
    const names = await Promise.all(strangers.map(lets));
    clock.now += 29_000;
    await Promise.all(strangers.slice(0, 100).map(lets));

    expect(new Set(names)).toEqual(new Set([null]));
    expect(server.asked).toBe(2);

    clock.now += 1_000;
    await Promise.all(strangers.slice(0, 100).map(lets));

    expect(server.asked).toBe(3);
  });

  it('may begin to use a new key: it is fetched when the first token bears it', async () => {
    const server = await served();
    const { clock, lets } = bearersAt(server);
    await lets(await idp.token());
    const next = await identityProvider('ES256', 'key-2');
    server.answer = { status: 200, body: JSON.stringify({ keys: [idp.publicJwk, next.publicJwk] }) };
    clock.now = minute;

    expect(await lets(await next.token())).toBe(ana);
    expect(await lets(await idp.token())).toBe(ana);
    expect(server.asked).toBe(2);
  });

  it('may withdraw a key: it is good for no longer than keys are kept', async () => {
    const server = await served();
    const { clock, lets } = bearersAt(server);
    const token = await idp.token();
    await lets(token);
    server.answer = { status: 200, body: '{"keys":[]}' };

    clock.now = 9 * minute;
    expect(await lets(token)).toBe(ana);
    clock.now = 21 * minute;
    expect(await lets(token)).toBe(null);
  });

  it.each([
    ['is down', { status: 503, body: '' }],
    ['tells nonsense', { status: 200, body: '<html>' }],
    ['sends elsewhere', { status: 302, body: '', headers: { location: 'http://127.0.0.1:9/' } }],
    ['tells a key set without end', { status: 200, body: `{"keys":[${' '.repeat(300_000)}]}` }],
  ])('that %s is let be: the keys that it told last go on', async (_what, answer) => {
    const server = await served();
    const { clock, lets } = bearersAt(server);
    const token = await idp.token();
    await lets(token);
    server.answer = answer;

    for (const now of [11, 25, 60, 600]) {
      clock.now = now * minute;
      expect(await lets(token)).toBe(ana);
    }
    await expect.poll(() => server.asked).toBeGreaterThan(2);
    expect(server.asked).toBeLessThanOrEqual(5);

    server.answer = { status: 200, body: '{"keys":[]}' };
    await expect
      .poll(() => {
        clock.now += minute;
        return lets(token);
      })
      .toBe(null);
  });

  it('that says nothing holds nobody up who is known, but for once', async () => {
    const server = await served();
    const { clock, lets } = bearersAt(server);
    const token = await idp.token();
    await lets(token);
    server.answer = null;
    clock.now = 11 * minute;
    const began = performance.now();

    expect(await Promise.all(Array.from({ length: 20 }, () => lets(token)))).toEqual(Array(20).fill(ana));
    expect(performance.now() - began).toBeLessThan(2_000);
    await expect.poll(() => server.asked).toBe(2);
  });

  it('that was never reached lets nobody in, and is asked again after 30 s', async () => {
    const server = await served();
    server.answer = { status: 500, body: '' };
    const { clock, lets } = bearersAt(server);
    const token = await idp.token();

    expect(await lets(token)).toBe(null);
    server.answer = { status: 200, body: idp.jwks };
    expect(await lets(token)).toBe(null);
    expect(server.asked).toBe(1);
    clock.now = 30_000;
    expect(await lets(token)).toBe(ana);
  });
});

it('the keys may be at an address, through the front door', async () => {
  const server = await served();
  const { issuer, audience } = idp;
  const rollcall = await openRollcall({ auth: { mode: 'jwt', jwks: server.url, issuer, audience } });
  closing.push(() => rollcall.close());

  expect((await rollcall.ask('{ sources { name } }', {}, await idp.bearing())).status).toBe(200);
  expect((await rollcall.ask('{ sources { name } }', {}, await idp.bearing({ aud: 'x' }))).status).toBe(401);
  expect(server.asked).toBe(1);
});

it('an identity provider that cannot be reached does not stop the start', async () => {
  const server = await served();
  await server.close();

  const { issuer, audience } = idp;
  const rollcall = await openRollcall({ auth: { mode: 'jwt', jwks: server.url, issuer, audience } });
  closing.push(() => rollcall.close());
  const refused = await rollcall.ask('{ sources { name } }', {}, await idp.bearing());

  expect([refused.status, refused.errors![0]!.message]).toEqual([
    401,
    'The token cannot be judged, as the keys of who made it could not be read; ask again later.',
  ]);
  expect((await fetch(`${rollcall.url}/readyz`)).status).toBe(200);
});
