/** What a request accepts of what was read for others. */
export interface Freshness {
  /** When it came, in milliseconds of `Date.now()`. */
  readonly now: number;
  /** How old an answer may be, in milliseconds; Infinity: as old as its source lets it be; 0: only what is read for it alone. */
  readonly maxAgeMs: number;
}

/** What was asked in `Cache-Control`: `no-cache`, `no-store` and `max-age=N` in seconds; the strictest holds. */
export function freshnessOf(cacheControl: string | undefined, now = Date.now()): Freshness {
  const words = (cacheControl ?? '').toLowerCase().split(',');
  const ages = words.map((word) => {
    const [name, value = ''] = word.trim().split('=', 2);
    if (name === 'no-cache' || name === 'no-store') return 0;
    return name === 'max-age' && /^"?\d+"?$/.test(value) ? Number(value.replaceAll('"', '')) * 1_000 : Infinity;
  });
  return { now, maxAgeMs: Math.min(...ages) };
}
