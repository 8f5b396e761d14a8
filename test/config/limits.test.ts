import { describe, expect, test } from 'vitest';
import { blocksFrom, textOf } from '../docs/documents.js';
import { good, load, object, sentence } from './fakes.js';

/** The table of the limits in the documents: each with its range and what it is where nothing is said. */
const table = [
  ...textOf('docs/configuration.md').matchAll(/^\| `limits\.(\w+)` +\| ([\d,]+) to ([\d,]+) +\| ([\d,]+) +\|/gm),
].map(([, key, ...numbers]) => {
  const [from, to, usual] = numbers.map((number) => Number(number.replaceAll(',', ''))) as [number, number, number];
  return { key: key!, from, to, usual };
});

const limits = (section: object) => object({ ...good(), limits: section }).limits;

describe('limits', () => {
  test('are those of the table where nothing is said', () => {
    expect(table.length).toBeGreaterThan(10);
    expect(object(good()).limits).toEqual(Object.fromEntries(table.map(({ key, usual }) => [key, usual])));
  });

  test('shown among all keys are the usual ones', () => {
    const [whole] = blocksFrom('docs/configuration.md', 'yaml');
    const section = /^limits:.*\n((?: {2}.*\n)+)/m.exec(whole!)![1]!;
    const shown = [...section.matchAll(/^ {2}(\w+): (\d+)/gm)].map(([, key, value]) => [key, Number(value)]);

    expect(shown.length).toBeGreaterThan(0);
    expect(object(good()).limits).toMatchObject(Object.fromEntries(shown));
  });

  test.each(table)('$key is from $from to $to', ({ key, from, to }) => {
    expect([limits({ [key]: from }), limits({ [key]: to })]).toMatchObject([{ [key]: from }, { [key]: to }]);
    for (const wrong of [from - 1, to + 1, 1.5, 'many', null, [from]]) {
      expect(sentence(() => limits({ [key]: wrong }))).toMatch(
        new RegExp(
          `limits\\.${key} .+, but must be a whole number from ${from} to ${to}; change it or take it out\\.$`,
        ),
      );
    }
  });

  test('may come from the environment', () => {
    expect(object({ ...good(), limits: { cost: '${COST}' } }, { COST: '5000' }).limits.cost).toBe(5_000);
  });

  test('that nobody knows stop the start, and the nearest is named', () => {
    const source = '{ vendor: testrail, url: "https://t.example", user: u, apiKey: "k" }';
    const text = `limits:\n  dept: 9\nsources:\n  tr: ${source}\n`;

    expect(sentence(() => load(text))).toMatch(
      /^rollcall.yaml, line 2: limits has the key dept, .+ did you mean depth\?$/,
    );
  });
});
