import { placeKey, problem, shown, whatIs } from './problem.js';
import { type Section, textOf } from './section.js';

const EXAMPLE = 'https://acme.example.com';

/** Whether only this machine reaches that host, as `URL` writes hosts: localhost, 127.0.0.0/8, [::1]. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(hostname);
}

/** A host as `URL` writes it; null for what is none. */
export function hostnameOf(host: string): string | null {
  const bare = /^\[(.*)\]$/.exec(host)?.[1] ?? host;
  if (!/^[A-Za-z0-9.:_-]+$/.test(bare)) return null;
  return parsed(bare.includes(':') ? `http://[${bare}]` : `http://${bare}`)?.hostname ?? null;
}

/** The `url` of a source, without a slash at its end; undefined where it is left out. */
export function sourceUrl(section: Section): string | undefined {
  return urlAt(section, { key: 'url', example: EXAMPLE, credentials: 'the keys for credentials of this source' });
}

/** What such an address is, as the sentences on a wrong one have it. */
export interface UrlWords {
  readonly key: string;
  readonly example: string;
  /** Where credentials belong instead. */
  readonly credentials: string;
}

/** An address by the rule of sources: https, or http on this machine, and nothing but a host, a port and a path. */
export function urlAt(section: Section, { key, example, credentials }: UrlWords): string | undefined {
  const { reading, place } = section;
  const text = textOf(section, key, `write an address such as ${example}`);
  if (text === undefined) return undefined;

  const at = [...place, key];
  const variable = reading.variables.has(placeKey(at));
  if (/[\s\\\p{Cc}]/u.test(text))
    throw problem(reading, at, 'has a blank, a backslash or a control character; take it out');
  const authority = /^https?:\/\/([^/?#]*)/i.exec(text)?.[1];
  if (authority === undefined) {
    throw problem(reading, at, `must begin with https://; write an address such as ${example}`);
  }
  if (authority.includes('@')) {
    throw problem(reading, at, `has a user or password in it; take them out and use ${credentials}`);
  }
  if (text.includes('?')) throw problem(reading, at, 'has a query in it; take out the ? and what follows');
  if (text.includes('#')) throw problem(reading, at, 'has a fragment in it; take out the # and what follows');
  const url = parsed(text);
  if (url === null) throw problem(reading, at, `is no valid address; write one such as ${example}`);
  if (url.protocol !== 'https:' && !isLoopback(url.hostname)) {
    const said = variable ? whatIs(reading, at, text) : `is ${shown(text)}`;
    throw problem(reading, at, `${said}, but must begin with https:// as its host is not this machine; write https://`);
  }
  return url.origin + url.pathname.replace(/(?<!\/)\/+$/, '');
}

/** An origin as a browser sends it; null for what is none. */
export function originOf(text: string): string | null {
  return /^https?:\/\/[^/?#@\\\s*]+$/i.test(text) ? (parsed(text)?.origin ?? null) : null;
}

function parsed(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}
