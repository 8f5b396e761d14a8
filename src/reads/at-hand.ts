import type { Adapter, Collection, Path } from '../vendors/vendor.js';
import { isCollection, listKey, type AnyCollection, type NounName, type Nouns } from './collections.js';
import { findIn, gatheredOnce, type Gathered, type Known } from './known.js';
import type { Lists } from './lists.js';
import type { Listed } from './paged-list.js';

/** What of a source's lists has come for one request, or lies there for it: told without waiting. */
export class AtHand {
  /** Lists of nouns, by their key; all rows of a noun, by its name. */
  readonly #settled = new Map<string, unknown>();

  constructor(
    private readonly adapter: Adapter,
    private readonly lists: Lists,
  ) {}

  has(key: string): boolean {
    return this.#settled.has(key);
  }

  settle(key: string, gathered: Gathered<unknown>): void {
    this.#settled.set(key, gathered);
  }

  /** A row: null where its whole list does not hold it, undefined where it would have to be read. */
  row<N extends NounName>(noun: N, path: Path): Known<Nouns[N]> | null | undefined {
    const gathered = this.holding(noun, path);
    return gathered && this.rowIn(gathered, noun, path);
  }

  /** The same of the list that would hold it. */
  rowIn<N extends NounName>(gathered: Gathered<Nouns[N]>, noun: N, path: Path): Known<Nouns[N]> | null {
    return findIn(gathered, path, this.adapter[noun] as unknown as Collection<Nouns[N]>);
  }

  /** The whole list that would hold a row. */
  holding<N extends NounName>(noun: N, path: Path): Gathered<Nouns[N]> | undefined {
    const collection = this.adapter[noun] as unknown as AnyCollection<Nouns[N]> | undefined;
    if (!collection || !isCollection(collection)) return undefined;
    const scope = collection.scopeOf(path);
    const gathered = (scope === null ? this.#settled.get(noun) : this.#inScope(noun, scope, collection)) as
      | Gathered<Nouns[N]>
      | undefined;
    return gathered?.failures.length === 0 ? gathered : undefined;
  }

  #inScope<N extends NounName>(noun: N, scope: Path, collection: Collection<Nouns[N]>): unknown {
    const key = listKey(noun, scope);
    const before = this.#settled.get(key);
    if (before) return before;
    const listed = this.lists.whole(key) as unknown as Listed<Nouns[N]> | undefined;
    if (listed) this.settle(key, gatheredOnce(listed, collection));
    return this.#settled.get(key);
  }
}
