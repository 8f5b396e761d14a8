import type { Basis } from '../../graph/basis.js';
import { Asked } from '../../memory/asked.js';
import { Shelf, type Kept } from '../../memory/shelf.js';

const mostBytes = 16 * 2 ** 20;
/** Of one answer: a few long ones are not to drive out the many. */
export const mostBytesOfOne = 2 * 2 ** 20;
const mostAsked = 2_000;
/** What each takes beside its text: its head, and what it was made from. */
const bytesBeside = 1_500;

/** A whole answer to a query: what it was made from, and what the log and the metrics tell of it. */
export interface Made {
  readonly basis: Basis;
  readonly name: string | null;
  readonly cost: number | null;
}

/** An answer as it went out, and what it was made from. */
export interface KeptAnswer extends Kept, Made {
  /** To whom; equal for callers who are answered alike. */
  readonly who: string;
  /** Names and values of its headers in turn. */
  readonly head: readonly string[];
  readonly body: string | Buffer;
}

/**
 * Answers to queries, as long as all that they were made from would be told as it was: nothing of it is too old, and nobody has written
 * to any source of it, or read it otherwise.
 */
export class KeptAnswers {
  readonly #shelf = new Shelf<KeptAnswer>(mostBytes);
  /** What was asked lately, and not kept: an answer is worth its bytes when it is asked for again. */
  readonly #asked = new Asked(mostAsked);

  find(key: string): KeptAnswer | null {
    const kept = this.#shelf.get(key);
    if (!kept) return null;
    if (holds(kept)) return kept;
    this.#shelf.drop(key);
    return null;
  }

  /** Whether an answer under this key is to be kept. */
  isWanted(key: string): boolean {
    return this.#asked.again(key);
  }

  keep(key: string, answer: Omit<KeptAnswer, 'bytes' | 'at'>): void {
    const { length } = answer.body;
    if (length > mostBytesOfOne || !holds(answer)) return;
    this.#shelf.put(key, { ...answer, at: Date.now(), bytes: length + bytesBeside });
  }
}

/** Whether an answer may be told at this moment. */
export function holds({ basis }: Made): boolean {
  return Date.now() <= basis.until && basis.holds();
}
