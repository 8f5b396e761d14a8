import { readFileSync } from 'node:fs';
import { ask } from './rollcall.js';

/** So many callers ask again as soon as they are answered; gives how many operations a second were answered with 200. */
export async function closedLoop(
  url: string,
  { query, callers, seconds, headers = {} }: ClosedLoop,
): Promise<{ readonly perSecond: number }> {
  const end = performance.now() + seconds * 1_000;
  let answered = 0;
  const askOn = async () => {
    while (performance.now() < end) if ((await ask(url, query, {}, headers)).status === 200) answered += 1;
  };
  await Promise.all(Array.from({ length: callers }, askOn));
  return { perSecond: answered / seconds };
}

export interface ClosedLoop {
  readonly query: string;
  readonly callers: number;
  readonly seconds: number;
  readonly headers?: Record<string, string>;
}

/** The memory that a process has now, in megabytes; null where the system does not tell. */
export function residentMb(pid: number): number | null {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1_024;
  } catch {
    return null;
  }
}
