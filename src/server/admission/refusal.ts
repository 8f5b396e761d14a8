import type { IncomingMessage, ServerResponse } from 'node:http';

/** Seconds after which to come again; spread, so that those who were turned away together do not come back together. */
const longestSeconds = 5;

export const busyCode = 'SERVER_BUSY';

export type Reason = 'busy' | 'stopping';

/** Headers that stand on every answer, by name. */
export type Headers = Readonly<Record<string, string>>;

interface Refusal {
  /** Names and values in turn, as Node writes them without looking at each again. */
  readonly headers: readonly string[];
  readonly body: string;
}

const words: Readonly<Record<Reason, string>> = {
  busy: 'There is too much to do just now, and nothing of this was begun',
  stopping: 'This process is stopping, and nothing of this was begun',
};

/** Turns requests away with 503, in the form of their route. It costs as little as it can: there may be many of them. */
export class Refusals {
  readonly #made: Readonly<Record<Reason, readonly Made[]>>;

  constructor(safe: Headers) {
    this.#made = { busy: allOf('busy', safe), stopping: allOf('stopping', safe) };
  }

  send(request: IncomingMessage, response: ServerResponse, reason: Reason, own: Headers): void {
    const made = this.#made[reason][Math.floor(Math.random() * longestSeconds)]!;
    const { headers, body } = isGraph(request) ? made.graph : made.dataset;
    response.writeHead(503, [...headers, ...Object.entries(own).flat()]);
    response.end(body);
  }
}

interface Made {
  readonly graph: Refusal;
  readonly dataset: Refusal;
}

function allOf(reason: Reason, safe: Headers): readonly Made[] {
  return Array.from({ length: longestSeconds }, (_, at) => {
    const retryAfterSeconds = at + 1;
    const message = `${words[reason]}; send it again in ${retryAfterSeconds} s.`;
    const refusal = (told: object): Refusal => {
      const body = JSON.stringify(told);
      return { body, headers: headersOf(body, retryAfterSeconds, safe) };
    };
    return {
      graph: refusal({ errors: [{ message, extensions: { code: busyCode, retryAfterSeconds } }] }),
      dataset: refusal({ code: busyCode, message, sources: [] }),
    };
  });
}

function headersOf(body: string, seconds: number, safe: Headers): readonly string[] {
  return Object.entries({
    ...safe,
    'content-type': 'application/json; charset=utf-8',
    'content-length': String(Buffer.byteLength(body)),
    'cache-control': 'no-store',
    'retry-after': String(seconds),
  }).flat();
}

/** Whether a client of the graph waits for the answer. */
function isGraph({ url = '' }: IncomingMessage): boolean {
  return /^\/graphql(?:[?/]|$)/.test(url);
}
