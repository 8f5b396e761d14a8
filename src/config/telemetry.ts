import { urlAt } from './address.js';
import { placeKey, problem, whatIs } from './problem.js';
import { checkKeys, type Section, sectionOf, textOf } from './section.js';
import type { TelemetryConfig } from './types.js';

const EXAMPLE = 'https://collector.example.com:4318';
const TRACES = '/v1/traces';
/** Ours to set, or the transport's. */
const OUR_HEADERS = ['content-type', 'content-length', 'host', 'connection', 'transfer-encoding'];

/** `telemetry`: where traces go. Nothing of the environment turns it on, so that nothing leaves by accident. */
export function readTelemetry(section: Section): TelemetryConfig {
  checkKeys(section, ['otlp', 'headers', 'serviceName', 'ratio']);
  const { reading, place } = section;
  const url = urlAt(section, { key: 'otlp', example: EXAMPLE, credentials: 'headers' });
  if (url === undefined)
    throw problem(
      reading,
      [...place, 'otlp'],
      `is missing; write an address such as ${EXAMPLE}, or take telemetry out`,
    );
  return {
    url: url.endsWith(TRACES) ? url : url + TRACES,
    headers: headersOf(section),
    serviceName: textOf(section, 'serviceName', 'write rollcall') ?? 'rollcall',
    ratio: ratioOf(section),
  };
}

function headersOf({ reading, place, values }: Section): Readonly<Record<string, string>> {
  const at = [...place, 'headers'];
  const { values: headers } = sectionOf(reading, at, values['headers'], 'write the name and the value of each header');
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), headerOf(name, value, [...at, name])]),
  );

  function headerOf(name: string, value: unknown, here: (string | number)[]): string {
    if (!/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/.test(name) || OUR_HEADERS.includes(name.toLowerCase()))
      throw problem(reading, here, 'is no header that may be set; take it out');
    if (typeof value !== 'string')
      throw problem(
        reading,
        here,
        `${whatIs(reading, here, value, true)}, but must be a text; put it in quotation marks`,
      );
    if (!/^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(value))
      throw problem(reading, here, 'is no value of a header; write visible ASCII, without blanks at its ends');
    return value;
  }
}

function ratioOf({ reading, place, values }: Section): number {
  const { ratio = 1 } = values;
  const at = [...place, 'ratio'];
  // A variable of the environment may hold it.
  const isText = reading.variables.has(placeKey(at)) && typeof ratio === 'string' && /^[01](\.\d{1,6})?$/.test(ratio);
  const value = isText ? Number(ratio) : ratio;
  if (typeof value === 'number' && value >= 0 && value <= 1) return value;
  throw problem(
    reading,
    at,
    `${whatIs(reading, at, ratio)}, but must be a number from 0 to 1; change it or take it out`,
  );
}
