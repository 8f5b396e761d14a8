import type { AnswerHeaders } from '../rest-call.js';

/** Of these the first counts; what else comes twice is one list. */
const single = new Set(['content-type', 'retry-after']);

/** The head of an answer as it came: names and values in turns. Few of them are ever asked for, so nothing is parsed before. */
export class RawHeaders implements AnswerHeaders {
  constructor(private readonly raw: readonly Buffer[]) {}

  get(name: string): string | null {
    let found: string | null = null;
    for (let at = 0; at < this.raw.length; at += 2) {
      if (this.raw[at]!.length !== name.length || this.raw[at]!.toString('latin1').toLowerCase() !== name) continue;
      const value = this.raw[at + 1]!.toString('latin1');
      if (single.has(name)) return value;
      found = found === null ? value : `${found}, ${value}`;
    }
    return found;
  }
}
