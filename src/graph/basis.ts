import type { Source } from './sources.js';

/** What an answer was made from. */
export interface Basis {
  /** Names of the sources that were read. */
  readonly sources: readonly string[];
  /** From then on some of it is too old to be told again, in milliseconds of `Date.now()`. */
  readonly until: number;
  /** Whether nobody has written to any of them since it was read, or read it anew. */
  holds(): boolean;
}

/** A source, the edition of it that was read, and when the oldest of what was told of it was read. */
export interface Read {
  readonly source: Source;
  readonly edition: number;
  readonly oldest: number;
}

/** Null where nothing may be told again. */
export function basisOf(reads: readonly Read[]): Basis | null {
  if (reads.length === 0 || reads.some(({ source }) => !source.shared.isKeeping)) return null;
  return {
    sources: reads.map(({ source }) => source.name),
    until: Math.min(...reads.map(({ source, oldest }) => oldest + source.shared.lifetimeMs)),
    holds: () => reads.every(({ source, edition }) => source.shared.edition === edition),
  };
}
