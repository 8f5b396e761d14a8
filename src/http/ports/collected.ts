import { TooLarge } from '../port.js';
import type { HeldBodies, ReadBody } from './held-bodies.js';

const utf8 = new TextDecoder();

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

  /** All of it as text, without a byte order mark; nothing is held of it any more. */
  text(): string {
    const [first = Buffer.alloc(0), ...more] = this.#chunks;
    const text = utf8.decode(more.length === 0 ? first : Buffer.concat(this.#chunks, this.#bytes));
    this.drop();
    return text;
  }

  drop(): void {
    this.#chunks = [];
    this.held.drop(this.body);
  }
}
