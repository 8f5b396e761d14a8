import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** So many credentials are known at once; who has not come for the longest is forgotten. */
const mostKnown = 10_000;
/** Whoever has not been known yet, all of them together: guesses at keys keep nobody from his turn but each other. */
const nobody = '';

/**
 * Whose a request is, before anybody has looked at it: the caller who was last known by the same credential. It decides about turns
 * only; who he is, and whether he still may, is found out when his turn has come.
 */
export class KnownCallers {
  readonly #names = new Map<string, string>();

  /** `isOpen`: nobody is asked who he is, and all are one. */
  constructor(private readonly isOpen: boolean) {}

  callerOf({ headers: { authorization } }: IncomingMessage): string {
    if (this.isOpen || authorization === undefined) return nobody;
    return this.#names.get(digestOf(authorization)) ?? nobody;
  }

  /** The credential of this request is that of this caller. */
  learn({ headers: { authorization } }: IncomingMessage, name: string): void {
    if (this.isOpen || authorization === undefined) return;
    const key = digestOf(authorization);
    this.#names.delete(key);
    this.#names.set(key, name);
    if (this.#names.size > mostKnown) this.#names.delete(this.#names.keys().next().value!);
  }
}

/** What is kept of a credential: nobody can sign in with it. */
function digestOf(authorization: string): string {
  return createHash('sha256').update(authorization).digest('base64');
}
