import type { Socket } from 'node:net';
import { Client, buildConnector } from 'undici';
import { Passing } from '../../memory/passing.js';

/**
 * How long a connection rests before it is closed here. Shorter than what servers and proxies in front of them usually keep
 * (60 s and more), so that no write goes out on one that the other side is closing: its outcome would be unknown.
 */
const restMs = 30_000;

/** Opens sockets, and gives them back while they are still being opened, too. No time is set: whoever asks has a deadline. */
type Connect = (options: buildConnector.Options, done: buildConnector.Callback) => Socket;

/** One connection: an undici client of its own, which opens it when it is first used, and again after it was closed. */
export class Connection {
  readonly client: Client;
  #socket: Socket | null = null;

  constructor(origin: string, connect: Connect) {
    this.client = new Client(origin, {
      pipelining: 1,
      headersTimeout: 0,
      bodyTimeout: 0,
      keepAliveTimeout: restMs,
      connect: (options, done) => {
        this.#socket = connect(options, done);
      },
    });
  }

  /** Whether the socket ended by an error, and not by what was sent or asked for. */
  get hasFailed(): boolean {
    return this.#socket?.errored != null;
  }

  destroy(): void {
    void this.client.destroy();
    // undici lets one that is being opened go on.
    this.#socket?.on('error', () => {}).destroy();
  }
}

/** Gets a connection when its turn comes; null when there will be none any more. */
type Waiting = (connection: Connection | null) => void;

/** The connections to one origin: no more than `most`, and the one that was used last is used next. */
export class Connections {
  readonly #connect = buildConnector({ timeout: 0, allowH2: false }) as unknown as Connect;
  readonly #all = new Set<Connection>();
  readonly #idle: Connection[] = [];
  /** By the number under which each came, in the order of their turns. */
  readonly #waiting = new Passing<number, Waiting>();
  #came = 0;
  #isClosed = false;

  constructor(
    private readonly origin: string,
    private readonly most: number,
  ) {}

  /** Calls back with a connection as soon as there is one. What is given back ends the wait for it. */
  take(waiting: Waiting): () => void {
    const nth = (this.#came += 1);
    if (this.#isClosed) waiting(null);
    else if (this.#hasFree) waiting(this.#next());
    else this.#waiting.set(nth, waiting);
    return () => this.#waiting.delete(nth);
  }

  /** It can be used again. */
  give(connection: Connection): void {
    if (this.#all.has(connection)) this.#idle.push(connection);
    this.#serve();
  }

  /** It cannot be used again. */
  drop(connection: Connection): void {
    this.#all.delete(connection);
    connection.destroy();
    this.#serve();
  }

  close(): void {
    this.#isClosed = true;
    for (const connection of this.#all) connection.destroy();
    this.#all.clear();
    for (const [, waiting] of this.#waiting.entries()) waiting(null);
    this.#waiting.clear();
  }

  get #hasFree(): boolean {
    return this.#idle.length > 0 || this.#all.size < this.most;
  }

  #next(): Connection {
    const idle = this.#idle.pop();
    if (idle) return idle;
    const connection = new Connection(this.origin, this.#connect);
    this.#all.add(connection);
    return connection;
  }

  /** Not at once: undici may still be in the middle of telling of an answer. */
  #serve(): void {
    if (this.#waiting.size > 0) queueMicrotask(() => this.#serveNow());
  }

  #serveNow(): void {
    for (const [nth, waiting] of this.#waiting.entries()) {
      if (this.#isClosed || !this.#hasFree) return;
      this.#waiting.delete(nth);
      waiting(this.#next());
    }
  }
}
