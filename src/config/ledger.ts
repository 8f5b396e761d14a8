import { resolve } from 'node:path';
import { placeKey, problem, shown, whatIs } from './problem.js';
import { type Section, textOf } from './section.js';

const AT = ['ledger'];
const FILE = 'write a path such as ./rollcall.db';
const DATABASE = 'write postgres://user:password@host/database, and special characters of the password as %XX';

/**
 * `ledger`: a file, relative to the configuration's own folder, or the address of a PostgreSQL database as it is written.
 * Of an address no part is ever shown, since it holds a password.
 */
export function ledgerOf(root: Section, folder: string): string {
  const { reading } = root;
  const place = textOf(root, 'ledger', FILE) ?? './rollcall.db';
  const scheme = /^[a-z][a-z0-9+.-]+:/i.exec(place)?.[0].toLowerCase();
  if (scheme === 'postgres:' || scheme === 'postgresql:') return databaseOf(root, place);
  if (scheme !== undefined) {
    const said = reading.variables.has(placeKey(AT)) ? whatIs(reading, AT, place) : `is ${shown(`${scheme}…`)}`;
    throw problem(reading, AT, `${said}, but must be a file or a postgres:// address; ${FILE}`);
  }
  // A slip of the hand in the scheme: what stands before the @ may be a password.
  if (/\/\/|:/.test(place.slice(0, Math.max(0, place.lastIndexOf('@')))))
    throw problem(reading, AT, `must begin with postgres:// as it has an @; ${DATABASE}`);
  // An object has no place on a disk, so its ledger need have none.
  if (place === ':memory:' && reading.file === null) return place;
  if (place === ':memory:' || /[/\\]$|\p{Cc}/u.test(place)) {
    throw problem(reading, AT, `${whatIs(reading, AT, place)}, but must be a file; ${FILE}`);
  }
  return resolve(folder, place);
}

function databaseOf({ reading }: Section, address: string): string {
  const refuse = (words: string): Error => problem(reading, AT, words);
  if (!/^postgres(ql)?:\/\//.test(address)) {
    throw refuse(`must begin with postgres:// or postgresql://, in small letters; ${DATABASE}`);
  }
  if (/[\s\\\p{Cc}]/u.test(address)) {
    throw refuse('has a blank, a backslash or a control character; take it out, or write it as %XX');
  }
  if (address.includes('#')) throw refuse('has a fragment in it; write a # of the password as %23, or take it out');
  if (/%(?![0-9a-f]{2})/i.test(address)) throw refuse('has a % that begins no %XX; write it as %25');
  const parts = partsOf(address);
  if (parts === null) throw refuse(`is no valid address; ${DATABASE}`);
  if (parts.host === '') throw refuse(`names no host; ${DATABASE}`);
  if (parts.database === '') throw refuse(`names no database; ${DATABASE}`);
  return address;
}

function partsOf(address: string): { readonly host: string; readonly database: string } | null {
  try {
    const { username, password, hostname, pathname } = new URL(address);
    const [host, database] = [hostname, pathname.slice(1), username, password].map(decodeURIComponent);
    return { host: host!, database: database! };
  } catch {
    return null;
  }
}
