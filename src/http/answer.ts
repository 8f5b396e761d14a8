import type { AnswerHeaders } from './rest-call.js';

/** Thrown when a 2xx is not the JSON that the endpoint documents. */
export class NotJson extends Error {}

const jsonType = /^(application\/json|text\/json|[^\s;/]+\/[^\s;]+\+json)\s*(;|$)/i;

/** The JSON of a 2xx. A body without a type may be JSON; one of another type never is. */
export function jsonOf(text: string, headers: AnswerHeaders, banner: RegExp | undefined): unknown {
  const type = headers.get('content-type')?.trim();
  if (type && !jsonType.test(type)) throw new NotJson('the answer is not of a JSON type');
  try {
    return JSON.parse(banner ? text.replace(banner, '') : text);
  } catch {
    throw new NotJson('the answer is not JSON');
  }
}

/** Where nothing is documented anything may come, but a page for people is the word of a gateway, not of the vendor. */
export function nothingOf(text: string, headers: AnswerHeaders): undefined {
  if (text.trim() !== '' && /^\s*text\/html\b/i.test(headers.get('content-type') ?? ''))
    throw new NotJson('the answer is a page for people');
}

/** The body of a refusal, for a parser that knows what the vendor hides there; undefined when it is not JSON. */
export function jsonOrNothing(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** As far as nine digits go: longer would be no number of GraphQL's. */
const longestWait = 999_999_999;

/** How long the vendor asks us to stay away: `Retry-After` in seconds or as a date, or ASA's `X-RateLimit-Retry-At`. */
export function retryAfterOf(headers: AnswerHeaders, now: number): number | null {
  const after = headers.get('retry-after')?.trim();
  if (after && /^\d{1,9}$/.test(after)) return Number(after);
  // `Date.parse` takes nearly every number for a date; one of HTTP tells the time.
  const date = after && /\d:\d\d/.test(after) ? Date.parse(after) : NaN;
  if (!Number.isNaN(date)) return secondsUntil(date, now);
  const at = headers.get('x-ratelimit-retry-at')?.trim();
  return at && /^\d{1,12}$/.test(at) ? secondsUntil(Number(at) * 1000, now) : null;
}

function secondsUntil(time: number, now: number): number {
  return Math.min(longestWait, Math.max(0, Math.ceil((time - now) / 1000)));
}

/** How many requests the vendor says are left; null where it says nothing. */
export function quotaLeftOf(headers: AnswerHeaders): number | null {
  const left = headers.get('x-ratelimit-remaining')?.trim();
  return left && /^\d{1,9}$/.test(left) ? Number(left) : null;
}
