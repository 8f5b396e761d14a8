import { retryAfterOf, quotaLeftOf } from './answer.js';
import type { Wish } from './gate/pause.js';
import type { AnswerHeaders } from './rest-call.js';

/** How long a source that refuses is left alone when it does not say how long. */
const usualSeconds = 1;
/** A quota is full again for everybody at the same moment: those who share it do not come all at once. */
const jitterMs = 250;

/** Whether, and for how long, the answer asks that its source be left alone. */
export function wishOf(status: number, headers: AnswerHeaders, now: number, random: () => number): Wish | null {
  const asked = retryAfterOf(headers, now);
  if (status === 429) return { ms: (asked ?? usualSeconds) * 1000, code: 'VENDOR_RATE_LIMITED', refused: true };
  if (status === 503 && headers.get('retry-after') !== null)
    return { ms: (asked ?? usualSeconds) * 1000, code: 'VENDOR_UNAVAILABLE', refused: true };
  const reset = headers.get('x-ratelimit-reset')?.trim();
  if (quotaLeftOf(headers) !== 0 || !reset || !/^\d{1,12}$/.test(reset)) return null;
  const ms = Number(reset) * 1000 - now;
  return ms > 0 ? { ms: ms + jitterMs * random(), code: 'VENDOR_RATE_LIMITED', refused: false } : null;
}
