import { errors, jwtVerify, type JWTPayload } from 'jose';
import type { Caller, Role } from '../../graph/caller.js';
import { Unauthenticated, type Callers } from './callers.js';
import type { SigningKeys } from './signing-keys.js';

/** Which tokens are meant for us, and what in them says what their bearer may do. */
export interface Tokens {
  readonly issuer: string;
  readonly audience: string;
  readonly roleClaim: string;
  readonly sourcesClaim: string;
}

/** Signatures by a private key only: what may be known by many (HS256) or by all (none) proves nothing. */
const algorithms = ['RS256', 'PS256', 'ES256', 'EdDSA'];
const clockTolerance = 30;
const longestSubject = 255;

/** Callers that bear a token of an identity provider. */
export class TokenBearers implements Callers {
  constructor(
    private readonly keys: SigningKeys,
    private readonly tokens: Tokens,
  ) {}

  async whoSends(credential: string): Promise<Caller> {
    const claims = await this.#claimsOf(credential);
    return { name: this.#nameOf(claims), role: this.#roleOf(claims), sources: this.#sourcesOf(claims) };
  }

  close(): void {
    this.keys.close();
  }

  async #claimsOf(token: string): Promise<JWTPayload> {
    const { issuer, audience } = this.tokens;
    const requiredClaims = ['exp', 'sub'];
    try {
      const options = { algorithms, issuer, audience, clockTolerance, requiredClaims };
      return (await jwtVerify(token, this.keys.find, options)).payload;
    } catch (error) {
      if (error instanceof Unauthenticated) throw error;
      if (error instanceof errors.JWTExpired) throw new Unauthenticated('The token has expired.');
      throw new Unauthenticated('This token is not valid here.');
    }
  }

  /** A name that no key bears, and no other issuer gives: an issuer has no blank in it. */
  #nameOf({ sub }: JWTPayload): string {
    if (typeof sub === 'string' && sub !== '' && sub.length <= longestSubject && !/[\p{Cc}\p{Cs}]/u.test(sub)) {
      return `${this.tokens.issuer} ${sub}`;
    }
    throw new Unauthenticated('The token names nobody: its claim sub must be a text of 1 to 255 characters.');
  }

  /** Whoever has no role of ours may do nothing. */
  #roleOf(claims: JWTPayload): Role {
    const role = claims[this.tokens.roleClaim];
    if (role === 'read' || role === 'write') return role;
    throw new Unauthenticated(`The token gives no role: its claim ${this.tokens.roleClaim} must be "read" or "write".`);
  }

  /** All of them where the claim is left out; what cannot be read means none, and is said. */
  #sourcesOf(claims: JWTPayload): ReadonlySet<string> | null {
    const { sourcesClaim } = this.tokens;
    if (!Object.hasOwn(claims, sourcesClaim)) return null;
    const names = claims[sourcesClaim];
    if (Array.isArray(names) && names.every((name) => typeof name === 'string')) return new Set(names);
    throw new Unauthenticated(`The token's claim ${sourcesClaim} must be a list of names of sources.`);
  }
}
