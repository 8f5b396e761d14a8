/** The `fetch`-shaped port: the one place that opens sockets. Behind it is cross-fetch (node-fetch) with a keep-alive agent. */
import http from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { fetch } from 'cross-fetch';
import type { AnswerHeaders } from './rest-call.js';

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
  send(url: string, request: PortRequest): Promise<PortAnswer>;
  close(): void;
}

export class TooLarge extends Error {}
export class CutShort extends Error {}

/** Opens a port of its own for one source: its sockets are shared with nobody. */
export function openPort(maxSockets: number): Port {
  const options = { keepAlive: true, maxSockets, scheduling: 'lifo' as const };
  const agents = { 'http:': new http.Agent(options), 'https:': new https.Agent(options) };
  return {
    send: (url, request) => send(url, request, agents),
    close() {
      agents['http:'].destroy();
      agents['https:'].destroy();
    },
  };
}

type Agents = Readonly<Record<'http:' | 'https:', http.Agent>>;

async function send(url: string, request: PortRequest, agents: Agents): Promise<PortAnswer> {
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
    fetched.then(resolve, reject);
  });
  const body = response.body as unknown as Readable;
  return {
    status: response.status,
    headers: response.headers,
    text: (maxBytes) => readAll(body, wire, maxBytes),
    discard() {
      body.on('error', () => {});
      wire.end();
    },
  };
}

/** Sees what node-fetch hides of one exchange: when bytes can have left, and whether the answer came whole. */
class Wire {
  #answer: http.IncomingMessage | undefined;
  #cut = false;
  onCut: () => void = () => {};

  constructor(private readonly onSent: () => void) {}

  /** The agent as it is, save that this exchange's request is looked at on its way in. */
  watch(agent: http.Agent): http.Agent {
    const view = Object.create(agent) as { addRequest: unknown };
    view.addRequest = (request: http.ClientRequest, ...rest: unknown[]) => {
      request.once('socket', (socket) => this.#watchSocket(socket));
      request.once('response', (answer) => this.#watchAnswer(answer));
      (agent as unknown as { addRequest(...args: unknown[]): void }).addRequest(request, ...rest);
    };
    return view as unknown as http.Agent;
  }

  #watchSocket(socket: Socket & { encrypted?: boolean; secureConnecting?: boolean }): void {
    if (socket.connecting || socket.secureConnecting)
      socket.once(socket.encrypted ? 'secureConnect' : 'connect', this.onSent);
    else this.onSent();
  }

  #watchAnswer(answer: http.IncomingMessage): void {
    this.#answer = answer;
    answer.once('close', () => {
      if (answer.complete) return;
      this.#cut = true;
      this.onCut();
    });
  }

  get cut(): boolean {
    return this.#cut;
  }

  end(): void {
    this.#answer?.destroy();
  }
}

/** node-fetch never ends a body whose sender went away in the middle, so the wire itself is asked. */
function readAll(body: Readable, wire: Wire, maxBytes: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const fail = (error: Error) => {
      reject(error);
      wire.end();
      // What has arrived of a compressed body would be unpacked to its end.
      body.destroy();
    };
    const cut = () => fail(new CutShort('the answer ended before its end'));
    body.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > maxBytes) fail(new TooLarge(`the answer is larger than ${maxBytes} bytes`));
      else chunks.push(chunk);
    });
    body.on('error', (error) => fail(new CutShort('the answer could not be read to its end', { cause: error })));
    body.on('end', () => (wire.cut ? cut() : resolve(new TextDecoder().decode(Buffer.concat(chunks)))));
    wire.onCut = cut;
    if (wire.cut) cut();
  });
}
