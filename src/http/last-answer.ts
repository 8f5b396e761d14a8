import type { Body } from './body.js';
import type { AnswerHeaders } from './rest-call.js';

type Header = readonly [name: string, value: string | null];

/** An answer whose headers are looked at: those that were asked for decide about what it means, beside its text. */
export class SeenHeaders implements AnswerHeaders {
  readonly seen: Header[] = [];

  constructor(private readonly headers: AnswerHeaders) {}

  get(name: string): string | null {
    const value = this.headers.get(name);
    this.seen.push([name, value]);
    return value;
  }
}

interface Answered<T> {
  readonly bytes: Buffer;
  readonly headers: readonly Header[];
  readonly meant: T;
}

/** What is longer is taken apart each time: few of them would drive out all others. */
const longest = 1024 * 1024;

/**
 * What a call was answered last, and what was made of it. The next answer is read whole like any other; where it is the same to the letter, it
 * means the same, and is not taken apart again.
 */
export class LastAnswer<T> {
  #answered: Answered<T> | null = null;

  /** `used`: told each time, with how many bytes are kept. */
  constructor(private readonly used: (bytes: number) => void) {}

  /** What was made of the last answer, where this one is the same; null where it is not. */
  same(body: Body, headers: AnswerHeaders): { readonly meant: T } | null {
    const last = this.#answered;
    if (!last || !body.isSame(last.bytes) || last.headers.some(([name, value]) => headers.get(name) !== value))
      return null;
    this.used(body.length);
    return last;
  }

  keep(body: Body, { seen }: SeenHeaders, meant: T): void {
    if (body.length > longest) return;
    this.#answered = { bytes: body.copy(), headers: seen, meant };
    this.used(body.length);
  }

  forget(): void {
    this.#answered = null;
  }
}
