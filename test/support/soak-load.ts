/** A mixture of clients: each asks when it is to, whatever has become of those before, and some leave in the middle. */
import { Agent, request as send } from 'node:http';
import { setImmediate as turn, setTimeout as pause } from 'node:timers/promises';
import { askedNth, type Asked } from './soak-operations.js';

/** What became of a request: its status; `left` when its client had gone first; `lost` when the connection broke. */
export type End = number | 'left' | 'lost';

export interface SoakLoad {
  readonly url: string;
  readonly perSecond: number;
  readonly seconds: number;
  /** Where in the mixture it begins. */
  readonly from: number;
}

/** Resolves when the last one has its answer or has left, and none of their connections is open. */
export async function soakLoad({ url, perSecond, seconds, from }: SoakLoad): Promise<readonly End[]> {
  const agent = new Agent({ keepAlive: true });
  const began = performance.now();
  const ends: Promise<End>[] = [];
  const all = Math.round(perSecond * seconds);
  for (let nth = 0; nth < all; nth += 1) {
    const early = began + (nth * 1_000) / perSecond - performance.now();
    // Also when it is late: the answers have to be heard in between.
    await (early > 1 ? pause(early) : turn());
    ends.push(ask(url, askedNth(from + nth), agent));
  }
  const told = await Promise.all(ends);
  agent.destroy();
  return told;
}

function ask(url: string, { path = '/graphql', query, variables, headers, leavesAfterMs }: Asked, agent: Agent) {
  const body = query === undefined ? undefined : JSON.stringify({ query, variables });
  return new Promise<End>((resolve) => {
    let hasLeft = false;
    const sent = send(`${url}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      agent,
      headers: { ...headers, ...(body !== undefined && ofBody(body)) },
    });
    const leaving = leavesAfterMs === undefined ? undefined : setTimeout(leave, leavesAfterMs);
    const over = (end: End) => {
      clearTimeout(leaving);
      resolve(hasLeft ? 'left' : end);
    };
    function leave(): void {
      hasLeft = true;
      sent.destroy();
    }
    sent.once('error', () => over('lost')).once('close', () => over('lost'));
    sent.once('response', (answer) => {
      answer.once('end', () => over(answer.statusCode!)).once('error', () => over('lost'));
      answer.resume();
    });
    sent.end(body);
  });
}

function ofBody(body: string) {
  return { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
}
