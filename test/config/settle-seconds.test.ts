import { describe, expect, test } from 'vitest';
import { CANARY, good, load, object, sentence } from './fakes.js';

describe('settleSeconds', () => {
  const settling = (plain: object): number[] => object(plain).sources.map(({ bounds }) => bounds.settleMs);

  test('is twice the write deadline of each source where nothing is said', () => {
    const plain = good();
    plain.sources.testrail.timeoutMs = 701;
    plain.sources.asa.timeoutMs = 600_000;

    expect(settling(plain)).toEqual([30_000, 4206, 3_600_000]);
  });

  test('at the top holds for every source, and gives way to what a source says', () => {
    const plain: Record<string, any> = { ...good(), settleSeconds: 45 };
    plain.sources.testrail.settleSeconds = 0;
    plain.sources.asa.settleSeconds = 3600;

    expect(settling(plain)).toEqual([45_000, 0, 3_600_000]);
    expect(settling({ ...good(), settleSeconds: 0 })).toEqual([0, 0, 0]);
  });

  test('may come from the environment', () => {
    const plain: Record<string, any> = { ...good(), settleSeconds: '${TOP}' };
    plain.sources.asa.settleSeconds = '${ASA}';
    const { sources } = object(plain, { TOP: '45', ASA: '60' });

    expect(sources.map(({ bounds }) => bounds.settleMs)).toEqual([45_000, 45_000, 60_000]);
    expect(sentence(() => object(plain, { TOP: CANARY, ASA: '60' }))).toContain('settleSeconds is what ${TOP} holds');
  });

  test.each(['-1', '3601', '1.5', '45s', '[45]'])(
    'of %s at the top stops the start, although each source has its own',
    (value) => {
      const source = `{ vendor: testrail, url: "https://t.example", user: u, apiKey: "${CANARY}", settleSeconds: 5 }`;

      expect(sentence(() => load(`settleSeconds: ${value}\nsources:\n  tr: ${source}\n`))).toMatch(
        /^rollcall.yaml, line 1: settleSeconds is .+, but must be a whole number from 0 to 3600; change it or take it out\.$/,
      );
    },
  );
});
