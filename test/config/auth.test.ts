import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadConfig } from '../../src/config.js';
import { CANARY, env, fileOf, good, load, object, sentence, vendors } from './fakes.js';

const SOURCE = `sources:\n  tr: { vendor: testrail, url: "https://t.example", user: u, apiKey: "${CANARY}" }\n`;
const both = ['read', 'write'];
const jwt = { mode: 'jwt', jwks: 'https://id.example/keys', issuer: 'https://id.example/', audience: 'rollcall' };

/** The sentence when `auth` is written like this on line 1. */
function spoiled(line: string): string {
  return sentence(() => load(`${line}\n${SOURCE}`));
}

function authOf(auth: object) {
  return object({ ...good(), auth }).auth;
}

test('nobody is asked who he is where auth is left out or says none, and everything is open to both roles', () => {
  const none = { mode: 'none', introspection: both, graphiql: both };

  expect(object(good()).auth).toEqual(none);
  expect(authOf({})).toEqual(none);
  expect(authOf({ mode: 'none' })).toEqual(none);
});

test('keys are in a file beside the configuration, called rollcall.keys where it is left out', () => {
  const auth = (text: string) => {
    const file = fileOf(`auth: ${text}\n${SOURCE}`);
    return { folder: dirname(file), auth: loadConfig({ file, env, vendors }).auth };
  };

  const named = auth('{ mode: keys, file: ./team/ours.keys }');
  const usual = auth('{ mode: keys }');
  const absolute = auth('{ mode: keys, file: /etc/rollcall.keys }');

  expect(named.auth).toMatchObject({ mode: 'keys', file: join(named.folder, 'team/ours.keys') });
  expect(usual.auth).toMatchObject({ mode: 'keys', file: join(usual.folder, 'rollcall.keys') });
  expect(absolute.auth).toMatchObject({ file: '/etc/rollcall.keys' });
});

test('tokens are told by issuer and audience, and their claims have usual names', () => {
  const file = fileOf(
    `auth: { mode: jwt, jwks: ./jwks.json, issuer: https://id.example/, audience: rollcall }\n${SOURCE}`,
  );

  expect(authOf(jwt)).toEqual({
    ...jwt,
    roleClaim: 'rollcall_role',
    sourcesClaim: 'rollcall_sources',
    introspection: both,
    graphiql: both,
  });
  expect(loadConfig({ file, env, vendors }).auth).toMatchObject({ jwks: join(dirname(file), 'jwks.json') });
  expect(authOf({ ...jwt, roleClaim: 'https://acme.example/role', sourcesClaim: 'src' })).toMatchObject({
    roleClaim: 'https://acme.example/role',
    sourcesClaim: 'src',
  });
});

test.each([
  'https://id.example/keys?policy=b2c',
  'http://127.0.0.1:8080/jwks',
  'http://localhost/jwks',
  'http://[::1]:9/jwks',
])('the public keys may be at %s', (jwks) => {
  expect(authOf({ ...jwt, jwks })).toMatchObject({ jwks });
});

test('introspection and the page are open to the roles that are named, each once and in one order', () => {
  expect(authOf({ mode: 'keys', introspection: [], graphiql: ['write'] })).toMatchObject({
    introspection: [],
    graphiql: ['write'],
  });
  expect(authOf({ graphiql: ['write', 'read', 'write'] })).toMatchObject({ graphiql: both });
});

describe('at auth', () => {
  test.each([
    ['auth: none', 'auth is a text, but must be a map; write mode: none under it, or take it out.'],
    ['auth:', 'auth is empty, but must be a map'],
    ['auth: { mode: basic }', 'auth.mode is "basic", but must be none or keys or jwt; change it.'],
    ['auth: { mode: true }', 'auth.mode is true, but must be a text; write none or keys or jwt.'],
    ['auth: { file: ./k }', 'auth.file belongs to mode keys; take it out, or write mode: keys.'],
    ['auth: { mode: none, jwks: ./k }', 'auth.jwks belongs to mode jwt; take it out, or write mode: jwt.'],
    ['auth: { mode: keys, issuer: x }', 'auth.issuer belongs to mode jwt; take it out, or write mode: jwt.'],
    ['auth: { mode: jwt, file: x }', 'auth.file belongs to mode keys; take it out, or write mode: keys.'],
    ['auth: { mode: none, rolesClaim: x }', 'auth has the key rolesClaim, which is not known here; write one of mode'],
    ['auth: { mode: keys, fil: x }', 'auth has the key fil, which is not known here; did you mean file?'],
    ['auth: { mode: keys, file: "" }', 'auth.file is empty, but must be a text; write ./rollcall.keys.'],
    ['auth: { mode: keys, file: [a] }', 'auth.file is a list, but must be a text; write ./rollcall.keys.'],
    ['auth: { graphiql: write }', 'auth.graphiql is "write", but must be a list; write [read, write], [write], or []'],
    ['auth: { introspection: [admin] }', 'auth.introspection[0] is "admin", but must be read or write; write [read'],
    ['auth: { introspection: [read, null] }', 'auth.introspection[1] is empty, but must be read or write'],
  ])('%s stops the start', (line, expected) => {
    expect(spoiled(line)).toContain(`rollcall.yaml, line 1: ${expected}`);
  });

  const spoiledJwt = (change: object) => sentence(() => authOf({ ...jwt, ...change }));

  test.each([
    [{ jwks: undefined }, 'auth.jwks is missing; write a file, or an address such as https://'],
    [{ issuer: undefined }, 'auth.issuer is missing; write the iss of the tokens, such as https://id.example.com/.'],
    [{ audience: undefined }, 'auth.audience is missing; write the aud of the tokens, such as rollcall.'],
    [{ audience: '' }, 'auth.audience is empty, but must be a text'],
    [{ issuer: 'https://id.example/ x' }, 'auth.issuer has a blank or a control character; take it out.'],
    [{ jwks: 'http://id.example/keys' }, 'auth.jwks must begin with https:// as its host is not this machine'],
    [{ jwks: 'ftp://id.example/keys' }, 'auth.jwks is "ftp://…", but must be a file or an https:// address'],
    [{ jwks: `https://u:${CANARY}@id.example/keys` }, 'auth.jwks has a user or password in it; take them out.'],
    [{ jwks: 'https://' }, 'auth.jwks is no valid address; write a file, or an address'],
    [{ jwks: 'https://id.example/#keys' }, 'auth.jwks is no valid address'],
    [{ roleClaim: 5 }, 'auth.roleClaim is 5, but must be a text; write rollcall_role.'],
    [{ sourcesClaim: '' }, 'auth.sourcesClaim is empty, but must be a text; write rollcall_sources.'],
  ])('%j stops the start', (change, expected) => {
    const written = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
    const left = Object.fromEntries(Object.entries(jwt).filter(([key]) => !(key in change)));
    const said = Object.keys(written).length > 0 ? spoiledJwt(written) : sentence(() => authOf(left));

    expect(said).toContain(`configuration: ${expected}`);
  });
});

describe('a host that other machines reach', () => {
  test.each([{ mode: 'keys' }, jwt])('is allowed where callers are asked: %j', (auth) => {
    expect(object({ ...good(), auth, server: { host: '0.0.0.0' } }).server.host).toBe('0.0.0.0');
    expect(object({ ...good(), auth }, { ...env, HOST: '::' }).server.host).toBe('::');
  });

  test('is refused where they are not', () => {
    const open = { ...good(), server: { host: '0.0.0.0' } };

    expect(sentence(() => object(open))).toContain('auth.mode none is refused there');
    expect(sentence(() => object(good(), { ...env, HOST: '::' }))).toContain('auth.mode none is refused there');
  });
});
