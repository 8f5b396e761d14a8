import type { Logger } from 'pino';
import type { Role } from '../../graph/caller.js';
import type { Callers } from './callers.js';
import { KeyHolders } from './key-holders.js';
import { signingKeysAt } from './signing-keys.js';
import { TokenBearers, type Tokens } from './token-bearers.js';

/** How callers are known, as it is configured. */
export type AccessOptions = (
  | { readonly mode: 'none' }
  | { readonly mode: 'keys'; readonly file: string }
  | ({ readonly mode: 'jwt'; readonly jwks: string } & Tokens)
) &
  Omit<Access, 'callers'>;

/** Who may ask, and what of it is open to which role. */
export interface Access {
  /** Null: nobody is asked who he is, and everybody is the local caller. */
  readonly callers: Callers | null;
  /** The roles that may ask for the schema. */
  readonly introspection: readonly Role[];
  /** The roles that may use the page. */
  readonly graphiql: readonly Role[];
}

/** Reads the keys that callers are known by. Rejects with one sentence where a file of them cannot be used. */
export async function openAccess(options: AccessOptions, log: Logger): Promise<Access> {
  const { introspection, graphiql } = options;
  return { callers: await openCallers(options, log), introspection, graphiql };
}

async function openCallers(options: AccessOptions, log: Logger): Promise<Callers | null> {
  switch (options.mode) {
    case 'none':
      return null;
    case 'keys':
      return KeyHolders.open(options.file, log);
    case 'jwt':
      return new TokenBearers(await signingKeysAt(options.jwks, log), options);
  }
}
