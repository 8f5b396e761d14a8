import { setTimeout as pause } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, describe, expect, it } from 'vitest';
import { until } from '../support/until.js';
import { hear, open } from './client.js';
import { bigCrews, memberLists, openBigCrews, openCrews } from './crews.js';
import type { Served } from './served.js';

let served: Served;
afterEach(() => served.close());

const json = () => `${served.url}/datasets/memberships.json`;
const vendor = () => served.sandbox.server('asa');

/** Waits until nobody has asked for another group's members for a while; how many were. */
async function stalledAt(): Promise<number> {
  for (let seen = -1; seen !== memberLists(served); await pause(400)) seen = memberLists(served);
  return memberLists(served);
}

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Megabytes that are in use once what is not has been thrown away. */
function megabytes(): number {
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 1024 / 1024;
}

describe('streaming with bounded look-ahead', () => {
  it('at most 16 groups of a source are read at once, and as many as that', async () => {
    served = await openCrews(60, 5, { latencyMs: 20 });
    let most = 0;
    const watch = setInterval(() => (most = Math.max(most, vendor().live.requests)), 1);

    const { trailers } = await hear(json());
    clearInterval(watch);

    expect(trailers['x-row-count']).toBe('300');
    expect(most).toBe(16);
  });

  it('groups that answer out of order are written in order', async () => {
    served = await openCrews(20, 2);
    const whole = JSON.parse((await hear(json())).text);
    vendor().fault({ mode: 'slow', ms: 150, match: /crew%201\/users/ });
    vendor().fault({ mode: 'slow', ms: 60, match: /crew%20[24]\/users/ });

    const shuffled = JSON.parse((await hear(json())).text);

    const ids = (rows: readonly any[]) => rows.map(({ group_id, member_id }) => [group_id, member_id]);
    expect(ids(shuffled)).toEqual(ids(whole));
  });

  it('a client that takes nothing stops the reading; when it goes on, so does the reading, to the end', async () => {
    served = await openBigCrews();
    const response = await open(json());

    const asked = await stalledAt();
    expect(asked).toBeLessThan(bigCrews);

    let bytes = 0;
    for await (const chunk of response) bytes += (chunk as Buffer).length;
    expect(bytes).toBeGreaterThan(20 * 1024 * 1024);
    expect(memberLists(served)).toBe(bigCrews);
    expect(response.trailers).toMatchObject({ 'x-complete': 'true', 'x-row-count': '35000' });
  });

  it('100,000 memberships for a slow client need memory for a few of them, as much at the end as at the beginning', async () => {
    served = await openCrews(200, 500);
    await hear(`${json()}?vendor=VELT`);
    const before = megabytes();
    const grown: number[] = [];
    let bytes = 0;
    let sampledAt = 0;

    for await (const chunk of await open(json())) {
      bytes += (chunk as Buffer).length;
      if (bytes - sampledAt < 3_000_000) continue;
      sampledAt = bytes;
      await pause(30);
      grown.push(megabytes() - before);
    }

    expect(bytes).toBeGreaterThan(60_000_000);
    // What is held back, what is read ahead, and what is on its way; afterwards, without what was held back.
    expect(Math.max(...grown)).toBeLessThan(45);
    expect(Math.max(...grown.slice(4))).toBeLessThan(24);
  }, 60_000);
});

describe('a client that leaves', () => {
  it('before the first byte ends the reads at the vendors', async () => {
    served = await openCrews(40, 5, { latencyMs: 400 });
    const abort = new AbortController();
    const gone = fetch(json(), { signal: abort.signal }).catch((error: Error) => error.name);
    await until(() => vendor().live.requests >= 16, 5_000);

    abort.abort();

    expect(await gone).toBe('AbortError');
    await until(() => vendor().live.requests === 0, 250);
    const asked = memberLists(served);
    await pause(500);
    expect(memberLists(served)).toBe(asked);
  });

  it('in the middle ends them too, and nothing more is asked', async () => {
    served = await openBigCrews();
    const response = await open(json());
    await stalledAt();

    response.destroy();

    const asked = memberLists(served);
    await pause(300);
    expect(memberLists(served) - asked).toBeLessThanOrEqual(16);
    expect(vendor().live.requests).toBe(0);
    expect(served.log).toEqual([]);
  });

  it('without a word, taking nothing any more, is given up after a time', async () => {
    served = await openBigCrews({ idleMs: 300 });
    const response = await open(json());
    const error = new Promise((resolve) => response.on('error', resolve));
    await until(() => served.log.length > 0, 10_000);
    response.resume();

    expect(served.log).toEqual(['a dataset was broken off: nobody takes the answer']);
    expect(await error).toMatchObject({ code: 'ECONNRESET' });
  });
});
