/** Writers whose server is killed, and what they were told before: the keys, and how each was answered. */
import { mutate, mutateAll, statesOf, wholeOf, type Sent } from './mutations.js';
import type { Life, Service } from './service.js';
import { writesAt } from './vendor-writes.js';
import { verbs, type Verb } from './verbs.js';

/** One thing that was to be done once. */
export interface Kept {
  readonly key: string;
  readonly verb: Verb;
  readonly input: object;
  /** As it was answered first, wholly; null where the connection broke before. */
  readonly answer: Sent['payload'];
}

/** Verbs that send something else each time: of these no two equal writes may ever reach a vendor. */
const own = verbs.filter(({ isEachOwn }) => isEachOwn);
const sources = ['updraft', 'velt', 'testrail', 'tiledesk', 'asa'];
/** So many at once that a document stays small. */
const AT_ONCE = 10;

/** Without the group of an edit of members, which is shown as it is when the answer is given. */
const selectionOf: typeof wholeOf = (mutation) =>
  mutation.endsWith('Members') ? wholeOf(mutation).replace(/group \{[^}]*\}/, '') : wholeOf(mutation);

export class Writers {
  readonly kept = new Map<string, Kept>();
  /** How many mutations have been answered, replays left out. */
  answered = 0;
  #made = 0;

  constructor(private readonly random: () => number) {}

  /** So many writers at once, each with a new key as soon as it was answered, until the server is gone. */
  async untilItEnds(life: Life, writers: number): Promise<void> {
    await Promise.all(Array.from({ length: writers }, () => this.#write(life.url)));
  }

  /** Sends keys again, in order, every one or the newest of them; what was not answered before is answered from now on. */
  async replay(life: Life, newest = Infinity): Promise<Replayed> {
    const all = [...this.kept.values()].slice(-Math.min(newest, this.kept.size));
    const found: Replayed = { differently: [], open: [], codes: [] };
    for (let from = 0; from < all.length; from += AT_ONCE) {
      const some = all.slice(from, from + AT_ONCE);
      const states = await statesOf(
        life.url,
        some.map(({ key }) => key),
      );
      const orders = some.map(({ key, verb, input }) => ({
        mutation: verb.mutation,
        input: { ...input, idempotencyKey: key },
      }));
      const sent = await mutateAll(life.url, orders, selectionOf);
      for (const [place, one] of some.entries()) this.#compare(one, states[place]!, sent[place]!, found);
    }
    return found;
  }

  #compare(one: Kept, state: string | null, { payload, replayed, errors }: Sent, found: Replayed): void {
    const { key, answer } = one;
    if (answer === null) found.open.push({ state, replayed: replayed ?? false });
    else if (!replayed || errors || JSON.stringify(payload) !== JSON.stringify(answer)) found.differently.push(key);
    found.codes.push(...payload.userErrors.map(({ code }: { code: string }) => code));
    this.kept.set(key, { ...one, answer: payload });
  }

  async #write(url: string): Promise<void> {
    for (;;) {
      const nth = ++this.#made;
      const verb = own[Math.floor(this.random() * own.length)]!;
      const [key, input] = [`key-${nth}`, verb.input(nth)];
      this.kept.set(key, { key, verb, input, answer: null });
      try {
        const { payload } = await mutate(
          url,
          verb.mutation,
          { ...input, idempotencyKey: key },
          selectionOf(verb.mutation),
        );
        this.kept.set(key, { key, verb, input, answer: payload });
        this.answered += 1;
      } catch {
        return;
      }
    }
  }
}

export interface Replayed {
  /** Keys that had been answered, and were answered otherwise. */
  readonly differently: string[];
  /** Of each key that had not been answered: its state in the ledger, null where it knew none, and whether it was replayed. */
  readonly open: { readonly state: string | null; readonly replayed: boolean }[];
  /** The codes of what went wrong, of all keys. */
  readonly codes: string[];
}

/** Every write that reached a vendor, as text; the same text twice is something that was sent twice. */
export function allWrites({ sandbox }: Service): readonly string[] {
  return sources.flatMap((name) =>
    writesAt(sandbox.server(name)).map(({ method, target, body }) => `${name} ${method} ${target} ${body}`),
  );
}
