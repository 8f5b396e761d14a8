import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Role } from '../../src/graph/caller.js';
import { hashOf, keyFileOf, newKey } from '../../src/server/callers/key-file.js';

/** What a caller's key opens; every source where none are named. */
export interface Opens {
  readonly role: Role;
  readonly sources?: readonly string[];
}

export interface KeyRing<Name extends string> {
  /** As under `auth` in `rollcall.yaml`. */
  readonly auth: { readonly mode: 'keys'; readonly file: string };
  readonly keys: Readonly<Record<Name, string>>;
  /** The headers by which a caller is known. */
  headersOf(name: Name): { readonly authorization: string };
}

/** Keys for callers, in a file of their own. */
export function keyRing<Name extends string>(callers: Readonly<Record<Name, Opens>>): KeyRing<Name> {
  const names = Object.keys(callers) as Name[];
  const keys = Object.fromEntries(names.map((name) => [name, newKey()])) as Record<Name, string>;
  const file = join(mkdtempSync(join(tmpdir(), 'rollcall-keys-')), 'rollcall.keys');
  writeFileSync(
    file,
    keyFileOf(
      names.map((name) => {
        const { role, sources } = callers[name];
        const createdAt = new Date().toISOString();
        return { name, role, sources: sources ? [...sources] : null, sha256: hashOf(keys[name]), createdAt };
      }),
    ),
  );
  return { auth: { mode: 'keys', file }, keys, headersOf: (name) => ({ authorization: `Bearer ${keys[name]}` }) };
}

/** The header by which a browser or a spreadsheet sends a key. */
export function basic(key: string, user = 'anybody'): { readonly authorization: string } {
  return { authorization: `Basic ${Buffer.from(`${user}:${key}`).toString('base64')}` };
}
