import type { LastAnswer } from './last-answer.js';

export type JsonObject = { readonly [key: string]: unknown };

/** The headers of an answer that an endpoint's parser may want, such as `link`. */
export interface AnswerHeaders {
  get(name: string): string | null;
}

/**
 * One call to one documented endpoint, as a value: it can be sent, counted, printed for a dry run, or replayed by a test.
 * Functions of a vendor's `rest.ts` make these; only `http/` sends them.
 */
export interface RestCall<T> {
  /** What the endpoint does. The HTTP method says nothing: every read of Velt is a POST. */
  readonly does: 'read' | 'write';
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** What follows the source's `url`, already encoded, with its leading slash; or a link of the vendor's, absolute. */
  readonly path: string;
  readonly body?: JsonObject;
  /** The statuses by which this endpoint says that it does not know what was named; 404 when left out. */
  readonly unknownAt?: readonly number[];
  /** True where a 2xx is documented to carry nothing, so that no body is judged, unless it is a page for people. */
  readonly answersNothing?: boolean;
  /** The parsed JSON of a 2xx → what was meant by it. Throws when required fields are missing: `VENDOR_BAD_RESPONSE`. */
  readonly parse: (body: unknown, headers: AnswerHeaders) => T;
  /** An answer that the vendor hides in a refusal, such as Velt's results by item in a 500. Undefined: a refusal it is. */
  readonly rescue?: (status: number, body: unknown) => T | undefined;
  /** Which of several meanings of one answer is meant, where a call to the same address may mean another. */
  readonly as?: string;
  /** What it was answered last, where it is the same call that is sent again and again. */
  readonly last?: LastAnswer<T>;
  /** Set where several questions go to one and the same list, so that one request need not ask for it twice. */
  readonly part?: { readonly of: RestCall<unknown>; take(whole: unknown): T };
}

/** A text that two calls share only when they ask the same of the same endpoint. */
export function keyOfCall({ method, path, body, as }: RestCall<unknown>): string {
  const address = body === undefined ? `${method} ${path}` : `${method} ${path} ${JSON.stringify(body)}`;
  return as === undefined ? address : `${address} as ${as}`;
}

/** The same call, its answer turned into something else. Written out: see `docs/decisions/2026-11-22-short-lived.md`. */
export function mapped<T, U>(call: RestCall<T>, map: (answer: T) => U): RestCall<U> {
  const { does, method, path, body: sent, unknownAt, answersNothing, rescue } = call;
  return {
    does,
    method,
    path,
    body: sent,
    unknownAt,
    answersNothing,
    part: undefined,
    parse: (body, headers) => map(call.parse(body, headers)),
    rescue:
      rescue &&
      ((status, body) => {
        const answer = rescue(status, body);
        return answer === undefined ? undefined : map(answer);
      }),
  };
}

/** What is wanted of an answer that others want another part of. */
export function partOf<T, U>(whole: RestCall<T>, take: (answer: T) => U): RestCall<U> {
  return { ...mapped(whole, take), part: { of: whole, take: (answer) => take(answer as T) } };
}

/** A part of an address, percent-encoded so that only RFC 3986 unreserved characters stay. */
export function encodePart(part: string): string {
  if (/^[\w.~-]*$/.test(part)) return part;
  // Half a surrogate pair cannot be encoded; it is sent as the replacement character, which matches nothing.
  const whole = part.replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, '\uFFFD');
  return encodeURIComponent(whole).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}
