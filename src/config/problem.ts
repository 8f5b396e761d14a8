/** What is wrong with a configuration, in one sentence. It has no stack and no cause: they help nobody and may hold secrets. */
export class ConfigError extends Error {
  constructor(sentence: string) {
    super(sentence.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' '));
    this.name = 'ConfigError';
    this.stack = this.message;
  }
}

/** The keys that lead to a value. */
export type Place = readonly (string | number)[];

/** A configuration as it was read, before anything is known about it. */
export interface Reading {
  /** As people named it; null for one that is no file. */
  readonly file: string | null;
  /** Lines by `placeKey`. */
  readonly lines: Map<string, number>;
  /** The variable of the environment that a text was made with, by `placeKey`. */
  readonly variables: Map<string, string>;
}

/** A place as the key of a map. */
export function placeKey(place: Place): string {
  return JSON.stringify(place);
}

/** The one sentence: file, line and key, then what is wrong and what to do about it. */
export function problem(reading: Reading, place: Place, words: string): ConfigError {
  const said = words.trim().replace(/(?<!\.)\.+$/, '');
  const subject = place.length > 0 ? `${dotted(place)} ${said}` : said;
  return new ConfigError(`${whereIs(reading, place)}: ${subject}${said.endsWith('?') ? '' : '.'}`);
}

/** The same for what is wrong with an entry of the environment. */
export function environmentProblem(variable: string, words: string): ConfigError {
  return new ConfigError(`environment: ${variable} ${words}.`);
}

/** What a value is, for "…, but must be …". A secret, and what the environment holds, is never shown. */
export function whatIs(reading: Reading, place: Place, value: unknown, secret = false): string {
  if (value === undefined) return 'is missing';
  if (value === null) return 'is empty';
  if (Array.isArray(value)) return 'is a list';
  if (typeof value === 'object') return 'is a map';
  const variable = reading.variables.get(placeKey(place));
  if (variable !== undefined) return `is what \${${variable}} holds`;
  if (typeof value === 'string') return secret ? 'is a text' : `is ${shown(value)}`;
  if (typeof value === 'number') return secret ? 'is a number' : `is ${value}`;
  return typeof value === 'boolean' ? `is ${value}` : 'is something else';
}

/** A text of the configuration that is no secret, fit for a sentence. */
export function shown(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}

/** A key as people wrote it. What follows a colon was meant to be a value (`token:abc`), and may be a secret. */
export function shownKey(key: string): string {
  const colon = key.search(/[:=]/);
  if (colon >= 0) return `"${/^[\w.-]{1,40}/.exec(key.slice(0, colon))?.[0] ?? ''}…"`;
  return /^[\w.@-]{1,60}$/.test(key) ? key : shown(key);
}

/** `sources.updraft.organizations[0]` */
function dotted(place: Place): string {
  return place
    .map((key, index) => (typeof key === 'number' ? `[${key}]` : `${index ? '.' : ''}${shownKey(key)}`))
    .join('');
}

function whereIs(reading: Reading, place: Place): string {
  if (reading.file === null) return 'configuration';
  for (let length = place.length; length >= 0; length--) {
    const line = reading.lines.get(placeKey(place.slice(0, length)));
    if (line !== undefined) return `${reading.file}, line ${line}`;
  }
  return reading.file;
}
