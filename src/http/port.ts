/** The `fetch`-shaped port: the one place that opens sockets. Behind it is cross-fetch (node-fetch) with a keep-alive agent. */
import http from 'node:http';
import https from 'node:https';
import type { Readable } from 'node:stream';
import { fetch } from 'cross-fetch';
import { CutShort, readAll } from './body.js';
import { HeldBodies } from './held-bodies.js';
import type { AnswerHeaders } from './rest-call.js';
import { Wire } from './wire.js';

export interface PortRequest {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal: AbortSignal;
  /** Called when the first byte can have left: from then on nobody knows what the other side has seen. */
  readonly onSent: () => void;
}

export interface PortAnswer {
  readonly status: number;
  readonly headers: AnswerHeaders;
  /** The whole body, decompressed. Rejects with `TooLarge` past `maxBytes`, with `CutShort` when the sender stopped early. */
  text(maxBytes: number): Promise<string>;
  /** Ends the answer without reading on. */
  discard(): void;
}

export interface Port {
  /** Rejects with `Unanswered` when the connection failed before a byte of the answer had come. */
  send(url: string, request: PortRequest): Promise<PortAnswer>;
  close(): void;
}

/** The connection failed, or none came about, and not a byte of an answer has come. */
export class Unanswered extends Error {}

/** Opens a port of its own for one source: its sockets are shared with nobody. */
export function openPort(maxSockets: number): Port {
  const options = { keepAlive: true, maxSockets, scheduling: 'lifo' as const };
  const agents = { 'http:': new http.Agent(options), 'https:': new https.Agent(options) };
  const held = new HeldBodies();
  return {
    send: (url, request) => send(url, request, agents, held),
    close() {
      agents['http:'].destroy();
      agents['https:'].destroy();
    },
  };
}

type Agents = Readonly<Record<'http:' | 'https:', http.Agent>>;

async function send(url: string, request: PortRequest, agents: Agents, held: HeldBodies): Promise<PortAnswer> {
  const wire = new Wire(request.onSent);
  const fetched = fetch(url, {
    method: request.method,
    headers: request.headers,
    body: request.body,
    signal: request.signal,
    redirect: 'manual',
    // node-fetch's own: not in the type of the standard.
    agent: ({ protocol }: { protocol: 'http:' | 'https:' }) => wire.watch(agents[protocol]),
  } as RequestInit);
  // node-fetch waits for the first byte of a deflated body, and for ever when it does not come.
  const response = await new Promise<Response>((resolve, reject) => {
    wire.onCut = () => reject(new CutShort('the answer ended before its body'));
    fetched.then(resolve, (error: unknown) =>
      reject(isNetwork(error) && wire.isUnanswered ? unanswered(error) : error),
    );
  });
  const body = response.body as unknown as Readable;
  return {
    status: response.status,
    headers: response.headers,
    text: (maxBytes) => readAll(body, wire, held, maxBytes),
    discard() {
      body.on('error', () => {});
      wire.end();
    },
  };
}

/** node-fetch's own error for what happened before an answer's head came. */
export function isNetwork(error: unknown): boolean {
  return error instanceof Error && error.name === 'FetchError' && (error as { type?: string }).type === 'system';
}

function unanswered(cause: unknown): Unanswered {
  return new Unanswered('the connection failed before any answer', { cause });
}
