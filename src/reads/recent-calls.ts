import { LastAnswer } from '../http/last-answer.js';
import type { RestCall } from '../http/rest-call.js';
import { Asked } from '../memory/asked.js';
import { Passing } from '../memory/passing.js';
import type { Page } from '../vendors/vendor.js';

/** So many calls of one source are known again. */
const mostCalls = 10_000;
/** Of what they were answered last, all together. What was made of it takes some times as much. */
const mostBytes = 4 * 2 ** 20;

type Forgetful = Pick<LastAnswer<unknown>, 'forget'>;

/**
 * Calls to one source that are sent again and again, each with what it was last answered: they are sent each time, but most of the time the
 * vendor tells the same as before. What is asked for once is not worth it.
 */
export class RecentCalls {
  readonly #asked = new Asked(mostCalls);
  readonly #calls = new Passing<string, RestCall<unknown>>();
  readonly #lengths = new Map<Forgetful, number>();
  #bytes = 0;

  /** The call of this key: always the same one, if it is one that is sent again. */
  call<T>(key: string, make: () => RestCall<T>): RestCall<T> {
    return this.#known(key, make, (call) => this.#listening(call));
  }

  /** The same of a list, and of the pages that follow. */
  pages<R, Failure>(key: string, make: () => RestCall<Page<R>> | Failure): RestCall<Page<R>> | Failure {
    return this.#known(key, make as () => RestCall<Page<R>>, (call) => this.#paging(call));
  }

  #known<T>(key: string, make: () => RestCall<T>, listening: (call: RestCall<T>) => RestCall<T>): RestCall<T> {
    const known = this.#calls.get(key) as RestCall<T> | undefined;
    if (known) {
      this.#calls.set(key, known);
      return known;
    }
    const call = make();
    if (!('parse' in call) || !this.#asked.again(key)) return call;
    const told = listening(call);
    this.#calls.set(key, told);
    for (const oldest of this.#calls.keys()) {
      if (this.#calls.size <= mostCalls) break;
      this.#calls.delete(oldest);
    }
    return told;
  }

  #listening<T>(call: RestCall<T>): RestCall<T> {
    const last: LastAnswer<T> = new LastAnswer((length) => this.#use(last, length));
    return Object.assign({}, call, { last });
  }

  #paging<R>(call: RestCall<Page<R>>): RestCall<Page<R>> {
    const parse: typeof call.parse = (body, headers) => {
      const page = call.parse(body, headers);
      return page.next ? { ...page, next: this.#paging(page.next) } : page;
    };
    return Object.assign(this.#listening(call), { parse });
  }

  #use(last: Forgetful, length: number): void {
    this.#bytes += length - (this.#lengths.get(last) ?? 0);
    this.#lengths.delete(last);
    this.#lengths.set(last, length);
    for (const [oldest, its] of this.#lengths) {
      if (this.#bytes <= mostBytes) break;
      oldest.forget();
      this.#lengths.delete(oldest);
      this.#bytes -= its;
    }
  }
}
