import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadConfig } from '../../src/config.js';
import { CANARY, env, fileOf, good, load, object, sentence, vendors } from './fakes.js';

const SOURCE = `sources:\n  tr: { vendor: testrail, url: "https://t.example", user: u, apiKey: "${CANARY}" }\n`;

/** The sentence when a top key is written like this on line 1. */
function spoiled(line: string): string {
  return sentence(() => load(`${line}\n${SOURCE}`));
}

test('a configuration of sources alone serves this machine, remembers beside the file and caches in memory', () => {
  const file = fileOf(SOURCE);

  const { sources, limits, ...rest } = loadConfig({ file, env, vendors });

  expect(sources).toHaveLength(1);
  expect(limits).toMatchObject({ deadlineMs: 10_000, inFlight: 256 });
  expect(rest).toEqual({
    server: { host: '127.0.0.1', port: 4000, cors: [], hosts: [], graceSeconds: 25, workers: 1 },
    auth: { mode: 'none', introspection: ['read', 'write'], graphiql: ['read', 'write'] },
    ledger: join(dirname(file), 'rollcall.db'),
    retentionDays: 30,
    telemetry: null,
    cache: 'memory',
    file,
  });
});

test('the example of the design is read', () => {
  const text = `server: { host: 127.0.0.1, port: 4000 }         # PORT and HOST in the environment win
auth:   { mode: none }
ledger: ./rollcall.db
cache:  memory
sources:
  updraft:  { vendor: updraft,  url: https://app.getupdraft.com, token: "\${UPDRAFT_TOKEN}", organizations: [12] }
  testrail: { vendor: testrail, url: https://acme.testrail.io, user: "\${TESTRAIL_USER}", apiKey: "\${TESTRAIL_API_KEY}" }
`;

  expect(load(text).sources.map(({ name }) => name)).toEqual(['updraft', 'testrail']);
});

describe('at the top', () => {
  test.each([
    ['legder: a.db', 'the key legder is not known at the top; did you mean ledger?'],
    ['port: 4000', 'the key port is not known at the top; write one of server, auth, ledger, cache,'],
    [`${CANARY}:`, 'a key without a value is not known at the top; write one of server'],
    ['retentiondays: 5', 'the key retentiondays is not known at the top; did you mean retentionDays?'],
    ['settleSecond: 5', 'the key settleSecond is not known at the top; did you mean settleSeconds?'],
    ['cache: disk', 'cache is "disk", but must be memory or a redis:// address; write memory, or redis://'],
    ['cache: false', 'cache is false, but must be a text; write memory, or redis://'],
    ['cache: http://u:p@h', 'cache is "http://", but must be memory or a redis:// address; write memory,'],
    ['cache: redis://', 'cache is no valid address; write memory, or redis://'],
    ['cache: redis://h/nought', 'cache is no valid address; write memory, or redis://'],
    ['cache: "redis://u:%zz@h"', 'cache is no valid address; write memory, or redis://'],
  ])('%s stops the start', (line, expected) => {
    expect(spoiled(line)).toContain(`rollcall.yaml, line 1: ${expected}`);
  });
});

describe('retentionDays', () => {
  test.each([1, 30, 3650])('may be %d', (retentionDays) => {
    expect(object({ ...good(), retentionDays }).retentionDays).toBe(retentionDays);
  });

  test('may come from the environment', () => {
    expect(object({ ...good(), retentionDays: '${DAYS}' }, { DAYS: '90' }).retentionDays).toBe(90);
    expect(sentence(() => object({ ...good(), retentionDays: '${DAYS}' }, { DAYS: CANARY }))).toContain(
      'retentionDays is what ${DAYS} holds, but must be a whole number from 1 to 3650',
    );
  });

  test.each([
    ['0', 'is 0'],
    ['3651', 'is 3651'],
    ['1.5', 'is 1.5'],
    ['-1', 'is -1'],
    ['30d', 'is "30d"'],
    ['"30"', 'is "30"'],
    ['', 'is empty'],
    ['.inf', 'is Infinity'],
  ])('of %s stops the start', (written, said) => {
    expect(spoiled(`retentionDays: ${written}`)).toBe(
      `rollcall.yaml, line 1: retentionDays ${said}, but must be a whole number from 1 to 3650; change it or take it out.`,
    );
  });
});

describe('server', () => {
  test.each([
    ['server: [4000]', 'server is a list, but must be a map; write host: or port: under it, or take it out.'],
    ['server: { prot: 1 }', 'server has the key prot, which is not known here; did you mean port?'],
    [
      'server: { workers: 0 }',
      'server.workers is 0, but must be a whole number from 1 to 128; change it or take it out.',
    ],
    [
      'server: { port: http }',
      'server.port is "http", but must be a whole number from 0 to 65535; change it or take it out.',
    ],
    ['server: { port: 65536 }', 'server.port is 65536, but must be a whole number from 0 to 65535'],
    ['server: { graceSeconds: 0 }', 'server.graceSeconds is 0, but must be a whole number from 1 to 3600'],
    ['server: { graceSeconds: soon }', 'server.graceSeconds is "soon", but must be a whole number from 1 to 3600'],
    ['server: { port: "4000" }', 'server.port is "4000", but must be a whole number'],
    [
      'server: { host: 0.0.0.0 }',
      'server.host is "0.0.0.0", which other machines reach, and auth.mode none is refused there; write 127.0.0.1.',
    ],
    ['server: { host: "::" }', 'which other machines reach'],
    ['server: { host: rollcall.example.com }', 'which other machines reach'],
    ['server: { host: localhost.example.com }', 'which other machines reach'],
    ['server: { host: 127.1 }', 'server.host is 127.1, but must be a text; write 127.0.0.1.'],
    ['server: { host: "http://localhost" }', "but must be a host's name or address; write 127.0.0.1."],
    ['server: { host: "127.0.0.1:80" }', "but must be a host's name or address"],
    ['server: { cors: "*" }', 'server.cors is a text, but must be a list; write origins such as'],
    [
      'server: { cors: ["*"] }',
      'server.cors[0] is "*", which would let every page in; write origins such as ["https://bi.example.com"].',
    ],
    [
      'server: { cors: [https://a.example, b.example] }',
      'server.cors[1] is "b.example", but must be an origin, without a path',
    ],
    ['server: { hosts: rollcall.example.com }', 'server.hosts is a text, but must be a list; write names such as'],
    ['server: { hosts: ["a.example:80/x"] }', 'server.hosts[0] is "a.example:80/x", but must be a host'],
    ['server: { cors: [https://a.example/] }', 'server.cors[0] is "https://a.example/", but must be an origin'],
    [`server: { cors: ["https://u:${CANARY}@a.example"] }`, 'server.cors[0] is a text, but must be an origin'],
    [`server: { cors: ["https://a.example?${CANARY}"] }`, 'server.cors[0] is a text, but must be an origin'],
    ['server: { cors: ["https://*.example"] }', 'but must be an origin'],
    ['server: { cors: [null] }', 'server.cors[0] is empty, but must be an origin'],
  ])('%s stops the start', (line, expected) => {
    const said = spoiled(line);

    expect(said).toContain('rollcall.yaml, line 1: server');
    expect(said).toContain(expected);
  });

  test.each([
    ['localhost', 'localhost'],
    ['127.0.0.2', '127.0.0.2'],
    ['::1', '::1'],
    ['[::1]', '::1'],
  ])('may listen at %s', (host, expected) => {
    expect(object({ ...good(), server: { host, port: 0 } }).server).toMatchObject({ host: expected, port: 0 });
    expect(object(good(), { ...env, HOST: host }).server.host).toBe(expected);
  });

  test('lets origins in, as browsers write them', () => {
    const cors = ['https://bi.example.com', 'HTTP://Localhost:3000', 'https://a.example:443'];

    expect(object({ ...good(), server: { cors } }).server.cors).toEqual([
      'https://bi.example.com',
      'http://localhost:3000',
      'https://a.example',
    ]);
  });

  test('gives way to PORT and HOST of the environment', () => {
    const plain = { ...good(), server: { host: '0.0.0.0', port: 1 } };

    expect(object(plain, { HOST: 'localhost', PORT: '8080' }).server).toMatchObject({ host: 'localhost', port: 8080 });
    expect(object(good(), { HOST: '', PORT: '' }).server).toMatchObject({ host: '127.0.0.1', port: 4000 });
    expect(object(good(), { PORT: '0' }).server.port).toBe(0);
  });

  test.each([
    ['PORT', 'http', 'environment: PORT is "http", but must be a whole number from 0 to 65535; change or unset it.'],
    ['PORT', '65536', 'PORT is "65536", but must be'],
    ['PORT', '-1', 'PORT is "-1", but must be'],
    ['PORT', '0x10', 'PORT is "0x10", but must be'],
    ['PORT', ' 80', 'PORT is " 80", but must be'],
    ['PORT', '8e3', 'PORT is "8e3", but must be'],
    [
      'HOST',
      '0.0.0.0',
      'environment: HOST is "0.0.0.0", which other machines reach, and auth.mode none is refused there; set it to 127.0.0.1 or unset it.',
    ],
    ['HOST', 'a b', 'HOST is "a b", but must be a host\'s name or address; set it to 127.0.0.1'],
  ])('stops at %s=%s', (name, value, expected) => {
    expect(sentence(() => object(good(), { [name]: value }))).toContain(expected);
  });
});
