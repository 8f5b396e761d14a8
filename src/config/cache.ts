import { placeKey, problem, shown, whatIs } from './problem.js';
import { type Section, textOf } from './section.js';

const AT = ['cache'];
const remedy = 'write memory, or redis://user:password@host:port with special characters of the password as %XX';

/** `cache`: this process's own memory, or the address of a Redis or Valkey server. Of an address no part is ever shown. */
export function cacheOf(root: Section): string {
  const { reading } = root;
  const place = textOf(root, 'cache', remedy) ?? 'memory';
  if (place === 'memory') return place;
  const scheme = /^[a-z]+:\/\//i.exec(place)?.[0].toLowerCase();
  if (!scheme || !/^(redis|valkey)s?:\/\/$/.test(scheme)) {
    const isShown = reading.variables.has(placeKey(AT)) || !/[@:]/.test(place);
    const said = isShown ? whatIs(reading, AT, place, place.includes(':')) : `is ${shown(scheme ?? '…')}`;
    throw problem(reading, AT, `${said}, but must be memory or a redis:// address; ${remedy}`);
  }
  if (!isAddress(place)) throw problem(reading, AT, `is no valid address; ${remedy}`);
  return scheme + place.slice(scheme.length);
}

function isAddress(text: string): boolean {
  try {
    const { hostname, username, password, pathname } = new URL(text);
    for (const part of [username, password]) decodeURIComponent(part);
    return hostname !== '' && !/[\s\\\p{Cc}#]/u.test(text) && /^(\/\d*)?$/.test(pathname);
  } catch {
    return false;
  }
}
