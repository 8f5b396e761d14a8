import { describe, expect, test } from 'vitest';
import { good, object, sentence, settingsOf, spoiled, CANARY } from './fakes.js';

describe('url', () => {
  test.each([
    ['https://acme.testrail.io', 'https://acme.testrail.io'],
    ['https://acme.testrail.io/', 'https://acme.testrail.io'],
    ['https://API.tiledesk.com:443/v3//', 'https://api.tiledesk.com/v3'],
    ['http://localhost:8080/', 'http://localhost:8080'],
    ['http://127.8.0.1/v3', 'http://127.8.0.1/v3'],
    ['http://[::1]:9/', 'http://[::1]:9'],
  ])('%s is read as %s', (url, expected) => {
    const plain = good();
    plain.sources.testrail.url = url;

    expect(settingsOf(object(plain).sources[1])['url']).toBe(expected);
  });

  test.each([
    [
      'http://acme.testrail.io',
      'is "http://acme.testrail.io", but must begin with https:// as its host is not this machine',
    ],
    ['http://127.0.0.1.example.com', 'but must begin with https:// as its host is not this machine'],
    ['http://localhost.example.com', 'but must begin with https:// as its host is not this machine'],
    ['http://10.0.0.1', 'but must begin with https:// as its host is not this machine'],
    ['acme.testrail.io', 'must begin with https://; write an address such as https://acme.example.com'],
    ['ftp://localhost', 'must begin with https://'],
    [`https://ada:${CANARY}@t.example`, 'has a user or password in it; take them out'],
    [`https://${CANARY}@t.example`, 'has a user or password in it'],
    ['https://@t.example', 'has a user or password in it'],
    [`https://t.example/?key=${CANARY}`, 'has a query in it; take out'],
    ['https://t.example?', 'has a query in it'],
    [`"https://t.example/#${CANARY}"`, 'has a fragment in it; take out'],
    [`https://t.example:${CANARY}`, 'is no valid address; write one such as'],
    ['https://', 'is no valid address'],
    ['"https://t.example/a b"', 'has a blank, a backslash or a control character; take it out'],
    ['"https://t.example\\n"', 'has a blank, a backslash or a control character'],
    ['""', 'is empty, but must be a text; write an address such as'],
    ['', 'is empty, but must be a text'],
    ['443', 'is 443, but must be a text'],
    ['[https://t.example]', 'is a list, but must be a text'],
  ])('%s stops the start', (url, expected) => {
    expect(spoiled('testrail', `url: ${url}`)).toContain('rollcall.yaml, line 6: sources.s.url ');
    expect(spoiled('testrail', `url: ${url}`)).toContain(expected);
  });

  test('that is missing stops the start', () => {
    const plain = good();
    delete plain.sources.testrail.url;

    expect(sentence(() => object(plain))).toBe(
      'configuration: sources.testrail.url is missing; add it: it must be a text.',
    );
  });
});

describe('a credential', () => {
  test.each([
    ['apiKey: ""', 'apiKey is empty; write the credential as the vendor gave it.'],
    ['apiKey:', 'apiKey is empty'],
    [`apiKey: "${CANARY} "`, 'apiKey begins or ends with a blank'],
    [`apiKey: " ${CANARY}"`, 'apiKey begins or ends with a blank'],
    [`apiKey: "${CANARY}\\n"`, 'apiKey has a line break or another control character in it'],
    [`apiKey: "${CANARY}\\tx"`, 'apiKey has a line break or another control character in it'],
    [`apiKey: ${CANARY}é`, 'apiKey has a character that is not visible ASCII'],
    [`apiKey: "${CANARY}\\u00a0"`, 'apiKey begins or ends with a blank'],
    ['apiKey: 4711', 'apiKey is a number, but must be a text; put it in quotation marks.'],
    [`apiKey: [${CANARY}]`, 'apiKey is a list, but must be a text'],
    [`apiKey: { ${CANARY} }`, 'apiKey is a map, but must be a text'],
    ['user: ""', 'user is empty'],
    [`user: ${CANARY}ß`, 'user has a character that is not visible ASCII'],
  ])('%s stops the start', (line, expected) => {
    const said = spoiled('testrail', line);

    expect(said).toContain(`rollcall.yaml, line 6: sources.s.${expected}`);
    expect(said).not.toContain('4711');
  });

  test('may have blanks inside', () => {
    const plain = good();
    plain.sources.testrail.apiKey = 'correct horse ~!"';

    expect(settingsOf(object(plain).sources[1])['apiKey']).toBe('correct horse ~!"');
  });

  test('that is left out stops the start', () => {
    const plain = good();
    delete plain.sources.testrail.apiKey;

    expect(sentence(() => object(plain))).toContain('sources.testrail.apiKey is missing; add it: it must be a text');
  });
});
