import type { Caller } from '../../graph/caller.js';

/** Nobody known sent it. The message is for the caller, and holds nothing of what was sent. */
export class Unauthenticated extends Error {
  override readonly name = 'Unauthenticated';
}

/** Knows callers by what they send. */
export interface Callers {
  /** Who sends this key or token. Rejects with `Unauthenticated` where nobody known does. */
  whoSends(credential: string): Promise<Caller>;
  close(): void;
}
