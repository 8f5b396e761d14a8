import { hash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { localCaller } from '../../graph/caller.js';

/** Whether a caller may be called so: its ledger entries and log lines bear the name, and `local` are those of nobody. */
export function isCallerName(name: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9._@-]{0,63}$/.test(name) && name !== localCaller.name;
}

const storedKey = z.strictObject({
  name: z.string().refine(isCallerName),
  role: z.enum(['read', 'write']),
  /** Null: all of them. */
  sources: z.array(z.string()).nullable(),
  /** Of the key's own text, as hexadecimal digits: the key itself is nowhere. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  createdAt: z.iso.datetime(),
});

const keyFile = z.strictObject({ keys: z.array(storedKey).readonly() });

/** A key as it is kept, and what it opens. */
export type StoredKey = Readonly<z.infer<typeof storedKey>>;

/** The keys in the text of a key file. Throws an `Error` that ends a sentence on the file. */
export function keysIn(text: string): readonly StoredKey[] {
  const { data } = keyFile.safeParse(jsonOf(text));
  if (!data) throw new Error('is no key file; restore it, or make a new one with: rollcall keys add');
  for (const what of ['name', 'sha256'] as const) {
    if (new Set(data.keys.map((key) => key[what])).size < data.keys.length) {
      throw new Error(`has two keys of the same ${what === 'name' ? 'name' : 'hash'}; keep one of them`);
    }
  }
  return data.keys;
}

export function keyFileOf(keys: readonly StoredKey[]): string {
  return `${JSON.stringify({ keys }, null, 2)}\n`;
}

/** 256 random bits, with a beginning by which a key that lies about can be recognized. */
export function newKey(): string {
  return `rc_${randomBytes(32).toString('base64url')}`;
}

/** A random key needs no salt and no slow hash: nobody can try them all. */
export function hashOf(key: string): string {
  return hash('sha256', key);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
