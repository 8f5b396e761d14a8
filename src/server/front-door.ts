import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { Passing } from '../memory/passing.js';
import { Slot } from '../memory/slot.js';
import type { Admission, AdmissionCounts } from './admission/admission.js';
import type { KnownCallers } from './admission/callers.js';
import { arrivalOf, noteArrival } from './arrival.js';
import type { Headers, Reason, Refusals } from './admission/refusal.js';
import { giveUpWhoTakesNothing, mostConnections, timeoutsOf, type Patience } from './slow-clients.js';

export interface FrontDoorOptions {
  readonly admission: Admission;
  readonly callers: KnownCallers;
  readonly refusals: Refusals;
  readonly patience: Patience;
  /** Headers of the answer to a request that is turned away; whoever counts these requests is told, too. */
  onRefusal(request: IncomingMessage): Headers;
  /** Told, as an answer ends, when the oldest of the requests came that still wait for theirs; null where none does. */
  onEnded(oldest: number | null): void;
}

/** Whoever asks these has to know it just then. */
const alwaysOpen = /^\/(?:healthz|readyz|metrics)(?:\?|$)/;

/** Every request passes here before anything is done for it: it gets in at once, in its turn, or not at all. */
export class FrontDoor {
  /** Answers that are not out yet, by the number of their request. */
  readonly live = new Passing<number, ServerResponse>();
  readonly #numbers = new Slot<ServerResponse, number>();
  #requests = 0;
  /** Open connections, with how much of each had been read when its last answer was out. */
  readonly #sockets = new Map<Socket, number>();
  #lastOnes: Set<Socket> | null = null;
  #isClosing = false;

  constructor(private readonly options: FrontDoorOptions) {}

  /** The server that hands on to `answer` what gets in. */
  open(answer: RequestListener): Server {
    const { patience } = this.options;
    const server = createServer(timeoutsOf(patience), (request, response) => this.#receive(request, response, answer));
    server.maxConnections = mostConnections;
    server.on('connection', (socket: Socket) => {
      this.options.admission.heard();
      this.#sockets.set(socket, 0);
      socket.once('close', () => this.#sockets.delete(socket));
    });
    return server;
  }

  /** What metrics tell of it. */
  get counts(): AdmissionCounts {
    return this.options.admission.counts;
  }

  /** Who sent a request, as it has been found out: whoever sends the same credential has his turns. */
  readonly learn: KnownCallers['learn'] = (request, name) => this.options.callers.learn(request, name);

  /** The name by which the sender of a request was known when he last came. */
  readonly nameOf: KnownCallers['callerOf'] = (request) => this.options.callers.callerOf(request);

  /** An answer begins. Those to requests that did not come through the door (tests, the filling of the sandbox) have no client. */
  answers(response: ServerResponse): void {
    if (this.#numbers.get(response) !== undefined) giveUpWhoTakesNothing(response, this.options.patience);
  }

  get isClosing(): boolean {
    return this.#isClosing;
  }

  /** Every connection is to end with its next answer. */
  beginClosing(): void {
    this.#isClosing = true;
    for (const response of this.live.values()) sayLast(response);
  }

  /** Only what is on its way already gets in. */
  shut(): void {
    this.#lastOnes = new Set(this.#speaking());
  }

  /** Whether somebody has begun to say something that is still to be answered. */
  get isAwaited(): boolean {
    return [...(this.#lastOnes ?? [])].some((socket) => this.#sockets.has(socket));
  }

  /** Closes the connections on which no answer is under way; those in the midst of a request only where `all` are meant. */
  closeResting(all: boolean): void {
    const busy = new Set<Socket | null>([...this.live.values()].map(({ socket }) => socket));
    const speaking = new Set(all ? [] : this.#speaking());
    for (const socket of this.#sockets.keys()) {
      if (!busy.has(socket) && !speaking.has(socket)) socket.destroySoon();
    }
  }

  #receive(request: IncomingMessage, response: ServerResponse, answer: RequestListener): void {
    const { socket, method, url = '' } = request;
    const { admission, callers } = this.options;
    let leave = () => {};
    noteArrival(request);
    const number = (this.#requests += 1);
    this.#numbers.set(response, number);
    this.live.set(number, response);
    response.once('close', () => {
      this.live.delete(number);
      this.#lastOnes?.delete(socket);
      if (this.#sockets.has(socket)) this.#sockets.set(socket, socket.bytesRead);
      leave();
      const oldest = this.live.first;
      this.options.onEnded(oldest ? arrivalOf(oldest.req) : null);
    });
    if (this.#isClosing) sayLast(response);
    if (alwaysOpen.test(url) || method === 'OPTIONS') return answer(request, response);
    if (this.#lastOnes && !this.#lastOnes.has(socket)) return this.#refuse(request, response, 'stopping');
    leave = admission.admit({
      caller: callers.callerOf(request),
      kind: url.startsWith('/datasets/') ? 'dataset' : 'operation',
      start: () => answer(request, response),
      refuse: () => this.#refuse(request, response, 'busy'),
    });
  }

  #refuse(request: IncomingMessage, response: ServerResponse, reason: Reason): void {
    this.options.refusals.send(request, response, reason, this.options.onRefusal(request));
  }

  /** Connections that have begun to say something, and to which nobody answers yet. */
  #speaking(): Socket[] {
    const answered = new Set<Socket | null>([...this.live.values()].map(({ socket }) => socket));
    return [...this.#sockets].flatMap(([socket, read]) =>
      socket.bytesRead > read && !answered.has(socket) ? [socket] : [],
    );
  }
}

function sayLast(response: ServerResponse): void {
  if (!response.headersSent) response.setHeader('connection', 'close');
}
