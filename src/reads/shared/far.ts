/**
 * A cache that several processes share. It never fails: what cannot be asked is null, and what cannot be kept is not kept.
 */
export interface FarCache {
  /** How many writes there have been at each of these sources, through whatever process; null while nobody can say. */
  eras(sources: readonly string[]): Promise<readonly (number | null)[]>;
  /** Tells all processes of a write at a source; answers its era from now on, null where they could not be told. */
  nextEra(source: string): Promise<number | null>;
  /** What some process has kept in this era. */
  get(source: string, era: number, key: string): Promise<string | null>;
  /** Keeps a text for so many milliseconds. */
  set(source: string, era: number, key: string, text: string, ms: number): void;
  close(): void;
}
