import { setMaxListeners } from 'node:events';

/** An end that comes for what is under way, and at once for what begins after it. Most often nobody waits for it, and nothing is made. */
export class Ending {
  #controller: AbortController | null = null;
  #why: (() => Error) | null = null;

  /** Aborted when the end comes, by its reason. */
  get signal(): AbortSignal {
    if (this.#controller) return this.#controller.signal;
    this.#controller = new AbortController();
    setMaxListeners(0, this.#controller.signal);
    if (this.#why) this.#controller.abort(this.#why());
    return this.#controller.signal;
  }

  /** The end is now; a second one changes nothing. */
  come(why: () => Error): void {
    if (this.#why) return;
    this.#why = why;
    this.#controller?.abort(why());
  }
}
