import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Box } from '../vendors/boxed.js';
import { Exchange, type Ground } from './exchange.js';
import { FaultRules, type FaultRule } from './fault-rules.js';
import { strike } from './faults.js';
import { headersOf, readBody, type IncomingBody } from './incoming.js';
import { Journal, type JournalEntry } from './journal.js';
import { Timers } from './timers.js';
import { toWholeAnswer } from './whole-answer.js';

const HOST = '127.0.0.1';
const BODY_LIMIT = 1024 * 1024;
// Longer than a client's pause between two calls, so that no request meets a socket that is just being closed.
const IDLE_SOCKET_MS = 120_000;

/** How a server differs from one that answers at once and remembers everything. */
export interface SandboxServerOptions {
  /** A free one when left out. */
  readonly port?: number;
  /** How long every request waits before it is handled or struck by a fault. */
  readonly latencyMs?: number;
  readonly faults?: readonly FaultRule[];
  /** How many requests the journal keeps; all of them when left out. */
  readonly journalLimit?: number;
}

/** A box behind a real HTTP server on 127.0.0.1. */
export interface SandboxServer<State = unknown> {
  /** `http://127.0.0.1:<port>`. */
  readonly origin: string;
  readonly box: Box<State>;
  readonly journal: readonly JournalEntry[];
  /** Open sockets, and requests whose answer has neither been sent nor given up by the client. */
  readonly live: { readonly sockets: number; readonly requests: number };
  /** What handlers or fault rules have thrown: a test asserts that it is empty. */
  readonly failures: readonly unknown[];
  setLatency(ms: number): void;
  /** Adds a rule; of several that match, the oldest strikes. */
  fault(rule: FaultRule): void;
  /** Forgets the rules. What a rule has already struck stays struck. */
  clearFaults(): void;
  /** Ends every socket and everything that waits. */
  close(): Promise<void>;
}

/** Puts a box behind an HTTP server, and resolves when it listens. */
export async function openSandboxServer<State>(
  box: Box<State>,
  options: SandboxServerOptions = {},
): Promise<SandboxServer<State>> {
  const server = new BoxServer(box, options);
  await server.listen(options.port ?? 0);
  return server;
}

class BoxServer<State> implements SandboxServer<State> {
  readonly failures: unknown[] = [];
  origin = '';
  private readonly http: Server;
  private readonly log: Journal;
  private readonly rules: FaultRules;
  private readonly ground: Ground;
  private readonly sockets = new Set<Socket>();
  private requests = 0;
  private latencyMs: number;
  private closed: Promise<void> | undefined;

  constructor(
    readonly box: Box<State>,
    options: SandboxServerOptions,
  ) {
    this.log = new Journal(options.journalLimit);
    this.rules = new FaultRules(options.faults);
    this.latencyMs = options.latencyMs ?? 0;
    this.ground = { box, timers: new Timers(), failures: this.failures };
    this.http = createServer({ keepAliveTimeout: IDLE_SOCKET_MS });
    this.http.on('connection', (socket) => this.keep(socket));
    this.http.on('request', (message, response) => void this.receive(message, response));
  }

  get journal(): readonly JournalEntry[] {
    return this.log.entries;
  }

  get live(): { sockets: number; requests: number } {
    return { sockets: this.sockets.size, requests: this.requests };
  }

  setLatency(ms: number): void {
    this.latencyMs = ms;
  }

  fault(rule: FaultRule): void {
    this.rules.add(rule);
  }

  clearFaults(): void {
    this.rules.clear();
  }

  listen(port: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.http.once('error', reject);
      this.http.listen(port, HOST, () => {
        this.http.off('error', reject);
        this.origin = `http://${HOST}:${(this.http.address() as AddressInfo).port}`;
        resolve();
      });
    });
  }

  close(): Promise<void> {
    this.closed ??= this.end();
    return this.closed;
  }

  private async end(): Promise<void> {
    const ended = [this.http, ...this.sockets].map((one) => new Promise((resolve) => one.once('close', resolve)));
    this.http.close();
    this.ground.timers.stop();
    for (const socket of this.sockets) socket.destroy();
    await Promise.all(ended);
  }

  private keep(socket: Socket): void {
    this.sockets.add(socket);
    // Node tells no end of a socket whose other side hung up just as it was to be reset, only that the reset failed.
    for (const end of ['close', 'error']) socket.once(end, () => this.sockets.delete(socket));
  }

  private async receive(message: IncomingMessage, response: ServerResponse): Promise<void> {
    this.requests += 1;
    response.once('close', () => (this.requests -= 1));
    const body = await readBody(message, BODY_LIMIT);
    const entry = this.log.note({
      method: message.method ?? '',
      target: message.url ?? '',
      headers: headersOf(message),
      body: body.text,
      complete: body.complete,
      origin: this.origin,
    });
    const exchange = new Exchange(this.ground, entry, response);
    if (body.complete) exchange.guard(() => this.answer(exchange, body));
  }

  private answer(exchange: Exchange, { tooLarge }: IncomingBody): void {
    if (tooLarge) return exchange.send(toWholeAnswer({ status: 413, body: { error: 'The body is over 1 MB.' } }));
    const rule = this.rules.take(exchange.entry);
    exchange.entry.fault = rule?.mode ?? null;
    exchange.after(this.latencyMs, () => (rule ? strike(exchange, rule) : exchange.send(exchange.apply())));
  }
}
