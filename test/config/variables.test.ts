import { describe, expect, test } from 'vitest';
import { CANARY, env, good, load, object, sentence, settingsOf } from './fakes.js';

describe('${NAME}', () => {
  const withKey = (key: string) =>
    `ledger: ./a.db\nsources:\n  tr:\n    vendor: testrail\n    url: https://t.example\n    user: u\n    apiKey: ${key}\n`;
  const apiKey = (key: string, environment: NodeJS.ProcessEnv = env): unknown =>
    settingsOf(load(withKey(key), environment).sources[0])['apiKey'];

  test.each([
    ['alone', '"${K}"', { K: 'abc' }, 'abc'],
    ['without quotation marks in a block', '${K}', { K: 'abc' }, 'abc'],
    ['inside a text, twice', '"a-${K}-${L}"', { K: '1', L: '2' }, 'a-1-2'],
    ['with digits as the text that it is', '${K}', { K: '0123' }, '0123'],
    ['with YAML in it as the text that it is', '"${K}"', { K: '", x: {y: [' }, '", x: {y: ['],
    ['with a reference in it as the text that it is', '"${K}"', { K: '${L}', L: 'no' }, '${L}'],
    ['escaped', '"$${K}"', { K: 'no' }, '${K}'],
    ['escaped beside one that is not', '"$${K}${K}"', { K: 'yes' }, '${K}yes'],
    ['as a lone dollar, which is none', '"a$b$$c{d}"', {}, 'a$b$$c{d}'],
  ])('is taken %s', (_, key, environment, expected) => {
    expect(apiKey(key, environment)).toBe(expected);
  });

  test.each([
    [
      'a variable that is missing',
      '"${NOWHERE}"',
      'needs the environment variable NOWHERE, which is not set; set NOWHERE, or write $${NOWHERE}',
    ],
    ['a name that every object has', '"${constructor}"', 'needs the environment variable constructor'],
    ['a default, which is not understood', '"${K:-x}"', 'has a "${" that names no variable; write ${NAME}, or $${'],
    ['an empty name', '"${}"', 'has a "${" that names no variable'],
    ['a brace that is missing', '"${K"', 'has a "${" that names no variable'],
    ['a value that is empty', '"${EMPTY}"', 'is empty; set ${EMPTY} to the credential'],
    ['a value with a line break', '"${BREAK}"', 'has a line break or another control character in it; set ${BREAK} to'],
    ['a value that is not ASCII', '"${UMLAUT}"', 'has a character that is not visible ASCII; set ${UMLAUT} to'],
  ])('stops at %s and names the key', (_, key, expected) => {
    const environment = { EMPTY: '', BREAK: `${CANARY}\n`, UMLAUT: `${CANARY}ü` };

    const said = sentence(() => apiKey(key, environment));

    expect(said).toContain(`rollcall.yaml, line 7: sources.tr.apiKey ${expected}`);
  });

  test('is taken in an object as well', () => {
    const plain = good();
    plain.sources.testrail.apiKey = '${K}';

    expect(settingsOf(object(plain, { K: 'abc' }).sources[1])['apiKey']).toBe('abc');
    expect(sentence(() => object(plain, {}))).toMatch(/^configuration: sources.testrail.apiKey needs .* K,/);
  });

  test('may hold a number where one is needed', () => {
    const plain = { ...good(), server: { port: '${P}' } };

    expect(object(plain, { P: '8080' }).server.port).toBe(8080);
    expect(sentence(() => object(plain, { P: CANARY }))).toBe(
      'configuration: server.port is what ${P} holds, but must be a whole number from 0 to 65535; change it or take it out.',
    );
  });

  test.each([
    ['server', { host: '${X}' }],
    ['server', { cors: ['${X}'] }],
    ['auth', { mode: '${X}' }],
    ['cache', '${X}'],
    ['ledger', '${X}'],
  ])('is never shown where it makes %s %j wrong', (key, value) => {
    const said = sentence(() => object({ ...good(), [key]: value }, { X: `rediss:/${CANARY}?` }));

    expect(said).toContain('what ${X} holds');
  });

  test.each([
    ['updraft', 'vendor'],
    ['updraft', 'url'],
    ['updraft', 'token'],
    ['updraft', 'appIs'],
    ['updraft', 'organizations'],
    ['updraft', 'timeoutMs'],
  ])('is never shown where it makes sources.%s.%s wrong', (name, key) => {
    const plain = good();
    plain.sources[name][key] = '${X}';

    expect(sentence(() => object(plain, { X: ` ${CANARY} http://${CANARY}` }))).toContain(`sources.${name}.${key}`);
  });

  test("is never shown in a vendor's own words either", () => {
    const plain = good();
    plain.sources.asa.team = '${X}';

    const said = sentence(() => object(plain, { X: `echo ${CANARY}` }));

    expect(said).toBe(
      'configuration: sources.asa.team is what ${X} holds, but must be what Okta ASA documents; change it.',
    );
  });
});
