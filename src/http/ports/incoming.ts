import { constants, createGunzip, createInflate, createInflateRaw, type Gunzip } from 'node:zlib';
import type { Body } from '../body.js';
import { CutShort } from '../port.js';
import { Collected } from './collected.js';
import type { HeldBodies, ReadBody } from './held-bodies.js';

/** As much as is taken of a body that nobody reads yet. */
const earlyBytes = 64 << 10;
/** A packed body that ends too soon is judged by what was in it, as one that is not packed. */
const lenient = { flush: constants.Z_SYNC_FLUSH, finishFlush: constants.Z_SYNC_FLUSH };

/** Where a body comes from. */
interface Origin {
  /** There is room again. */
  more(): void;
  /** Nothing more is wanted. */
  end(): void;
}

/** The body of one answer as it comes in. */
export interface Incoming {
  /** Takes what has come. False: there is room for no more until `more` is called. */
  push(chunk: Buffer): boolean;
  /** It has come whole. */
  end(): void;
  /** It comes no further. */
  fail(error: Error): void;
  /** All of it, unpacked. Rejects with `TooLarge` past `maxBytes`, with what it failed by before its end. */
  body(maxBytes: number): Promise<Body>;
}

/** The body of an answer of this status and `content-encoding`. */
export function incomingOf(status: number, encoding: string | null, held: HeldBodies, origin: Origin): Incoming {
  if (encoding === null || status === 204 || status === 304) return new Plain(held, origin);
  if (/^(x-)?gzip$/i.test(encoding)) return new Packed(() => createGunzip(lenient), held, origin);
  // Some send it without its own head, whose first byte ends in an 8.
  const inflate = ([first = 8]: Buffer) => ((first & 15) === 8 ? createInflate() : createInflateRaw());
  return /^(x-)?deflate$/i.test(encoding) ? new Packed(inflate, held, origin) : new Plain(held, origin);
}

interface Reader {
  readonly collected: Collected;
  resolve(body: Body): void;
  reject(error: unknown): void;
}

class Plain implements Incoming, ReadBody {
  readonly #early: Buffer[] = [];
  #earlyBytes = 0;
  #isResting = false;
  #isWhole = false;
  #failed: unknown = null;
  #reader: Reader | null = null;

  constructor(
    private readonly held: HeldBodies,
    private readonly origin: Origin,
  ) {}

  push(chunk: Buffer): boolean {
    if (this.#failed !== null) return true;
    if (this.#reader) this.#add(chunk, this.#reader);
    else {
      this.#early.push(chunk);
      this.#earlyBytes += chunk.length;
      this.#isResting = this.#earlyBytes > earlyBytes;
    }
    return !this.#isResting;
  }

  end(): void {
    const reader = this.#reader;
    this.#isWhole = true;
    this.#reader = null;
    if (this.#failed === null) reader?.resolve(reader.collected.whole());
  }

  fail(error: Error): void {
    if (!this.#isWhole && this.#failed === null) this.#giveUp(error);
  }

  body(maxBytes: number): Promise<Body> {
    return new Promise((resolve, reject) => {
      if (this.#failed !== null) return reject(this.#failed);
      const reader = { collected: new Collected(this, this.held, maxBytes), resolve, reject };
      const hasRested = this.#isResting;
      this.#isResting = false;
      this.#reader = reader;
      for (const chunk of this.#early.splice(0)) this.#add(chunk, reader);
      if (this.#isWhole) this.end();
      else if (hasRested && !this.#isResting) this.origin.more();
    });
  }

  pause(): void {
    this.#isResting = true;
  }

  resume(): void {
    this.#isResting = false;
    this.origin.more();
  }

  #add(chunk: Buffer, { collected }: Reader): void {
    if (this.#failed !== null) return;
    try {
      collected.add(chunk);
    } catch (error) {
      this.#giveUp(error);
      this.origin.end();
    }
  }

  #giveUp(error: unknown): void {
    this.#failed = error;
    this.#early.length = 0;
    this.#reader?.collected.drop();
    this.#reader?.reject(error);
  }
}

class Packed implements Incoming {
  readonly #inside: Plain;
  #unpacking: Gunzip | null = null;

  constructor(
    private readonly opened: (first: Buffer) => Gunzip,
    held: HeldBodies,
    private readonly origin: Origin,
  ) {
    const end = () => this.#stop();
    this.#inside = new Plain(held, { more: () => this.#unpacking?.resume(), end });
  }

  push(chunk: Buffer): boolean {
    this.#unpacking ??= this.#open(chunk);
    return this.#unpacking.destroyed || this.#unpacking.write(chunk);
  }

  end(): void {
    if (this.#unpacking) this.#unpacking.end();
    else this.#inside.end();
  }

  fail(error: Error): void {
    this.#inside.fail(error);
    // What has come would be unpacked to its end.
    this.#unpacking?.destroy();
  }

  body(maxBytes: number): Promise<Body> {
    return this.#inside.body(maxBytes);
  }

  #open(first: Buffer): Gunzip {
    const inside = this.#inside;
    const unpacking = this.opened(first);
    return unpacking
      .on('data', (chunk: Buffer) => void (inside.push(chunk) || unpacking.pause()))
      .on('drain', () => this.origin.more())
      .on('end', () => inside.end())
      .on('error', (cause) => {
        inside.fail(new CutShort('the answer could not be read to its end', { cause }));
        this.#stop();
      });
  }

  #stop(): void {
    this.#unpacking?.destroy();
    this.origin.end();
  }
}
