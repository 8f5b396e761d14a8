/** The `fetch`-shaped port: what a transport is to everything above it, and by which names it tells of what went wrong. */
import type { Body } from './body.js';
import type { Signal } from './ending.js';
import type { AnswerHeaders } from './rest-call.js';

export interface PortRequest {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Of this request alone. Its end ends the connection, whatever is under way on it. */
  readonly signal: Signal;
  /** Called when the first byte can have left: from then on nobody knows what the other side has seen. */
  readonly onSent: () => void;
}

export interface PortAnswer {
  readonly status: number;
  readonly headers: AnswerHeaders;
  /** The whole body, decompressed. Rejects with `TooLarge` past `maxBytes`, with `CutShort` when the sender stopped early. */
  body(maxBytes: number): Promise<Body>;
  /** Ends the answer without reading on. */
  discard(): void;
}

/** Who asks, as vendors see it: some refuse whoever does not say. */
export const userAgent = 'rollcall';

/** Sends each request once, follows no redirect, and takes no time of its own: whoever asks has a signal. */
export interface Port {
  /** Rejects with `Unanswered` when the connection failed before a byte of the answer had come, with `Broken` after one. */
  send(url: string, request: PortRequest): Promise<PortAnswer>;
  close(): void;
}

/** The connection failed, or none came about, before the head of an answer had come whole. */
export class Broken extends Error {}

/** And not a byte of one had come. */
export class Unanswered extends Broken {}

export class TooLarge extends Error {}
export class CutShort extends Error {}

/** How a request that ended before the head of its answer is told of. */
export function brokenBy(cause: unknown, hasBegun: boolean): Broken {
  return hasBegun
    ? new Broken('the connection failed within the head of the answer', { cause })
    : new Unanswered('the connection failed before any answer', { cause });
}
