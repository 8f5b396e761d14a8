/** What tells that nobody waits any more, as far as it is used here: every `AbortSignal` is one. */
export interface Signal {
  readonly aborted: boolean;
  readonly reason: unknown;
  throwIfAborted(): void;
  addEventListener(type: 'abort', listener: () => void, options?: { readonly once: true }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/**
 * An end that comes for what is under way, and at once for what begins after it. Each call has several, and most never come: an
 * `AbortController` takes twenty times as long to make, and its signals stay in use for V8's collector of young objects.
 */
export class Ending implements Signal {
  #why: (() => unknown) | null = null;
  #reason: unknown;
  #listeners: Set<() => void> | null = null;

  get aborted(): boolean {
    return this.#why !== null;
  }

  /** Why it came; made when somebody asks. */
  get reason(): unknown {
    if (this.#why) this.#reason ??= this.#why();
    return this.#reason;
  }

  throwIfAborted(): void {
    if (this.#why) throw this.reason;
  }

  /** Each listener hears of it once, if it comes after this. */
  addEventListener(_type: 'abort', listener: () => void): void {
    if (!this.#why) (this.#listeners ??= new Set()).add(listener);
  }

  removeEventListener(_type: 'abort', listener: () => void): void {
    this.#listeners?.delete(listener);
  }

  /** The end is now; a second one changes nothing. */
  come(why: () => unknown): void {
    if (this.#why) return;
    this.#why = why;
    for (const listener of this.#listeners ?? []) listener();
    this.#listeners = null;
  }
}
