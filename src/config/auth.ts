import { resolve } from 'node:path';
import { isLoopback } from './address.js';
import { placeKey, problem, shown, whatIs } from './problem.js';
import { checkKeys, type Section, textOf } from './section.js';
import type { AuthConfig, Role } from './types.js';

/** The keys of each mode, besides `mode` and those of every mode. */
const keysOf = {
  none: [],
  keys: ['file'],
  jwt: ['jwks', 'issuer', 'audience', 'roleClaim', 'sourcesClaim'],
} as const;

type Mode = keyof typeof keysOf;

const modes = Object.keys(keysOf) as Mode[];
const roles: readonly Role[] = ['read', 'write'];

const JWKS = 'write a file, or an address such as https://id.example.com/.well-known/jwks.json';

/** `auth`. Files are relative to `folder`. */
export function readAuth(section: Section, folder: string): AuthConfig {
  // The mode first: it is the reason for its further keys.
  const mode = modeOf(section);
  checkKeysOf(section, mode);
  const open = { introspection: rolesOf(section, 'introspection'), graphiql: rolesOf(section, 'graphiql') };
  switch (mode) {
    case 'none':
      return { mode, ...open };
    case 'keys':
      return {
        mode,
        file: resolve(folder, textOf(section, 'file', 'write ./rollcall.keys') ?? 'rollcall.keys'),
        ...open,
      };
    case 'jwt':
      return {
        mode,
        jwks: jwksOf(section, folder),
        issuer: needed(section, 'issuer', 'write the iss of the tokens, such as https://id.example.com/'),
        audience: needed(section, 'audience', 'write the aud of the tokens, such as rollcall'),
        roleClaim: textOf(section, 'roleClaim', 'write rollcall_role') ?? 'rollcall_role',
        sourcesClaim: textOf(section, 'sourcesClaim', 'write rollcall_sources') ?? 'rollcall_sources',
        ...open,
      };
  }
}

function modeOf(section: Section): Mode {
  const { reading, place } = section;
  const mode = textOf(section, 'mode', `write ${modes.join(' or ')}`) ?? 'none';
  if (modes.includes(mode as Mode)) return mode as Mode;
  const at = [...place, 'mode'];
  throw problem(reading, at, `${whatIs(reading, at, mode)}, but must be ${modes.join(' or ')}; change it`);
}

/** Stops at a key that nobody knows, and at one of another mode. */
function checkKeysOf(section: Section, mode: Mode): void {
  const { reading, place, values } = section;
  const ours = ['mode', ...keysOf[mode], 'introspection', 'graphiql'];
  const others = modes.flatMap((other) => keysOf[other].map((key) => ({ key: key as string, other })));
  const foreign = others.find(({ key }) => !ours.includes(key) && Object.hasOwn(values, key));
  checkKeys(section, foreign ? [...ours, foreign.key] : ours);
  if (!foreign) return;
  const { key, other } = foreign;
  throw problem(reading, [...place, key], `belongs to mode ${other}; take it out, or write mode: ${other}`);
}

/** The roles that may use something: both where the key is left out. */
function rolesOf({ reading, place, values }: Section, key: string): readonly Role[] {
  const list = values[key];
  if (list === undefined) return roles;
  const at = [...place, key];
  const remedy = 'write [read, write], [write], or [] for nobody';
  if (!Array.isArray(list)) throw problem(reading, at, `${whatIs(reading, at, list)}, but must be a list; ${remedy}`);
  for (const [index, role] of list.entries()) {
    if (roles.includes(role as Role)) continue;
    const entry = [...at, index];
    throw problem(reading, entry, `${whatIs(reading, entry, role)}, but must be read or write; ${remedy}`);
  }
  return roles.filter((role) => list.includes(role));
}

/** A text of the tokens, compared as it stands. */
function needed(section: Section, key: string, remedy: string): string {
  const { reading, place } = section;
  const text = textOf(section, key, remedy);
  const at = [...place, key];
  if (text === undefined) throw problem(reading, at, `is missing; ${remedy}`);
  if (/[\s\p{Cc}]/u.test(text)) throw problem(reading, at, 'has a blank or a control character; take it out');
  return text;
}

/** The absolute path of a file, or an address as `URL` writes it. */
function jwksOf(section: Section, folder: string): string {
  const { reading, place } = section;
  const at = [...place, 'jwks'];
  const text = textOf(section, 'jwks', JWKS);
  if (text === undefined) throw problem(reading, at, `is missing; ${JWKS}`);
  const scheme = /^[a-z][a-z0-9+.-]*:\/\//i.exec(text)?.[0].toLowerCase();
  if (scheme === undefined) return resolve(folder, text);
  if (scheme !== 'https://' && scheme !== 'http://') {
    const said = reading.variables.has(placeKey(at)) ? whatIs(reading, at, text) : `is ${shown(`${scheme}…`)}`;
    throw problem(reading, at, `${said}, but must be a file or an https:// address; ${JWKS}`);
  }
  if (/^https?:\/\/[^/?#]*@/i.test(text)) throw problem(reading, at, 'has a user or password in it; take them out');
  const url = URL.canParse(text) && !/[\s\\#\p{Cc}]/u.test(text) ? new URL(text) : null;
  if (url === null) throw problem(reading, at, `is no valid address; ${JWKS}`);
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    throw problem(reading, at, 'must begin with https:// as its host is not this machine; write https://');
  }
  return url.href;
}
