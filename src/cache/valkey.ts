import { createHash } from 'node:crypto';
import { Redis } from 'iovalkey';
import type { FarCache } from '../reads/shared/far.js';

const prefix = 'rollcall:1';
/** Whoever waits for a cache might as well ask the vendor. */
const patienceMs = 250;
const slowestRetryMs = 2_000;
/** Longer than any read is kept, so that an era is not begun anew while something of it is left. */
const eraSeconds = 7 * 86_400;

/**
 * The cache in a Redis or Valkey server: an era for each source, and texts that belong to one. `say` is told once when the server
 * cannot be reached, and once when it can again.
 */
export function openValkey(url: string, say: (isThere: boolean, error: Error | null) => void): FarCache {
  const redis = new Redis(url.replace(/^valkey/i, 'redis'), {
    connectTimeout: 5_000,
    commandTimeout: patienceMs,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    retryStrategy: (nth) => Math.min(100 * nth, slowestRetryMs),
  });
  let isThere = true;
  const note = (now: boolean, error: Error | null) => {
    if (now === isThere) return;
    isThere = now;
    say(now, error);
  };
  redis.on('ready', () => note(true, null));
  redis.on('error', (error: Error) => note(false, error));
  const orNull = async <T>(answer: Promise<T>): Promise<T | null> => answer.catch(() => null);
  return {
    async eras(sources) {
      const found = await orNull(redis.mget(...sources.map(eraKey)));
      return sources.map((_, at) => (found === null ? null : Number(found[at] ?? 0)));
    },
    async nextEra(source) {
      const answers = await orNull(redis.multi().incr(eraKey(source)).expire(eraKey(source), eraSeconds).exec());
      const era = answers?.[0]?.[1];
      return typeof era === 'number' ? era : null;
    },
    get: (source, era, key) => orNull(redis.get(textKey(source, era, key))),
    set(source, era, key, text, ms) {
      void orNull(redis.set(textKey(source, era, key), text, 'PX', ms));
    },
    close: () => redis.disconnect(),
  };
}

function eraKey(source: string): string {
  return `${prefix}:era:${source}`;
}

/** Keys are made of ids that may be long and hold anything. */
function textKey(source: string, era: number, key: string): string {
  return `${prefix}:${source}:${era}:${createHash('sha256').update(key).digest('base64url')}`;
}
