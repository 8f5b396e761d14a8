import { Body } from '../body.js';
import { TooLarge } from '../port.js';
import type { HeldBodies, ReadBody } from './held-bodies.js';

/** What has come of one body that is being read, up to a bound. */
export class Collected {
  #chunks: Buffer[] = [];
  #bytes = 0;

  constructor(
    private readonly body: ReadBody,
    private readonly held: HeldBodies,
    private readonly maxBytes: number,
  ) {}

  /** Throws `TooLarge` past the bound. The body may be told to rest. */
  add(chunk: Buffer): void {
    this.#bytes += chunk.length;
    if (this.#bytes > this.maxBytes) throw new TooLarge(`the answer is larger than ${this.maxBytes} bytes`);
    this.#chunks.push(chunk);
    this.held.grow(this.body, this.#bytes);
  }

  /** All of it; nothing is held of it here any more. */
  whole(): Body {
    const body = new Body(this.#chunks, this.#bytes);
    this.drop();
    return body;
  }

  drop(): void {
    this.#chunks = [];
    this.held.drop(this.body);
  }
}
