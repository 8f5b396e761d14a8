import { scrape, sum } from './scrape.js';

/**
 * For how long a server could do nothing else since it was last asked, in milliseconds, and how long its processor was used:
 * where others use it too, a silence beyond that was theirs.
 */
export async function openLoopWatch(url: string): Promise<() => Promise<number>> {
  let used = await look();
  return async () => {
    const before = used;
    used = await look();
    return Math.min(used.silentMs, used.usedMs - before.usedMs);
  };

  async function look() {
    const samples = await scrape(url);
    return {
      silentMs: 1_000 * sum(samples, 'nodejs_eventloop_lag_max_seconds'),
      usedMs: 1_000 * sum(samples, 'process_cpu_seconds_total'),
    };
  }
}
