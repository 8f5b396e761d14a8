/** The port over cross-fetch (node-fetch on `node:http`) with a keep-alive agent. */
import http from 'node:http';
import https from 'node:https';
import type { Readable } from 'node:stream';
import { fetch } from 'cross-fetch';
import type { Signal } from '../ending.js';
import { CutShort, brokenBy, userAgent, type Port, type PortAnswer, type PortRequest } from '../port.js';
import { HeldBodies } from './held-bodies.js';
import { readAll } from './read-all.js';
import { Wire } from './wire.js';

export function openCrossFetch(maxSockets: number): Port {
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
    headers: { ...request.headers, 'user-agent': userAgent },
    body: request.body,
    signal: abortSignalOf(request.signal),
    redirect: 'manual',
    // node-fetch's own: not in the type of the standard.
    agent: ({ protocol }: { protocol: 'http:' | 'https:' }) => wire.watch(agents[protocol]),
  } as RequestInit);
  // node-fetch waits for the first byte of a deflated body, and for ever when it does not come.
  const response = await new Promise<Response>((resolve, reject) => {
    wire.onCut = () => reject(new CutShort('the answer ended before its body'));
    fetched.then(resolve, (error: unknown) => reject(isNetwork(error) ? brokenBy(error, wire.hasBegun) : error));
  });
  const body = response.body as unknown as Readable;
  return {
    status: response.status,
    headers: response.headers,
    body: (maxBytes) => readAll(body, wire, held, maxBytes),
    discard() {
      body.on('error', () => {});
      wire.end();
    },
  };
}

/** node-fetch takes the platform's own. */
function abortSignalOf(signal: Signal): AbortSignal {
  const controller = new AbortController();
  const stop = () => controller.abort(signal.reason);
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop, { once: true });
  return controller.signal;
}

/** node-fetch's own error for what happened before an answer's head came. */
function isNetwork(error: unknown): boolean {
  return error instanceof Error && error.name === 'FetchError' && (error as { type?: string }).type === 'system';
}
