import { createLocalJWKSet, errors, type JWTVerifyGetKey, type JSONWebKeySet } from 'jose';
import type { Logger } from 'pino';
import { Unauthenticated } from './callers.js';
import { fetchKeySet } from './fetch-key-set.js';
import { WatchedFile } from './watched-file.js';

/** The public keys of whoever makes the tokens. */
export interface SigningKeys {
  /** The key that a token says it was signed with. */
  readonly find: JWTVerifyGetKey;
  close(): void;
}

/** The keys at an address, or in a file. Rejects with one sentence where the file cannot be used. */
export async function signingKeysAt(place: string, log: Logger): Promise<SigningKeys> {
  if (/^https?:/.test(place)) return new RemoteKeys(fetchKeySet(place), log);
  const about = { title: 'key set', missing: 'does not exist; write a file or an https:// address at auth.jwks' };
  const file = await WatchedFile.open(place, keySetIn, about, log);
  return { find: (header, token) => file.value(header, token), close: () => file.close() };
}

/** Where a key set comes from: its text, or a rejection. */
export interface KeySetFetch {
  get(): Promise<string>;
  close(): void;
}

/** Keys older than this are fetched anew, beside what is asked meanwhile. */
const freshMs = 10 * 60_000;
/** Keys older than this are not relied on before that was tried. */
const staleMs = 2 * freshMs;
/** So long nothing is fetched again, whatever keys are asked for and whatever came of the last time. */
const pauseMs = 30_000;

/** Keys of an identity provider. While it cannot be reached, those that it last told go on. */
export class RemoteKeys implements SigningKeys {
  #keys: JWTVerifyGetKey | null = null;
  #toldAt = -Infinity;
  #askedAt = -Infinity;
  #isAway = false;
  #fetching: Promise<void> | null = null;

  constructor(
    private readonly source: KeySetFetch,
    private readonly log: Logger,
    private readonly now: () => number = () => performance.now(),
  ) {
    void this.#refresh();
  }

  readonly find: JWTVerifyGetKey = async (header, token) => {
    const age = this.now() - this.#toldAt;
    if (age > freshMs) {
      const refreshed = this.#refresh();
      // Who is known to be away is not waited for again and again.
      if (!this.#keys || (age > staleMs && !this.#isAway)) await refreshed;
    }
    try {
      return await this.#found(header, token);
    } catch (error) {
      // A key that was made since, perhaps.
      const mayCome = this.#fetching !== null || this.#mayAsk;
      if (!(error instanceof errors.JWKSNoMatchingKey) || !mayCome) throw error;
      await this.#refresh();
      return this.#found(header, token);
    }
  };

  close(): void {
    this.source.close();
  }

  #found(...[header, token]: Parameters<JWTVerifyGetKey>): ReturnType<JWTVerifyGetKey> {
    if (this.#keys) return this.#keys(header, token);
    throw new Unauthenticated(
      'The token cannot be judged, as the keys of who made it could not be read; ask again later.',
    );
  }

  get #mayAsk(): boolean {
    return this.now() - this.#askedAt >= pauseMs;
  }

  /** Resolves when the fetch under way, or one that may begin now, has ended. Never rejects. */
  #refresh(): Promise<void> {
    if (!this.#fetching && this.#mayAsk) {
      this.#askedAt = this.now();
      this.#fetching = this.#fetch().finally(() => (this.#fetching = null));
    }
    return this.#fetching ?? Promise.resolve();
  }

  async #fetch(): Promise<void> {
    try {
      this.#keys = keySetIn(await this.source.get());
      this.#toldAt = this.now();
      this.#isAway = false;
    } catch (error) {
      this.#isAway = true;
      const { message } = error as Error;
      this.log.warn({ problem: message }, 'the keys of the identity provider could not be read; those of before go on');
    }
  }
}

/** The keys of a key set's text. Throws an `Error` that ends a sentence on it. */
export function keySetIn(text: string): JWTVerifyGetKey {
  try {
    return createLocalJWKSet(JSON.parse(text) as JSONWebKeySet);
  } catch {
    throw new Error('is no key set (RFC 7517); it must hold {"keys": […]} with public keys');
  }
}
