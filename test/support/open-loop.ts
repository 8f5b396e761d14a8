/** Load that does not wait for answers: sent evenly, and timed from when each request was to be sent. */
import { Agent, request as send } from 'node:http';
import { setImmediate as turn, setTimeout as pause } from 'node:timers/promises';

export interface Shot {
  /** Null when no answer came. */
  readonly status: number | null;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
  /** From when it was to be sent to the end of its answer. */
  readonly ms: number;
  /** The part of it by which we were late ourselves. */
  readonly lateMs: number;
}

export interface OpenLoop {
  readonly url: string;
  readonly perSecond: number;
  readonly seconds: number;
  /** Of one operation; of the nth where they differ. */
  readonly query: string | ((nth: number) => string);
  readonly headers?: Readonly<Record<string, string>>;
}

export async function openLoop({ url, perSecond, seconds, query, headers = {} }: OpenLoop): Promise<readonly Shot[]> {
  const agent = new Agent({ keepAlive: true });
  const bodyOf = (nth: number) => JSON.stringify({ query: typeof query === 'string' ? query : query(nth) });
  const began = performance.now();
  const shots: Promise<Shot>[] = [];
  const all = Math.round(perSecond * seconds);
  for (let nth = 0; nth < all; nth += 1) {
    const planned = began + (nth * 1_000) / perSecond;
    const early = planned - performance.now();
    // Also when it is late: the answers have to be heard in between.
    await (early > 1 ? pause(early) : turn());
    shots.push(shoot(`${url}/graphql`, bodyOf(nth), { agent, headers, planned }));
  }
  const told = await Promise.all(shots);
  agent.destroy();
  return told;
}

interface ShotOf {
  readonly agent: Agent;
  readonly headers: Readonly<Record<string, string>>;
  readonly planned: number;
}

function shoot(url: string, body: string, { agent, headers, planned }: ShotOf): Promise<Shot> {
  const lateMs = performance.now() - planned;
  return new Promise((resolve) => {
    const lost = () => resolve({ status: null, headers: {}, body: '', ms: performance.now() - planned, lateMs });
    const sent = send(
      url,
      {
        method: 'POST',
        agent,
        headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), ...headers },
      },
      (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part)).once('error', lost);
        answer.once('end', () =>
          resolve({
            status: answer.statusCode ?? null,
            headers: answer.headers,
            body: Buffer.concat(parts).toString(),
            ms: performance.now() - planned,
            lateMs,
          }),
        );
      },
    );
    sent.once('error', lost);
    sent.end(body);
  });
}

/** What so large a part of the values does not exceed. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? 0;
}
