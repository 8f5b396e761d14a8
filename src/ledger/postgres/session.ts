import type { Client, QueryResultRow } from 'pg';
import { isAnswer } from './refusals.js';

/** How soon the next connection is tried where none could be made. */
const AGAIN_MS = 500;

/** One connection, whose locks live as long as it does. Its statements wait for each other. */
export class Connection {
  /** In milliseconds of `performance.now()`. */
  readonly since = performance.now();
  #last: Promise<unknown> = Promise.resolve();
  #isLost = false;

  constructor(
    private readonly client: Client,
    private readonly onLost: () => void,
  ) {
    client.once('end', () => this.lose());
    client.once('error', () => this.lose());
  }

  get isLost(): boolean {
    return this.#isLost;
  }

  query<R extends QueryResultRow>(text: string, values: readonly unknown[] = []): Promise<R[]> {
    const answer = this.#last.then(() => this.#ask<R>(text, values));
    this.#last = answer.catch(() => {});
    return answer;
  }

  /** Gives it up with all it holds, which is free as soon as the database notices. */
  lose(): void {
    void this.end();
  }

  /** The same, and answers when the database has noticed. */
  async end(): Promise<void> {
    if (this.#isLost) return;
    this.#isLost = true;
    this.onLost();
    await this.client.end().catch(() => {});
  }

  async #ask<R extends QueryResultRow>(text: string, values: readonly unknown[]): Promise<R[]> {
    if (this.#isLost) throw new Error('Connection terminated');
    try {
      return (await this.client.query<R>(text, [...values])).rows;
    } catch (error) {
      // Whoever does not answer in time may do so later, as if it were the next answer.
      if (!isAnswer(error)) this.lose();
      throw error;
    }
  }
}

/** The connection of this opened ledger that holds its locks; made anew when it was lost, without any of them. */
export class Session {
  #current: Promise<Connection> | null = null;
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;

  /** `greet` is done on every connection before anybody gets it. */
  constructor(
    private readonly connect: () => Promise<Client>,
    private readonly greet: (connection: Connection) => Promise<void>,
  ) {}

  connection(): Promise<Connection> {
    this.#current ??= this.#opening();
    return this.#current;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    const connection = await this.#current?.catch(() => null);
    await connection?.end();
  }

  #opening(): Promise<Connection> {
    const opening: Promise<Connection> = this.#open(() => this.#renew(opening, 0));
    opening.catch(() => this.#renew(opening, AGAIN_MS));
    return opening;
  }

  async #open(onLost: () => void): Promise<Connection> {
    if (this.#isClosed) throw new Error('Connection terminated');
    const connection = new Connection(await this.connect(), onLost);
    try {
      await this.greet(connection);
      return connection;
    } catch (error) {
      connection.lose();
      throw error;
    }
  }

  /** Unasked: as long as there is no connection, others may take this process for dead. */
  #renew(lost: Promise<Connection>, afterMs: number): void {
    if (this.#current !== lost) return;
    this.#current = null;
    if (this.#isClosed) return;
    this.#timer = setTimeout(() => {
      this.connection().catch(() => {});
    }, afterMs);
    this.#timer.unref();
  }
}
