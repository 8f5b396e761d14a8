import { describe, expect, test } from 'vitest';
import { CANARY, good, load, object, sentence, settingsOf } from './fakes.js';

const SOURCE =
  'sources:\n  tr: { vendor: testrail, url: "https://t.example", user: u, apiKey: "${TESTRAIL_API_KEY}" }\n';

describe('a file that is no map', () => {
  test.each([
    ['an empty file', '', 'rollcall.yaml: the configuration is empty; write sources:'],
    ['a file of comments', '# nothing\n', 'the configuration is empty'],
    ['an empty document', '---\n...\n', 'the configuration is empty'],
    ['a list', '- sources\n', 'the configuration is a list, but must be a map of keys; write sources:'],
    ['a text', `token:${CANARY}\n`, 'the configuration is a single value, but must be a map of keys'],
    ['one without sources', 'ledger: ./a.db\n', 'rollcall.yaml: sources is missing; write the name of each source'],
    [
      'sources that are empty',
      'ledger: ./a.db\nsources:\n',
      'rollcall.yaml, line 2: sources is empty, but must be a map',
    ],
    ['no source', 'sources: {}\n', 'rollcall.yaml, line 1: sources names no source; write'],
    [
      'a list of sources',
      'sources:\n  - vendor: testrail\n',
      'line 1: sources is a list, but must be a map; write the name',
    ],
  ])('stops at %s', (_, text, expected) => {
    expect(sentence(() => load(text))).toContain(expected);
  });

  test.each([undefined, null, [], 'text', 7, () => 1])('stops at the object %j', (plain) => {
    expect(sentence(() => object(plain))).toMatch(/^configuration: .*sources/);
  });
});

describe('a file that is no YAML', () => {
  test.each([
    ['a tab', 'sources:\n\ttr: {}\n', 'rollcall.yaml, line 2: a tab is used as indentation; use blanks.'],
    ['a tab further down', 'a:\n  b: 1\n\tc: 2\n', 'line 3: a tab'],
    ['a key given twice', `${SOURCE}ledger: a\nledger: b\n`, 'line 4: ledger is written twice; keep one.'],
    [
      'a nested key given twice',
      `sources:\n  tr:\n    apiKey: ${CANARY}\n    url: x\n    apiKey: ${CANARY}\n`,
      'line 5: sources.tr.apiKey is written twice; keep one.',
    ],
    ['a quotation mark that is missing', `sources:\n  tr: { apiKey: "${CANARY} }\n`, 'line 2: a quotation mark'],
    [
      'a bracket that is missing',
      'sources:\n  tr: { vendor: testrail\nledger: a\n',
      'line 3: the indentation is wrong, or a bracket',
    ],
    [
      'two values',
      `sources:\n  tr: { apiKey: "a" "${CANARY}" }\n`,
      'line 2: something stands behind the end of a value',
    ],
    [
      'a value on one line with a key',
      `sources:\n  token: a: ${CANARY}\n`,
      'line 2: a key stands where a value should',
    ],
    ['a key without its blank', `token:${CANARY}\nledger: a\n`, 'line 1: a key has no value of its own; put a colon'],
    [
      'a reserved character',
      `token: @${CANARY}\n`,
      'line 1: a value begins with a reserved character; put it in quotation',
    ],
    ['an escape', `token: "\\q${CANARY}"\n`, 'line 1: a backslash'],
    ['a tag', `token: !${CANARY} x\n`, 'line 1: a tag (!name) or directive (%NAME) is not known'],
    ['a binary tag', 'ledger: !!binary aGVsbG8=\n', 'line 1: a tag'],
    ['a directive', `%${CANARY}\n---\na: 1\n`, 'line 1: a line that begins with % is a directive'],
    ['a second document', `${SOURCE}---\na: 1\n`, 'line 3: a second document begins; keep one'],
    ['a list as a key', '? [a]\n: 1\n', 'line 1: a key is a map, a list or an alias'],
    ['an alias of nothing', `ledger: *${CANARY}\n`, 'line 1: ledger is an alias (*name) of nothing; put a text'],
    [
      'a variable without quotation marks in braces',
      'sources:\n  tr: { apiKey: ${A}, user: b }\n',
      'line 2: a ${NAME} inside',
    ],
    ['deep brackets', `a: ${'['.repeat(20_000)}`, 'nested too deeply'],
    ['deep maps', `ledger: ${'{a: '.repeat(60)}1${'}'.repeat(60)}\n`, 'line 1: ledger.a.a is nested too deeply'],
    ['a block of text with a bad header', `token: |${CANARY}\n`, 'line 1: something stands behind'],
  ])('says on which line there is %s', (_, text, expected) => {
    expect(sentence(() => load(text))).toContain(expected);
  });

  test('stops at a text that is not UTF-8', () => {
    expect(sentence(() => load(Buffer.from([0x61, 0xff, 0xfe])))).toBe(
      'rollcall.yaml: the file is no UTF-8 text; save it as UTF-8.',
    );
  });

  test('stops at a file that is too large to be one', () => {
    expect(sentence(() => load(`#${'x'.repeat(1024 * 1024)}\n`))).toContain('the file is larger than 1 MiB');
  });

  test('reads a file with a byte order mark, CRLF and comments', () => {
    expect(load(`\uFEFF# ours\r\n${SOURCE.replaceAll('\n', '\r\n')}`).sources).toHaveLength(1);
  });
});

describe('aliases', () => {
  test('may stand for a value that is written elsewhere', () => {
    const text = `sources:\n  a: { vendor: testrail, url: &u "https://t.example", user: u, apiKey: &k "${CANARY}" }
  b: { vendor: testrail, url: *u, user: u, apiKey: *k }\n`;

    const [a, b] = load(text).sources;

    expect(b?.settings).toEqual(a?.settings);
  });

  test('mean the anchor that was set last before them', () => {
    const text = `sources:\n  a: { vendor: testrail, url: &u "https://one.example", user: u, apiKey: k }
  b: { vendor: testrail, url: &u "https://two.example", user: u, apiKey: k }
  c: { vendor: testrail, url: *u, user: u, apiKey: k }\n`;

    expect(load(text).sources.map((source) => settingsOf(source)['url'])).toEqual([
      'https://one.example',
      'https://two.example',
      'https://two.example',
    ]);
  });

  test('that multiply are stopped in no time', () => {
    const rows = 'bcdefghijk'.split('').map((name, index) => {
      const before = String.fromCodePoint(97 + index);
      return `${name}: &${name} [${Array.from({ length: 10 }, () => `*${before}`).join(', ')}]`;
    });
    const start = Date.now();

    const said = sentence(() => load(`a: &a [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n${rows.join('\n')}\n`));

    expect(said).toMatch(/line \d+: .* unfolds to too many values; use fewer aliases/);
    expect(Date.now() - start).toBeLessThan(5000);
  });

  test('of themselves are stopped', () => {
    expect(sentence(() => load('ledger: &l { a: *l }\n'))).toContain('line 1: ledger.a.a is nested too deeply');
  });

  test('do not let an object hold itself', () => {
    const plain = good();
    plain.sources.asa.team = plain;

    expect(sentence(() => object(plain))).toContain('nested too deeply');
  });
});
