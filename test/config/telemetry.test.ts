import { describe, expect, it } from 'vitest';
import { secretsOutsideSources } from '../../src/config.js';
import { CANARY, good, object, sentence } from './fakes.js';

const read = (telemetry: unknown) => object({ ...good(), telemetry });

describe('telemetry', () => {
  it('is off when it is left out, whatever the environment says', () => {
    expect(object(good()).telemetry).toBeNull();
  });

  it('needs the address of a collector, and no more', () => {
    expect(read({ otlp: 'https://collector.example.com:4318' }).telemetry).toEqual({
      url: 'https://collector.example.com:4318/v1/traces',
      headers: {},
      serviceName: 'rollcall',
      ratio: 1,
    });
  });

  it('takes an address with a path, headers, a name and a ratio', () => {
    const telemetry = {
      otlp: 'http://127.0.0.1:4318/otlp/v1/traces',
      headers: { 'X-Api-Key': 'abc def' },
      serviceName: 'groups',
      ratio: 0.25,
    };

    expect(read(telemetry).telemetry).toEqual({
      url: 'http://127.0.0.1:4318/otlp/v1/traces',
      headers: { 'x-api-key': 'abc def' },
      serviceName: 'groups',
      ratio: 0.25,
    });
  });

  it.each([
    [{}, 'telemetry.otlp is missing; write an address such as https://collector.example.com:4318'],
    [{ otlp: 'http://collector.example.com' }, 'must begin with https:// as its host is not this machine'],
    [{ otlp: 'https://a:b@collector.example.com' }, 'has a user or password in it; take them out and use headers'],
    [{ otlp: 'collector.example.com' }, 'telemetry.otlp must begin with https://'],
    [{ otlp: 'https://c.example', ratio: 2 }, 'telemetry.ratio is 2, but must be a number from 0 to 1'],
    [{ otlp: 'https://c.example', ratio: '1' }, 'telemetry.ratio is "1", but must be a number from 0 to 1'],
    [{ otlp: 'https://c.example', headers: { Host: 'x' } }, 'telemetry.headers.Host is no header that may be set'],
    [{ otlp: 'https://c.example', headers: { 'a b': 'x' } }, 'is no header that may be set'],
    [{ otlp: 'https://c.example', headers: 'x' }, 'telemetry.headers is a text, but must be a map'],
    [{ otlp: 'https://c.example', rate: 1 }, 'telemetry has the key rate, which is not known here'],
  ])('%j is refused', (telemetry, words) => {
    expect(sentence(() => read(telemetry))).toContain(words);
  });

  it.each([`${CANARY}\n`, ` ${CANARY}`, `${CANARY}ä`, 7])('never tells the value of a header: %j', (value) => {
    const words = sentence(() => read({ otlp: 'https://c.example', headers: { key: value } }));

    expect(words).toContain('telemetry.headers.key');
    expect(words).not.toContain(CANARY);
  });
});

it('secrets beside those of the sources are the values of headers, and the password of the ledger', () => {
  const telemetry = { otlp: 'https://c.example', headers: { key: CANARY } };
  const config = object({ ...good(), ledger: 'postgres://me:pass%2Fword@db.example/rollcall', telemetry });

  expect(secretsOutsideSources(config)).toEqual(['pass%2Fword', 'pass/word', CANARY]);
  expect(secretsOutsideSources(object(good()))).toEqual([]);
});
