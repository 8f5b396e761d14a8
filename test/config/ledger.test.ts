import { dirname, join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { configOf, loadConfig } from '../../src/config.js';
import { CANARY, env, fileOf, good, load, object, sentence, vendors } from './fakes.js';

const SOURCE = `sources:\n  tr: { vendor: testrail, url: "https://t.example", user: u, apiKey: "${CANARY}" }\n`;

/** The sentence when the ledger is written like this on line 1. */
function spoiled(ledger: string): string {
  return sentence(() => load(`ledger: ${ledger}\n${SOURCE}`));
}

test('an object has no file, and may have a ledger that is none', () => {
  expect(object({ ...good(), ledger: ':memory:' })).toMatchObject({ file: null, ledger: ':memory:' });
  expect(object(good()).ledger).toBe(resolve('rollcall.db'));
  const named = configOf({ ...good(), ledger: 'x.db' }, { env, vendors, file: '/etc/r/rollcall.yaml' });
  expect(named).toMatchObject({ file: '/etc/r/rollcall.yaml', ledger: '/etc/r/x.db' });
});

describe('a ledger in a file', () => {
  test.each([
    ['../data/a.db', '../data/a.db'],
    ['a', 'a'],
    ['postgres', 'postgres'],
    ['./postgres:/x', 'postgres:/x'],
  ])('%s is relative to the configuration', (ledger, path) => {
    const file = fileOf(`ledger: ${ledger}\n${SOURCE}`);

    expect(loadConfig({ file, env, vendors }).ledger).toBe(join(dirname(file), path));
  });

  test.each([
    [
      `libsql://x?authToken=${CANARY}`,
      'is "libsql:…", but must be a file or a postgres:// address; write a path such as ./rollcall.db.',
    ],
    [`mysql://ada:${CANARY}@db/x`, 'is "mysql:…", but must be a file or a postgres:// address'],
    [`postgres//ada:${CANARY}@db/`, 'must begin with postgres:// as it has an @; write postgres://'],
    [`//ada:${CANARY}@db/x`, 'must begin with postgres:// as it has an @'],
    [`"post gres://${CANARY}@db/x"`, 'must begin with postgres:// as it has an @'],
    ['":memory:"', 'is ":memory:", but must be a file; write a path such as ./rollcall.db.'],
    ['./folder/', 'is "./folder/", but must be a file'],
    ['"a\\0b"', 'is "a\\u0000b", but must be a file'],
    ['""', 'is empty, but must be a text; write a path such as ./rollcall.db.'],
    ['', 'is empty, but must be a text'],
    ['{ path: x }', 'is a map, but must be a text'],
  ])('of %s stops the start', (ledger, expected) => {
    expect(spoiled(ledger)).toContain(`rollcall.yaml, line 1: ledger ${expected}`);
  });
});

describe('a ledger in PostgreSQL', () => {
  test.each([
    'postgres://db/rollcall',
    'postgresql://ada@db.example.com:5433/rollcall',
    'postgres://ada:%23%2F%3F%40%25@db/rollcall?sslmode=verify-full',
    'postgres://[::1]:5432/rollcall',
    'postgres://%2Fvar%2Frun%2Fpostgresql/rollcall',
  ])('%s is taken as it is written', (ledger) => {
    expect(load(`ledger: "${ledger}"\n${SOURCE}`).ledger).toBe(ledger);
  });

  test('may come from the environment, as a whole or in parts', () => {
    const ledger = `postgres://ada:${CANARY}@db/rollcall`;

    expect(object({ ...good(), ledger: '${URL}' }, { URL: ledger }).ledger).toBe(ledger);
    expect(object({ ...good(), ledger: 'postgres://ada:${PW}@db/rollcall' }, { PW: CANARY }).ledger).toBe(ledger);
  });

  const remedy = 'write postgres://user:password@host/database, and special characters of the password as %XX.';

  test.each([
    [`postgres:ada:${CANARY}@db/x`, 'must begin with postgres:// or postgresql://, in small letters'],
    [`POSTGRES://ada:${CANARY}@db/x`, 'must begin with postgres:// or postgresql://, in small letters'],
    [`postgresql:/ada:${CANARY}@db/x`, 'must begin with postgres:// or postgresql://, in small letters'],
    ['postgres://', 'names no host'],
    [`postgres:///rollcall?password=${CANARY}`, 'names no host'],
    [`postgres://ada:${CANARY}@/rollcall`, 'is no valid address'],
    [`postgres://ada:${CANARY}@db`, 'names no database'],
    [`postgres://ada:${CANARY}@db/`, 'names no database'],
    [`postgres://ada:${CANARY}@db?sslmode=require`, 'names no database'],
    [`postgres://ada:${CANARY}@db:port/x`, 'is no valid address'],
    [`postgres://ada:${CANARY}/x@db/rollcall`, 'is no valid address'],
    [`postgres://ada:${CANARY}?x@db/rollcall`, 'is no valid address'],
    [`postgres://ada:${CANARY}%ff@db/rollcall`, 'is no valid address'],
  ])('%s stops the start', (ledger, expected) => {
    expect(spoiled(`"${ledger}"`)).toBe(`rollcall.yaml, line 1: ledger ${expected}; ${remedy}`);
  });

  test.each([
    [`${CANARY}#x`, 'has a fragment in it; write a # of the password as %23, or take it out.'],
    [`${CANARY}%zz`, 'has a % that begins no %XX; write it as %25.'],
    [`${CANARY}%`, 'has a % that begins no %XX; write it as %25.'],
    [`${CANARY} x`, 'has a blank, a backslash or a control character; take it out, or write it as %XX.'],
    [`${CANARY}\\n`, 'has a blank, a backslash or a control character; take it out, or write it as %XX.'],
    [`${CANARY}\\\\x`, 'has a blank, a backslash or a control character; take it out, or write it as %XX.'],
  ])('with the password %s stops the start', (password, expected) => {
    expect(spoiled(`"postgres://ada:${password}@db/rollcall"`)).toBe(`rollcall.yaml, line 1: ledger ${expected}`);
  });

  test('that is wrong is never shown, wherever it came from', () => {
    const said = sentence(() => object({ ...good(), ledger: '${URL}' }, { URL: `postgres://ada:${CANARY}@db` }));

    expect(said).toBe(`configuration: ledger names no database; ${remedy}`);
  });
});
