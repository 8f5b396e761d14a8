import { describe, expect, test } from 'vitest';
import { CANARY, good, load, object, sentence, spoiled, testrail } from './fakes.js';

describe('sources', () => {
  test('are read as they are configured, each parsed by its vendor', () => {
    const { sources } = object(good());

    expect(sources.map(({ name, definition }) => [name, definition.kind])).toEqual([
      ['updraft', 'updraft'],
      ['testrail', 'testrail'],
      ['asa', 'okta-asa'],
    ]);
    expect(sources[0]?.settings).toEqual({
      url: 'https://app.getupdraft.com',
      token: CANARY,
      tokenPrefix: 'Token',
      appIs: 'project',
      organizations: [12],
    });
  });

  test('may be two of one vendor', () => {
    const plain = good();
    plain.sources['testrail-eu'] = { ...plain.sources.testrail, url: 'https://eu.testrail.io' };

    expect(object(plain).sources.filter(({ definition }) => definition === testrail)).toHaveLength(2);
  });

  test('have bounds, which differ for Okta ASA', () => {
    const [first, , asa] = object(good()).sources;

    expect(first?.bounds).toEqual({
      readTimeoutMs: 5000,
      writeTimeoutMs: 15_000,
      concurrency: 32,
      requestsPerMinute: null,
      cacheSeconds: 30,
      maxBodyBytes: 16_777_216,
      maxPages: 500,
      settleMs: 30_000,
      transport: 'undici',
    });
    expect(asa?.bounds.concurrency).toBe(64);
  });

  test('go over the transport that they name', () => {
    const plain = good();
    Object.assign(plain.sources.testrail, { transport: 'cross-fetch' });

    expect(object(plain).sources.map(({ bounds }) => bounds.transport)).toContain('cross-fetch');
    expect(spoiled('testrail', 'transport: fetch')).toContain(
      'sources.s.transport is "fetch", but must be cross-fetch or undici; change it.',
    );
  });

  test('of every vendor may set their bounds', () => {
    const bounds = {
      timeoutMs: 700,
      concurrency: 1,
      requestsPerMinute: 60,
      cacheSeconds: 0,
      maxBodyBytes: 9,
      maxPages: 2,
      settleSeconds: 7,
    };
    const plain = good();
    for (const source of Object.values(plain.sources)) Object.assign(source as object, bounds);

    for (const source of object(plain).sources) {
      expect(source.bounds).toMatchObject({
        readTimeoutMs: 700,
        writeTimeoutMs: 2100,
        concurrency: 1,
        cacheSeconds: 0,
      });
      expect(source.bounds).toMatchObject({ requestsPerMinute: 60, maxBodyBytes: 9, maxPages: 2, settleMs: 7000 });
    }
  });

  test.each(['Updraft', '1st', 'a_b', 'a b', '', 'ä', '-a', 'x'.repeat(33), '__proto__', '${X}'])(
    'are not named %j',
    (name) => {
      const said = sentence(() => object({ sources: Object.fromEntries([[name, good().sources.testrail]]) }));

      expect(said).toContain('is no name for a source; use at most 32 lower-case letters, digits and hyphens');
    },
  );

  test.each([
    ['is empty', 's:', 'line 2: sources.s is empty, but must be a map; write vendor: and url: under it'],
    ['is a text', `s:\n    token:${CANARY}`, 'line 2: sources.s is a text, but must be a map'],
    ['is a list', 's: [1]', 'line 2: sources.s is a list, but must be a map'],
    [
      'has no vendor',
      's: { url: x }',
      'line 2: sources.s.vendor is missing; write one of updraft, testrail, okta-asa.',
    ],
    [
      'has an unknown vendor',
      's: { vendor: asana }',
      'sources.s.vendor is "asana", which is no known vendor; write one of updraft,',
    ],
    [
      'has a vendor misspelt',
      's: { vendor: Testrails }',
      'is "Testrails", which is no known vendor; did you mean testrail?',
    ],
    ['has a list of vendors', 's: { vendor: [a] }', 'sources.s.vendor is a list, but must be a text; write one of'],
  ])('stop where one %s', (_, text, expected) => {
    expect(sentence(() => load(`sources:\n  ${text}\n`))).toContain(expected);
  });
});

describe('a key', () => {
  test.each([
    ['that is misspelt', 'apikey: x', 'sources.s has the key apikey, which is not known here; did you mean apiKey?'],
    ['in another spelling', 'timeoutMS: 5', 'the key timeoutMS, which is not known here; did you mean timeoutMs?'],
    ['with its end left out', 'timeout: 5', 'did you mean timeoutMs?'],
    [
      'that is like none',
      'colour: red',
      'the key colour, which is not known here; write one of vendor, url, user, apiKey, timeoutMs',
    ],
    ['of another vendor', 'organizations: [1]', 'the key organizations, which is not known here; write one of'],
    ['that every object has', '__proto__: { a: 1 }', 'the key __proto__, which is not known here; write one of'],
    [
      'that stands at the top',
      'retentionDays: 5',
      'sources.s has the key retentionDays, which is not known here; write',
    ],
  ])('%s stops the start', (_, line, expected) => {
    expect(spoiled('testrail', line)).toContain(
      `rollcall.yaml, line 6: ${expected.startsWith('sources') ? expected : ''}`,
    );
    expect(spoiled('testrail', line)).toContain(expected);
  });

  test('behind a refinement and a transformation is known as well', () => {
    expect(spoiled('okta-asa', 'keySecert: x')).toContain('did you mean keySecret?');
  });

  test.each([
    `{ vendor: testrail, token:${CANARY} }`,
    `{ vendor: testrail, token=${CANARY} }`,
    `{ vendor: testrail, token, ${CANARY} }`,
    `{ vendor: testrail, ${CANARY} }`,
  ])('that is a secret in the wrong place is not shown: %s', (source) => {
    expect(sentence(() => load(`sources:\n  s: ${source}\n`))).toMatch(
      /line 2: sources.s has .*, which is not known here; /,
    );
  });
});

describe('a bound', () => {
  const rule = (from: number, to: number) =>
    `but must be a whole number from ${from} to ${to}; change it or take it out.`;

  test.each([
    ['timeoutMs: fast', 'timeoutMs is "fast"', rule(1, 600_000)],
    ['timeoutMs: 0', 'timeoutMs is 0', rule(1, 600_000)],
    ['timeoutMs: "500"', 'timeoutMs is "500"', rule(1, 600_000)],
    ['timeoutMs: .inf', 'timeoutMs is Infinity', rule(1, 600_000)],
    ['concurrency: 0', 'concurrency is 0', rule(1, 1024)],
    ['concurrency: 1.5', 'concurrency is 1.5', rule(1, 1024)],
    ['concurrency: true', 'concurrency is true', rule(1, 1024)],
    ['requestsPerMinute: -1', 'requestsPerMinute is -1', rule(1, 1_000_000)],
    ['requestsPerMinute:', 'requestsPerMinute is empty', rule(1, 1_000_000)],
    ['cacheSeconds: -1', 'cacheSeconds is -1', rule(0, 86_400)],
    ['cacheSeconds: [30]', 'cacheSeconds is a list', rule(0, 86_400)],
    ['maxBodyBytes: 16MiB', 'maxBodyBytes is "16MiB"', rule(1, 268_435_456)],
    ['maxPages: {}', 'maxPages is a map', rule(1, 100_000)],
    ['settleSeconds: -1', 'settleSeconds is -1', rule(0, 3600)],
    ['settleSeconds: 3601', 'settleSeconds is 3601', rule(0, 3600)],
    ['settleSeconds: 0.5', 'settleSeconds is 0.5', rule(0, 3600)],
    ['settleSeconds: 30s', 'settleSeconds is "30s"', rule(0, 3600)],
  ])('of %s stops the start', (line, key, expected) => {
    expect(spoiled('testrail', line)).toBe(`rollcall.yaml, line 6: sources.s.${key}, ${expected}`);
  });
});
