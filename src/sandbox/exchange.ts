import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Box } from '../vendors/boxed.js';
import type { OpenEntry } from './journal.js';
import type { Timers } from './timers.js';
import { toWholeAnswer, type WholeAnswer } from './whole-answer.js';

/** What the exchanges of one server share. */
export interface Ground {
  readonly box: Box;
  readonly timers: Timers;
  /** Whatever was thrown while answering. */
  readonly failures: unknown[];
}

/** One request that has arrived and is to be answered, well or badly. */
export class Exchange {
  readonly socket: Socket;
  private answer: WholeAnswer | undefined;

  constructor(
    private readonly ground: Ground,
    readonly entry: OpenEntry,
    readonly response: ServerResponse,
  ) {
    this.socket = response.req.socket;
  }

  /** Whether nobody listens any more. */
  get gone(): boolean {
    return this.socket.destroyed || this.response.destroyed;
  }

  /** What the box answers. It is asked once, however often this is called. */
  apply(): WholeAnswer {
    if (!this.answer) {
      this.answer = toWholeAnswer(this.ground.box.handle(this.entry));
      this.entry.applied = true;
    }
    return this.answer;
  }

  /** Sends status and headers, and notes the status. */
  begin(status: number, headers: Readonly<Record<string, string>>): void {
    if (this.gone) return;
    this.answeredWith(status);
    this.response.writeHead(status, headers);
  }

  send({ status, headers, bytes }: WholeAnswer): void {
    this.begin(status, headers);
    this.response.end(bytes);
  }

  answeredWith(status: number): void {
    this.entry.status = status;
    this.entry.answeredAt = Date.now();
  }

  /** Acts after so many milliseconds, also when the client has gone: a vendor does not notice that. */
  after(ms: number, act: () => void): void {
    this.ground.timers.after(ms, () => this.guard(act));
  }

  /** Acts; what is thrown is kept as a failure and answered 500. */
  guard(act: () => void): void {
    try {
      act();
    } catch (error) {
      this.ground.failures.push(error);
      if (this.response.headersSent) this.socket.destroy();
      else this.send(toWholeAnswer({ status: 500, body: { error: 'The sandbox failed.' } }));
    }
  }
}
