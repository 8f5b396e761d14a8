import type { ErrorCode } from '../../schema/enums.js';
import type { Connection, MintedToken } from './connection.js';
import { beforeAbort, within } from './deadline.js';
import type { Signal } from './ending.js';
import { VendorError, type Whom } from './errors.js';
import { Exchanges, type Sending } from './exchange.js';
import { systemClock } from './gate/clock.js';
import { Gate, type GateState } from './gate/gate.js';
import type { Leaving } from './gate/places.js';
import type { Pass } from './gate/ticket.js';
import { Unanswered, type Port } from './port.js';
import { openPort, type TransportKind } from './ports/open.js';
import { newReceipt, type Receipt } from './receipt.js';
import type { RestCall } from './rest-call.js';
import { RetryBudget } from './retries.js';
import { alone, type Sender } from './sender.js';
import { TokenKeeper } from './token.js';
import { translated } from './translation.js';

export interface Bounds {
  readonly readTimeoutMs: number;
  readonly writeTimeoutMs: number;
  readonly concurrency: number;
  readonly requestsPerMinute: number | null;
  readonly maxBodyBytes: number;
  /** What carries the requests; the usual one when it is left out. */
  readonly transport?: TransportKind;
}

/** What was last seen of a source: when it last answered well, and what has been wrong since. */
export interface Seen {
  readonly answeredAt: Date | null;
  readonly error: Wrong | null;
}

/** What an error told. Not the error itself: until somebody reads its stack, it holds on to all that its operation has read. */
type Wrong = Pick<VendorError, 'code' | 'message' | 'retryAfterSeconds'>;

/** What holds of a source at this moment. */
export interface TransportState extends GateState {
  /** How many requests may still be sent: of `requestsPerMinute`, or what the vendor last said; null when unknown. */
  readonly quotaLeft: number | null;
  /** Reads that were sent again since the process started. */
  readonly retries: number;
}

/** What says that a source is out of order, and not only that one request was wrong. */
const outages: readonly ErrorCode[] = [
  'VENDOR_AUTH',
  'VENDOR_RATE_LIMITED',
  'VENDOR_UNAVAILABLE',
  'VENDOR_TIMEOUT',
  'VENDOR_BAD_RESPONSE',
];

/** What says that it is in order, and only the request was wrong. A lost answer says neither. */
const answers: readonly ErrorCode[] = ['NOT_FOUND', 'VENDOR_REJECTED', 'VENDOR_CONFLICT'];

/** A read that found no connection tries again after a moment, not all of them at the same one. */
const retryAfterMs = { from: 20, to: 80 } as const;

/** How one source is reached, for as long as the process runs: its sockets, its gate, its token. */
export class Transport {
  readonly #port: Port;
  readonly #gate: Gate;
  readonly #exchanges: Exchanges;
  readonly #retries = new RetryBudget();
  readonly #token: TokenKeeper | undefined;
  #seen: Seen | null = null;
  /** What the vendor said when it last refused a token. */
  #noToken: string | null = null;
  #quotaLeft: number | null = null;

  constructor(
    readonly whom: Whom,
    readonly connection: Connection,
    readonly bounds: Bounds,
  ) {
    this.#port = openPort(bounds.concurrency, bounds.transport);
    this.#gate = new Gate(bounds.concurrency, bounds.requestsPerMinute, systemClock, bounds.readTimeoutMs);
    this.#exchanges = new Exchanges(whom, connection, bounds.maxBodyBytes, this.#port, this.#gate);
    const { minted } = connection;
    if (minted) this.#token = new TokenKeeper(() => this.#mint(minted.call));
  }

  /**
   * Sends a call once; once more where a 401 proves that nothing was done and a token can be renewed; and a read once more
   * where the connection failed before any answer. `waiting` ends the wait; the deadline covers token, connect, headers,
   * body and parse, and the wait for a source that answers nobody. Rejects with a `VendorError`.
   */
  async send<T>(call: RestCall<T>, waiting: Signal, receipt: Receipt, sender: Sender = alone()): Promise<T> {
    const pass = await this.#enter(call, waiting, receipt, sender);
    const began = performance.now();
    let how: Leaving = 'answered';
    const late = () => {
      how = 'silent';
      if (receipt.attempts > 0) this.#gate.note(pass, 'silent');
      return this.#late();
    };
    try {
      const send = (signal: Signal) => this.#authorized(call, { headers: {}, signal, receipt, pass }, sender);
      const answer = await within(pass.timeoutMs, late, isKept, send, waiting);
      this.#seen = { answeredAt: new Date(), error: null };
      return answer;
    } catch (error) {
      if (waiting.aborted && how === 'answered') how = abandonedAs(waiting, sender);
      const known = translated(error, call, receipt, this.whom);
      if (!waiting.aborted) this.#note(known);
      throw known;
    } finally {
      if (receipt.status !== null) receipt.durationMs = Math.round(performance.now() - began);
      this.#quotaLeft = receipt.quotaLeft ?? this.#quotaLeft;
      this.#gate.leave(pass, how);
    }
  }

  /** How long a call may take, from its token to the last byte understood. */
  timeoutMs({ does }: RestCall<unknown>): number {
    return does === 'write' ? this.bounds.writeTimeoutMs : this.bounds.readTimeoutMs;
  }

  /** What was last seen of the source; null before anybody has asked it. */
  get seen(): Seen | null {
    return this.#seen;
  }

  get state(): TransportState {
    const state = this.#gate.state;
    return { ...state, quotaLeft: state.minuteLeft ?? this.#quotaLeft, retries: this.#retries.total };
  }

  /** What must be told nobody: the credentials of the configuration, and the token that is in use. */
  get secrets(): readonly string[] {
    const token = this.#token?.current ?? null;
    return token === null ? this.connection.secrets : [...this.connection.secrets, token];
  }

  close(): void {
    this.#port.close();
  }

  async #enter(
    call: RestCall<unknown>,
    signal: Signal,
    receipt: Receipt,
    { operation, patienceMs }: Sender,
  ): Promise<Pass> {
    try {
      const entered = this.#gate.enter({ operation, patienceMs, timeoutMs: this.timeoutMs(call), signal });
      if (!(entered instanceof Promise)) return entered;
      const began = performance.now();
      try {
        return await entered;
      } finally {
        receipt.waitedMs = Math.round(performance.now() - began);
      }
    } catch (error) {
      throw translated(error, call, receipt, this.whom);
    }
  }

  async #authorized<T>(call: RestCall<T>, sending: Sending, sender: Sender): Promise<T> {
    const { minted } = this.connection;
    const tokens = this.#token;
    if (!tokens || !minted) return this.#repeatable(call, sending, sender);
    const token = await this.#tokenBy(() => tokens.get(), sending);
    try {
      return await this.#repeatable(call, { ...sending, headers: minted.headers(token) }, sender);
    } catch (error) {
      if (!(error instanceof VendorError) || error.status !== 401) throw error;
      const renewed = await this.#tokenBy(() => tokens.replace(token), sending);
      return this.#repeatable(call, { ...sending, headers: minted.headers(renewed) }, sender);
    }
  }

  /** What the vendor said when it gave no token is told of every call that wanted one. */
  async #tokenBy(get: () => Promise<string>, { signal, receipt }: Sending): Promise<string> {
    try {
      return await beforeAbort(get, signal);
    } catch (error) {
      receipt.words = this.#noToken;
      throw error;
    }
  }

  async #repeatable<T>(call: RestCall<T>, sending: Sending, sender: Sender): Promise<T> {
    const { receipt, signal } = sending;
    this.#retries.call();
    try {
      return await this.#exchanges.once(call, sending);
    } catch (error) {
      const isRepeatable = error instanceof Unanswered && call.does === 'read' && !receipt.retried && !signal.aborted;
      if (!isRepeatable || !this.#gate.mayRepeat() || !this.#retries.take() || !sender.take()) throw error;
      receipt.retried = true;
      await moment(signal);
      this.#retries.call();
      return this.#exchanges.once(call, sending);
    }
  }

  /** Asks for a token, under a deadline of its own: whoever began it may leave, and the others still get it. */
  async #mint(call: RestCall<MintedToken>): Promise<MintedToken> {
    const receipt = newReceipt();
    const late = () => {
      this.#gate.note(null, 'silent');
      return this.#late();
    };
    try {
      const send = (signal: Signal) => this.#exchanges.once(call, { headers: {}, signal, receipt, pass: null });
      return await within(this.bounds.readTimeoutMs, late, isKept, send);
    } catch (error) {
      throw translated(error, call, receipt, this.whom);
    } finally {
      this.#noToken = receipt.words;
    }
  }

  #note(error: VendorError): void {
    const answeredAt = this.#seen?.answeredAt ?? null;
    const { code, message, retryAfterSeconds } = error;
    if (outages.includes(code)) this.#seen = { answeredAt, error: { code, message, retryAfterSeconds } };
    else if (answers.includes(code)) this.#seen = { answeredAt: new Date(), error: null };
  }

  #late(): VendorError {
    return new VendorError('VENDOR_TIMEOUT', this.whom);
  }
}

/** A refusal that came before the deadline stands. */
function isKept(error: unknown): boolean {
  return error instanceof VendorError;
}

/** A call that ended because another of its operation had no answer by its deadline has had none either. */
function abandonedAs({ reason }: Signal, { operation }: Sender): Leaving {
  const isOfSilence = reason instanceof VendorError && reason.code === 'VENDOR_TIMEOUT';
  return isOfSilence && !operation.isOver ? 'silent' : 'dropped';
}

function moment(signal: Signal): Promise<void> {
  const { from, to } = retryAfterMs;
  return beforeAbort(() => new Promise((resolve) => setTimeout(resolve, from + Math.random() * (to - from))), signal);
}
