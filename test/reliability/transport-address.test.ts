import { fetch } from 'cross-fetch';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ForeignAddress, addressOf, linkOf } from '../../src/http/address.js';
import { encodePart } from '../../src/http/rest-call.js';
import { openSandboxServer, type SandboxServer } from '../../src/sandbox/server.js';
import { calls } from '../support/journal.js';
import { tinyBox } from '../support/tiny-box.js';
import { ended, readNotes, transportTo } from './transport-under-test.js';

const base = 'http://127.0.0.1:4711/api/v1';
const teams = `${base}/teams/t/groups/`;

/** The forms that lead out of a path, or nearly. */
const forms = [
  ['..', '.', '%2e%2e', '%2E.', '.%2e', 'a\\..\\b', '..\\', 'a/../../b', '../..', '..;', '..%2f', '%252e%252e'],
  ['\t..', '..\t', '.\t.', '\n..', '..\r', '\u0000..', ' ..', '.. ', '\ud800', '..\udc00', '．．', '。。'],
  ['//evil.example', '/\\evil.example', '@evil.example', '?x=../..', '#..', 'a?b#c', "it's", 'x'.repeat(2000)],
].flat();

test.each(forms)('%j, put into an address as it is, is sent as it stands or not at all', (form) => {
  const path = `/teams/t/groups/${form}/users`;

  expect(addressOrNone(path)).toSatisfy((address) => address === null || address === base + path);
});

test.each(forms)('%j, encoded, stays one part of the address or is not sent', (form) => {
  const address = addressOrNone(`/teams/t/groups/${encodePart(form)}/users`);

  if (form === '.' || form === '..') return expect(address).toBeNull();
  expect(address?.startsWith(teams)).toBe(true);
  expect(decodeURIComponent(address!.slice(teams.length).split('/')[0]!)).toBe(wellFormed(form));
});

test('any text at all stays one part of the address', () => {
  const check = (part: string, after: string) => {
    fc.pre(!['.', '..', ''].includes(part) && !['.', '..'].includes(after));
    const address = addressOf(base, `/groups/${encodePart(part)}/${encodePart(after)}`);
    const parts = new URL(address).pathname.split('/').slice(3).map(decodeURIComponent);

    expect(parts).toEqual(['groups', wellFormed(part), wellFormed(after)]);
  };
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom('.', '/', '\\', '%', '2', 'e', '\t', '?', '#', '\ud800') }),
  );
  fc.assert(fc.property(text, text, check), { numRuns: 1000 });
});

test.each([
  ['another host', 'http://evil.example/api/v1/groups'],
  ['a longer host', 'http://127.0.0.1.evil.example:4711/api/v1/groups'],
  ['another port', 'http://127.0.0.1:4712/api/v1/groups'],
  ['no port', 'http://127.0.0.1/api/v1/groups'],
  ['another scheme', 'https://127.0.0.1:4711/api/v1/groups'],
  ['no scheme of the web', 'javascript:alert(1)'],
  ['a file', 'file:///etc/passwd'],
  ['a user', 'http://ana@127.0.0.1:4711/api/v1/groups'],
  ['a user and a password', 'http://ana:pw@127.0.0.1:4711/api/v1/groups'],
  ['the host as a user of another', 'http://127.0.0.1:4711@evil.example/api/v1/groups'],
  ['another host without a scheme, by backslashes', '\\\\evil.example\\api\\v1\\groups'],
  ['another path', 'http://127.0.0.1:4711/admin'],
  ['a path that only begins alike', 'http://127.0.0.1:4711/api/v10/groups'],
  ['a path that climbs out', 'http://127.0.0.1:4711/api/v1/../../admin'],
  ['a path that climbs out, encoded', 'http://127.0.0.1:4711/api/v1/%2e%2e/%2e%2e/admin'],
  ['a path that climbs out by backslashes', 'http://127.0.0.1:4711/api/v1\\..\\..\\admin'],
  ['a path beside the base', 'groups?page=2'],
  ['what is no address', 'http://'],
])('a link to %s is refused', (_what, link) => {
  expect(() => addressOf(base, link)).toThrow(ForeignAddress);
});

test.each([
  ['as it is', `${base}/groups?offset=a%2Fb&count=2`, `${base}/groups?offset=a%2Fb&count=2`],
  ['without its fragment', `${base}/groups#top`, `${base}/groups`],
  ['however its origin is written', 'HTTP://127.0.0.1:04711/api/v1/groups', `${base}/groups`],
])('a link of the source itself is followed %s', (_how, link, address) => {
  expect(addressOf(base, link)).toBe(address);
});

test('a source at the root of a host, and one at the usual port, are themselves', () => {
  expect(addressOf('https://velt.example', '/v2/users/get')).toBe('https://velt.example/v2/users/get');
  expect(addressOf('https://velt.example', 'https://velt.example:443/v2/x')).toBe('https://velt.example/v2/x');
  expect(() => addressOf('https://velt.example', '//evil.example/v2')).not.toThrow();
  expect(new URL(addressOf('https://velt.example', '//evil.example/v2')).host).toBe('velt.example');
});

describe('over the wire', () => {
  let server: SandboxServer;
  let other: SandboxServer;

  beforeEach(async () => {
    [server, other] = await Promise.all([openSandboxServer(tinyBox()), openSandboxServer(tinyBox())]);
  });

  afterEach(() => Promise.all([server.close(), other.close()]));

  test('what leaves the source is an answer that it does not document, and nothing is sent', async () => {
    const transport = transportTo(`${server.origin}/v1`, {}, { headers: { 'x-api-key': 'key' } });
    const paths = [
      `${other.origin}/v1/notes`,
      `${server.origin}/notes`,
      `/${encodePart('..')}/notes`,
      '/a/%2e%2e/notes',
    ];

    const outcomes = await Promise.all(paths.map((path) => ended(transport, { ...readNotes, path })));
    transport.close();

    expect(outcomes.map(({ code }) => code)).toEqual(paths.map(() => 'VENDOR_BAD_RESPONSE'));
    expect(outcomes.map(({ receipt }) => receipt.attempts)).toEqual([0, 0, 0, 0]);
    expect([calls(server), calls(other)]).toEqual([[], []]);
  });

  test('control: a template and encodeURIComponent alone do leave it', async () => {
    await fetch(`${server.origin}/v1/groups/${encodeURIComponent('..')}/users`);

    expect(calls(server)).toEqual(['GET /v1/users']);
  });
});

test.each([
  ['<https://a.example/?p=2>; rel="next"', 'https://a.example/?p=2'],
  ['<https://a.example/?p=2>;rel=next', 'https://a.example/?p=2'],
  ['<https://a.example/?p=2> ; title="x" ; REL = "Next"', 'https://a.example/?p=2'],
  ['<https://a.example/?p=0>; rel="prev", <https://a.example/?p=2>; rel="next"', 'https://a.example/?p=2'],
  ['<https://a.example/?p=0>; rel="prev",<https://a.example/?p=2>; rel="last next"', 'https://a.example/?p=2'],
  ['<https://a.example/?ids=1,2,3;x=y>; rel="next"', 'https://a.example/?ids=1,2,3;x=y'],
  ['<>; rel="next"', ''],
  ['<https://a.example/?rel=next>; rel="prev"', null],
  ['<https://a.example/?p=0>; rel="nextish"', null],
  ['<https://a.example/?p=0>; xrel="next"', null],
  ['https://a.example/?p=2; rel="next"', null],
  ['<https://a.example/?p=2>', null],
  ['', null],
  [null, null],
])('the next link of %j is %j', (header, link) => {
  expect(linkOf(header, 'next')).toBe(link);
});

/** A text as UTF-8 can hold it: a lone surrogate becomes the replacement character. */
function wellFormed(text: string): string {
  return Buffer.from(text).toString();
}

function addressOrNone(path: string): string | null {
  try {
    return addressOf(base, path);
  } catch (error) {
    expect(error).toBeInstanceOf(ForeignAddress);
    return null;
  }
}
