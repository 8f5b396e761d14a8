import { hash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { Slot } from '../../memory/slot.js';

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
  readonly #digests = new Slot<IncomingMessage, string>();

  /** `isOpen`: nobody is asked who he is, and all are one. */
  constructor(private readonly isOpen: boolean) {}

  callerOf(request: IncomingMessage): string {
    const digest = this.#digestOf(request);
    return (digest !== null && this.#names.get(digest)) || nobody;
  }

  /** The credential of this request is that of this caller. */
  learn(request: IncomingMessage, name: string): void {
    const digest = this.#digestOf(request);
    if (digest === null) return;
    this.#names.delete(digest);
    this.#names.set(digest, name);
    if (this.#names.size > mostKnown) this.#names.delete(this.#names.keys().next().value!);
  }

  /** What is kept of a credential: nobody can sign in with it. Null where there is none that matters. */
  #digestOf(request: IncomingMessage): string | null {
    const { authorization } = request.headers;
    if (this.isOpen || authorization === undefined) return null;
    let digest = this.#digests.get(request);
    if (digest === undefined) {
      digest = hash('sha256', authorization, 'base64');
      this.#digests.set(request, digest);
    }
    return digest;
  }
}
