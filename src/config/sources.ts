import { sourceNamePattern, type VendorDefinition } from '../vendors/vendor.js';
import { sourceUrl } from './address.js';
import { parseSettings } from './issues.js';
import { didYouMean } from './nearest.js';
import { placeKey, problem, whatIs } from './problem.js';
import { keysOf } from './schema-keys.js';
import { checkKeys, oneOf, type Section, sectionOf, textOf, wholeNumber } from './section.js';
import type { Bounds, SourceConfig } from './types.js';

const BOUND_KEYS = [
  'timeoutMs',
  'concurrency',
  'requestsPerMinute',
  'cacheSeconds',
  'maxBodyBytes',
  'maxPages',
  'settleSeconds',
  'transport',
];
const TRANSPORTS = ['cross-fetch', 'undici'] as const;
const OUR_KEYS = ['vendor', ...BOUND_KEYS];
/** Names of people that are sent as credentials: no secrets in a plan or a log, but as private here. */
const NAMES_IN_CREDENTIALS = ['user', 'email'];

/** `sources`: at least one, in the order in which they are written. */
export function readSources(root: Section, vendors: readonly VendorDefinition[]): SourceConfig[] {
  const { reading, values } = root;
  const remedy = 'write the name of each source with its vendor and url under it';
  if (values.sources === undefined) throw problem(reading, ['sources'], `is missing; ${remedy}`);
  const { values: sources } = sectionOf(reading, ['sources'], values.sources, remedy);
  const names = Object.keys(sources);
  if (names.length === 0) throw problem(reading, ['sources'], `names no source; ${remedy}`);
  return names.map((name) => readSource(root, name, sources[name], vendors));
}

function readSource(root: Section, name: string, value: unknown, vendors: readonly VendorDefinition[]): SourceConfig {
  const { reading } = root;
  const place = ['sources', name];
  const rule = 'at most 32 lower-case letters, digits and hyphens, a letter first';
  if (!sourceNamePattern.test(name)) throw problem(reading, place, `is no name for a source; use ${rule}`);
  const section = sectionOf(
    reading,
    place,
    value,
    'write vendor: and url: under it, each with a blank after the colon',
  );
  const definition = definitionOf(section, vendors);
  const own = keysOf(definition.settings);
  // A schema that shows no keys checks them itself.
  const allowed = own.length > 0 ? [...new Set(['vendor', 'url', ...own, ...BOUND_KEYS])] : Object.keys(section.values);
  checkKeys(section, allowed);
  const bounds = boundsOf(section, definition, settleMsOf(root));
  const secretKeys = [...definition.secrets, ...NAMES_IN_CREDENTIALS];
  secretKeys.forEach((key) => checkCredential(section, key));
  return { name, definition, settings: settingsOf(section, definition, secretKeys), bounds };
}

function definitionOf(section: Section, vendors: readonly VendorDefinition[]): VendorDefinition {
  const { reading, place, values } = section;
  const at = [...place, 'vendor'];
  const kinds = vendors.map(({ kind }) => kind);
  if (values.vendor === undefined) throw problem(reading, at, `is missing; write one of ${kinds.join(', ')}`);
  const kind = textOf(section, 'vendor', `write one of ${kinds.join(', ')}`)!;
  const definition = vendors.find((vendor) => vendor.kind === kind);
  if (definition !== undefined) return definition;
  const readable = reading.variables.has(placeKey(at)) ? null : kind;
  throw problem(reading, at, `${whatIs(reading, at, kind)}, which is no known vendor; ${didYouMean(readable, kinds)}`);
}

function boundsOf(section: Section, { concurrency = 32 }: VendorDefinition, usualSettleMs: number | null): Bounds {
  const readTimeoutMs = wholeNumber(section, 'timeoutMs', { from: 1, to: 600_000, otherwise: 5000 });
  const writeTimeoutMs = 3 * readTimeoutMs;
  return {
    readTimeoutMs,
    writeTimeoutMs,
    concurrency: wholeNumber(section, 'concurrency', { from: 1, to: 1024, otherwise: concurrency }),
    requestsPerMinute: wholeNumber(section, 'requestsPerMinute', { from: 1, to: 1_000_000, otherwise: null }),
    cacheSeconds: wholeNumber(section, 'cacheSeconds', { from: 0, to: 86_400, otherwise: 30 }),
    maxBodyBytes: wholeNumber(section, 'maxBodyBytes', { from: 1, to: 256 * 1024 ** 2, otherwise: 16 * 1024 ** 2 }),
    maxPages: wholeNumber(section, 'maxPages', { from: 1, to: 100_000, otherwise: 500 }),
    settleMs: settleMsOf(section) ?? usualSettleMs ?? 2 * writeTimeoutMs,
    transport: oneOf(section, 'transport', TRANSPORTS) ?? 'undici',
  };
}

/** Null where the key is left out. At the top it holds for every source that has none of its own. */
function settleMsOf(section: Section): number | null {
  const seconds = wholeNumber(section, 'settleSeconds', { from: 0, to: 3600, otherwise: null });
  return seconds === null ? null : 1000 * seconds;
}

/** A credential travels in a header; it is named here, and never shown. */
function checkCredential({ reading, place, values }: Section, key: string): void {
  if (!Object.hasOwn(values, key)) return;
  const at = [...place, key];
  const value = values[key];
  const variable = reading.variables.get(placeKey(at));
  const source = variable === undefined ? 'write' : `set \${${variable}} to`;
  const refuse = (words: string): Error =>
    problem(reading, at, `${words}; ${source} the credential as the vendor gave it`);
  if (value === null || value === '') throw refuse('is empty');
  if (typeof value !== 'string') {
    throw problem(reading, at, `${whatIs(reading, at, value, true)}, but must be a text; put it in quotation marks`);
  }
  if (/\p{Cc}/u.test(value)) throw refuse('has a line break or another control character in it');
  if (value.trim() !== value) throw refuse('begins or ends with a blank');
  if (!/^[\x20-\x7e]+$/.test(value)) throw refuse('has a character that is not visible ASCII');
}

function settingsOf(section: Section, definition: VendorDefinition, secretKeys: readonly string[]): unknown {
  const { reading, place, values } = section;
  const url = sourceUrl(section);
  const own = Object.fromEntries(Object.entries(values).filter(([key]) => !OUR_KEYS.includes(key)));
  const settings = { ...section, values: url === undefined ? own : { ...own, url } };
  return parseSettings(settings, definition.settings, {
    title: definition.title,
    secretKeys,
    secretValues: Object.entries(own).flatMap(([key, value]) => {
      if (secretKeys.includes(key)) return [String(value)];
      return textsOf(value, [...place, key])
        .filter(({ at }) => reading.variables.has(placeKey(at)))
        .map(({ text }) => text);
    }),
  });
}

function textsOf(value: unknown, at: (string | number)[]): { text: string; at: (string | number)[] }[] {
  if (typeof value === 'string') return [{ text: value, at }];
  if (Array.isArray(value)) return value.flatMap((inner: unknown, index) => textsOf(inner, [...at, index]));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => textsOf(inner, [...at, key]));
}
