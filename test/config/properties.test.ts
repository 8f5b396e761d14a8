import { writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { ConfigError, loadConfig } from '../../src/config.js';
import { CANARY, env, fileOf, good, object, vendors } from './fakes.js';

/** A slip may cut a secret in two. */
const pieces = Array.from({ length: CANARY.length - 7 }, (_, start) => CANARY.slice(start, start + 8));

function piecesIn(text: string): string[] {
  return pieces.filter((piece) => text.includes(piece));
}

/** Whatever comes in: a configuration, or one sentence without a secret. */
function settles(act: () => unknown): void {
  try {
    act();
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    const { message } = error as ConfigError;
    expect(piecesIn(message)).toEqual([]);
    expect(message).toMatch(/^[^\r\n]+[.?]$/);
  }
}

const file = fileOf('');

function read(text: string | Uint8Array): void {
  writeFileSync(file, text);
  const { ledger } = loadConfig({ file, env, vendors });
  // A file's name is shown wherever the ledger is spoken of, an address is not.
  if (!ledger.startsWith('postgres')) expect(piecesIn(ledger)).toEqual([]);
}

const keys =
  'sources server auth ledger cache vendor url token user apiKey organizations mode port host cors timeoutMs settleSeconds retentionDays';
const values = 'testrail updraft okta-asa __proto__ https://t.example ${UPDRAFT_TOKEN} none memory 12 true';
const word = fc.constantFrom(...`${keys} ${values}`.split(' '));
const marks = [': ', '\n  ', '\n    ', '&a ', '*a', '<<: ', '---\n', '${'];
const punctuation = fc.constantFrom(...':,-[]{}"\'&*!|>%@`#?~=$\t\n \r\0', ...marks);
const garbage = fc.array(fc.oneof(word, punctuation, fc.string()), { maxLength: 40 }).map((parts) => parts.join(''));

const flow = `ledger: postgres://ada:${CANARY}@db.example.com/rollcall
settleSeconds: 30
sources:
  testrail: { vendor: testrail, url: https://t.example, user: ${CANARY}, apiKey: ${CANARY} }
  updraft: {vendor: updraft, url: "https://u.example", token: "${CANARY}", organizations: [1, "2"]}
`;
const block = stringify({ ...good(), ledger: `postgres://ada:${CANARY}@db.example.com/rollcall` });
const withVariables = flow.replaceAll(CANARY, '${UPDRAFT_TOKEN}').replaceAll(/: (\$\{\w+\})/g, ': "$1"');

describe('whatever is written', () => {
  test('in a file settles as a configuration or as one sentence', () => {
    fc.assert(
      fc.property(garbage, (text) => settles(() => read(text))),
      { numRuns: 1000 },
    );
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => settles(() => read(text))));
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => settles(() => read(bytes))),
      { numRuns: 50 },
    );
  });

  test('in place of any part of a good configuration settles so too', () => {
    const tops = ['server', 'auth', 'ledger', 'cache', 'settleSeconds', 'retentionDays', 'sources'];
    const deeper = ['sources.asa', 'sources.updraft.url', 'sources.updraft.token', 'sources.updraft.organizations'];
    const places = fc.constantFrom(...tops, ...deeper, 'sources.asa.timeoutMs').map((place) => place.split('.'));
    const anything = fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true });
    fc.assert(
      fc.property(places, fc.oneof(anything, fc.jsonValue(), word), (place, value) => {
        const plain = good();
        const last = place.at(-1)!;
        place.slice(0, -1).reduce((inner, key) => inner[key], plain)[last] = value;
        settles(() => object(plain));
      }),
      { numRuns: 1000 },
    );
    fc.assert(
      fc.property(anything, (plain) => settles(() => object(plain))),
      { numRuns: 1000 },
    );
  });

  test.each([
    ['braces', flow],
    ['blocks', block],
    ['variables', withVariables],
  ])('by a slip of the hand in %s never shows a secret', (_, text) => {
    read(text);
    const slip = fc.oneof(punctuation, fc.constant(''), fc.string({ maxLength: 2 }));
    fc.assert(
      fc.property(fc.nat(text.length), fc.integer({ min: 0, max: 3 }), slip, (start, removed, added) => {
        settles(() => read(text.slice(0, start) + added + text.slice(start + removed)));
      }),
      { numRuns: 1000 },
    );
  });
});
