import { didYouMean, nearest } from './nearest.js';
import { type Place, placeKey, problem, type Reading, shownKey, whatIs } from './problem.js';

/** One map of the configuration, and where it stands. */
export interface Section {
  readonly reading: Reading;
  readonly place: Place;
  readonly values: Readonly<Record<string, unknown>>;
}

/** The map at a place; a place without a value is an empty one. */
export function sectionOf(reading: Reading, place: Place, value: unknown, remedy: string): Section {
  if (value === undefined) return { reading, place, values: {} };
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return { reading, place, values: value as Record<string, unknown> };
  }
  // A text in the place of a map is mostly `key:value` without its blank, and so perhaps a secret.
  throw problem(reading, place, `${whatIs(reading, place, value, true)}, but must be a map; ${remedy}`);
}

/** Stops at a key that nobody knows. */
export function checkKeys(section: Section, allowed: readonly string[]): void {
  const stranger = Object.keys(section.values).find((key) => !allowed.includes(key));
  if (stranger !== undefined) throw unknownKey(section, stranger, allowed);
}

/** The sentence on a key that nobody knows. */
export function unknownKey({ reading, place, values }: Section, key: string, allowed: readonly string[]): Error {
  // `{ token, abc }` has two keys and no value: what looks like a key may be a secret.
  const hidden = (values[key] ?? null) === null && nearest(key, allowed) === undefined;
  const colon = /[:=]/.test(key);
  const remedy = colon ? 'write the key, a colon, a blank and the value' : didYouMean(hidden ? null : key, allowed);
  const name = hidden && !colon ? 'a key without a value' : `the key ${shownKey(key)}`;
  const where = place.length > 0 ? `has ${name}, which is not known here` : `${name} is not known at the top`;
  const line = reading.lines.get(placeKey([...place, key]));
  const at = line === undefined ? reading : { ...reading, lines: new Map([[placeKey([]), line]]) };
  return problem(at, place, `${where}; ${remedy}`);
}

/** A whole number within a range, or what holds where the key is left out. A variable may hold one. */
export function wholeNumber<T>(
  { reading, place, values }: Section,
  key: string,
  range: { readonly from: number; readonly to: number; readonly otherwise: T },
): number | T {
  const written = values[key];
  if (written === undefined) return range.otherwise;
  const at = [...place, key];
  const fromVariable = reading.variables.has(placeKey(at)) && typeof written === 'string' && /^\d{1,15}$/.test(written);
  const value = fromVariable ? Number(written) : written;
  const fits = Number.isSafeInteger(value) && (value as number) >= range.from && (value as number) <= range.to;
  if (fits) return value as number;
  const rule = `must be a whole number from ${range.from} to ${range.to}`;
  throw problem(reading, at, `${whatIs(reading, at, written)}, but ${rule}; change it or take it out`);
}

/** A text that is not empty, or undefined where the key is left out. */
export function textOf({ reading, place, values }: Section, key: string, remedy: string): string | undefined {
  const value = values[key];
  if (value === undefined) return undefined;
  if (typeof value === 'string' && value !== '') return value;
  const at = [...place, key];
  throw problem(
    reading,
    at,
    `${value === '' ? 'is empty' : whatIs(reading, at, value)}, but must be a text; ${remedy}`,
  );
}

/** One of some words, or null where the key is left out. */
export function oneOf<Word extends string>(section: Section, key: string, words: readonly Word[]): Word | null {
  const value = textOf(section, key, `write ${words.join(' or ')}`);
  if (value === undefined) return null;
  const word = words.find((one) => one === value);
  if (word !== undefined) return word;
  const { reading, place } = section;
  const at = [...place, key];
  throw problem(
    reading,
    at,
    `${whatIs(reading, at, value, value.includes(':'))}, but must be ${words.join(' or ')}; change it`,
  );
}
