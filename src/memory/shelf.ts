import { Passing } from './passing.js';

/** Something kept, how large it is about, and when it was read. */
export interface Kept {
  readonly at: number;
  readonly bytes: number;
}

/** Keeps what was used last, up to so many bytes altogether. */
export class Shelf<Thing extends Kept> {
  readonly #things = new Passing<string, Thing>();
  #bytes = 0;

  constructor(private readonly mostBytes: number) {}

  get bytes(): number {
    return this.#bytes;
  }

  get size(): number {
    return this.#things.size;
  }

  get(key: string): Thing | undefined {
    const thing = this.#things.get(key);
    if (thing) this.#things.set(key, thing);
    return thing;
  }

  put(key: string, thing: Thing): void {
    this.drop(key);
    this.#things.set(key, thing);
    this.#bytes += thing.bytes;
    for (const oldest of this.#things.keys()) {
      if (this.#bytes <= this.mostBytes) break;
      this.drop(oldest);
    }
  }

  drop(key: string): void {
    const thing = this.#things.get(key);
    if (!thing) return;
    this.#things.delete(key);
    this.#bytes -= thing.bytes;
  }

  clear(): void {
    this.#things.clear();
    this.#bytes = 0;
  }

  entries(): Generator<[string, Thing]> {
    return this.#things.entries();
  }
}
