import { errors, type Dispatcher } from 'undici';
import { CutShort, brokenBy, type PortAnswer, type PortRequest } from '../port.js';
import type { AnswerHeaders } from '../rest-call.js';
import type { Connection, Connections } from './connections.js';
import type { HeldBodies } from './held-bodies.js';
import { incomingOf, type Incoming } from './incoming.js';
import { RawHeaders } from './raw-headers.js';

interface Means {
  readonly connection: Connection;
  readonly connections: Connections;
  readonly held: HeldBodies;
  resolve(answer: PortAnswer): void;
  reject(error: unknown): void;
}

/**
 * One request that was given to an undici client, from its first byte to the last one of its answer, as the client tells of
 * it. These are undici's plain hooks: the newer ones cost an object and a parsed head for every request.
 */
export class Dispatched implements Dispatcher.DispatchHandler {
  readonly #stop = () => this.#stopped();
  #hasBegun = false;
  #isOver = false;
  #body: Incoming | null = null;
  #resume: () => void = () => {};

  constructor(
    private readonly request: PortRequest,
    private readonly means: Means,
  ) {
    request.signal.addEventListener('abort', this.#stop, { once: true });
  }

  /** The connection stands, and the request is written next. */
  onConnect(): void {
    this.request.onSent();
  }

  onResponseStarted(): void {
    this.#hasBegun = true;
  }

  onHeaders(status: number, raw: readonly Buffer[], resume: () => void): boolean {
    // 103 and its like come before the answer.
    if (status < 200) return true;
    this.#resume = resume;
    this.means.resolve(this.#answer(status, new RawHeaders(raw)));
    return true;
  }

  onData(chunk: Buffer): boolean {
    return this.#isOver || !this.#body ? true : this.#body.push(chunk);
  }

  onComplete(): void {
    if (this.#isOver) return;
    const { connection, connections } = this.means;
    this.#isOver = true;
    // undici takes a body without a length for whole even where a reset ended it.
    if (connection.hasFailed) this.#body?.fail(cut());
    else this.#body?.end();
    connections.give(connection);
  }

  onError(error: Error): void {
    if (this.#isOver) return;
    const { reject } = this.means;
    this.#end();
    if (this.#body) return this.#body.fail(cut(error));
    this.#leave();
    if (error instanceof errors.InvalidArgumentError) reject(error);
    else reject(brokenBy(error, this.#hasBegun || error instanceof errors.HTTPParserError));
  }

  #answer(status: number, headers: AnswerHeaders): PortAnswer {
    const wire = { more: () => this.#more(), end: () => this.#end() };
    const body = incomingOf(status, headers.get('content-encoding'), this.means.held, wire);
    this.#body = body;
    return {
      status,
      headers,
      body: (maxBytes) => body.body(maxBytes).finally(() => this.#leave()),
      discard: () => {
        this.#leave();
        this.#end();
      },
    };
  }

  /** Not at once: undici may be in the middle of telling of another answer. */
  #more(): void {
    queueMicrotask(() => {
      if (!this.#isOver) this.#resume();
    });
  }

  /** Nobody waits any more. */
  #stopped(): void {
    const { reason } = this.request.signal;
    this.#end();
    if (this.#body) this.#body.fail(cut(reason));
    else this.means.reject(reason);
  }

  /** Whatever is still to come on the wire is of no use. */
  #end(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.means.connections.drop(this.means.connection);
  }

  /** Whoever asked has what was asked for. */
  #leave(): void {
    this.request.signal.removeEventListener('abort', this.#stop);
  }
}

function cut(cause?: unknown): CutShort {
  return new CutShort('the answer ended before its end', { cause });
}
