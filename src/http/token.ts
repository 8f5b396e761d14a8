import type { MintedToken } from './connection.js';

const earliestRenewalMs = 120_000;

/** Keeps a token that ends: one minting serves everybody who waits, and none that failed is kept. */
export class TokenKeeper {
  #current: { readonly token: string; readonly renewAt: number } | undefined;
  #minting: Promise<string> | undefined;

  constructor(
    private readonly mint: () => Promise<MintedToken>,
    private readonly now: () => number = Date.now,
  ) {}

  /** The token in use, if there is one. */
  get current(): string | null {
    return this.#current?.token ?? null;
  }

  /** The token to use now; minted where there is none or its end is near. */
  get(): Promise<string> {
    if (this.#current && this.now() < this.#current.renewAt) return Promise.resolve(this.#current.token);
    return this.#mintOnce();
  }

  /** The token to use after this one was refused: a newer one if somebody has renewed it meanwhile. */
  replace(refused: string): Promise<string> {
    if (this.#current?.token === refused) this.#current = undefined;
    return this.get();
  }

  #mintOnce(): Promise<string> {
    this.#minting ??= this.#mintNow().finally(() => (this.#minting = undefined));
    return this.#minting;
  }

  async #mintNow(): Promise<string> {
    const begun = this.now();
    const { token, expiresAt } = await this.mint();
    // An error that says so later would quote it.
    if (!/^[!-~]+$/.test(token)) throw new Error('the token cannot be sent in a header');
    const life = expiresAt.getTime() - begun;
    // A life that cannot be told (no date, or clocks apart) lasts until a 401 says otherwise.
    const renewAt = life > 0 ? begun + life - Math.min(earliestRenewalMs, life / 5) : Infinity;
    this.#current = { token, renewAt };
    return token;
  }
}
