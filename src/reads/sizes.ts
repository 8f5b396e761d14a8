import type { RestCall } from '../http/rest-call.js';
import type { NounName } from './collections.js';
import type { ReadPlan } from './plan.js';
import { Times } from './times.js';

const most = 10_000;

/** How a list was when it was last read whole. */
export interface ListSeen {
  readonly pages: number;
  /** Its pages after the first, where they may be asked for beside it. */
  readonly later: readonly RestCall<unknown>[];
}

/** What was learnt of a source's lists, remembered from one request to the next. */
export interface Sizes {
  get(list: string): ListSeen | undefined;
  set(list: string, seen: ListSeen): unknown;
  /** How keys of a noun were read last. */
  readonly habits: Map<NounName, ReadPlan>;
  /** How many rows of a noun there were when all were read last. */
  readonly rows: Map<NounName, number>;
  readonly times: Times;
}

/** The sizes of the lists read last. */
export class RecentSizes implements Sizes {
  readonly #lists = new Map<string, ListSeen>();
  readonly habits = new Map<NounName, ReadPlan>();
  readonly rows = new Map<NounName, number>();
  readonly times = new Times();

  get(list: string): ListSeen | undefined {
    return this.#lists.get(list);
  }

  /** Lists may be of scopes that callers name, so that the oldest go when there are more than a source can have. */
  set(list: string, seen: ListSeen): void {
    this.#lists.delete(list);
    this.#lists.set(list, seen);
    const [oldest] = this.#lists.keys();
    if (this.#lists.size > most && oldest !== undefined) this.#lists.delete(oldest);
  }
}
