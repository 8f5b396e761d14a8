import { addressOf } from './address.js';
import { jsonOf, jsonOrNothing, nothingOf, quotaLeftOf, retryAfterOf } from './answer.js';
import type { Connection, MintedToken } from './connection.js';
import { beforeAbort, within } from './deadline.js';
import { VendorError, RefusedInside, codeOfStatus, codeOfWrite, type Whom } from './errors.js';
import { Gate, QuotaUsedUp } from './gate.js';
import type { ErrorCode } from '../../schema/enums.js';
import { TooLarge, openPort, type Port, type PortAnswer } from './port.js';
import type { RestCall } from './rest-call.js';
import { newReceipt, type Receipt } from './receipt.js';
import { TokenKeeper } from './token.js';

export interface Bounds {
  readonly readTimeoutMs: number;
  readonly writeTimeoutMs: number;
  readonly concurrency: number;
  readonly requestsPerMinute: number | null;
  readonly maxBodyBytes: number;
}

/** What was last seen of a source: when it last answered well, and what has been wrong since. */
export interface Seen {
  readonly answeredAt: Date | null;
  readonly error: VendorError | null;
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

const refusalBytes = 64 * 1024;

/** How one source is reached, for as long as the process runs: its sockets, its places, its token. */
export class Transport {
  readonly #port: Port;
  readonly #gate: Gate;
  readonly #token: TokenKeeper | undefined;
  #seen: Seen | null = null;

  constructor(
    readonly whom: Whom,
    readonly connection: Connection,
    private readonly bounds: Bounds,
  ) {
    this.#port = openPort(bounds.concurrency);
    this.#gate = new Gate(bounds.concurrency, bounds.requestsPerMinute);
    const { minted } = connection;
    if (minted) this.#token = new TokenKeeper(() => this.#mint(minted.call));
  }

  /**
   * Sends a call once, and once more only where a 401 proves that nothing was done and a token can be renewed.
   * `waiting` ends the wait; the deadline covers token, connect, headers, body and parse. Rejects with a `VendorError`.
   */
  async send<T>(call: RestCall<T>, waiting: AbortSignal, receipt: Receipt): Promise<T> {
    const leave = await this.#enter(call, waiting, receipt);
    const began = performance.now();
    const deadlineMs = call.does === 'write' ? this.bounds.writeTimeoutMs : this.bounds.readTimeoutMs;
    try {
      const answer = await this.#within(deadlineMs, (signal) => this.#authorized(call, signal, receipt), waiting);
      this.#seen = { answeredAt: new Date(), error: null };
      return answer;
    } catch (error) {
      const translated = this.#translated(error, call, receipt);
      if (!waiting.aborted) this.#note(translated);
      throw translated;
    } finally {
      if (receipt.status !== null) receipt.durationMs = Math.round(performance.now() - began);
      leave();
    }
  }

  /** What was last seen of the source; null before anybody has asked it. */
  get seen(): Seen | null {
    return this.#seen;
  }

  close(): void {
    this.#port.close();
  }

  #note(error: unknown): void {
    if (!(error instanceof VendorError)) return;
    const answeredAt = this.#seen?.answeredAt ?? null;
    if (outages.includes(error.code)) this.#seen = { answeredAt, error };
    else if (answers.includes(error.code)) this.#seen = { answeredAt: new Date(), error: null };
  }

  /** Asks for a token, under a deadline of its own: whoever began it may leave, and the others still get it. */
  async #mint(call: RestCall<MintedToken>): Promise<MintedToken> {
    const receipt = newReceipt();
    try {
      return await this.#within(this.bounds.readTimeoutMs, (signal) => this.#once(call, {}, signal, receipt));
    } catch (error) {
      throw this.#translated(error, call, receipt);
    }
  }

  async #enter(call: RestCall<unknown>, waiting: AbortSignal, receipt: Receipt): Promise<() => void> {
    const mustWait = this.#gate.isFull;
    const began = performance.now();
    try {
      return await this.#gate.enter(this.bounds.readTimeoutMs, waiting);
    } catch (error) {
      throw this.#translated(error, call, receipt);
    } finally {
      if (mustWait) receipt.waitedMs = Math.round(performance.now() - began);
    }
  }

  async #authorized<T>(call: RestCall<T>, signal: AbortSignal, receipt: Receipt): Promise<T> {
    const { minted } = this.connection;
    const tokens = this.#token;
    if (!tokens || !minted) return this.#once(call, {}, signal, receipt);
    const token = await beforeAbort(() => tokens.get(), signal);
    try {
      return await this.#once(call, minted.headers(token), signal, receipt);
    } catch (error) {
      if (!(error instanceof VendorError) || error.status !== 401) throw error;
      const renewed = await beforeAbort(() => tokens.replace(token), signal);
      return this.#once(call, minted.headers(renewed), signal, receipt);
    }
  }

  async #once<T>(
    call: RestCall<T>,
    headers: Readonly<Record<string, string>>,
    signal: AbortSignal,
    receipt: Receipt,
  ): Promise<T> {
    const url = addressOf(this.connection.url, call.path);
    Object.assign(receipt, { attempts: receipt.attempts + 1, sent: false, status: null, head: null });
    const answer = await this.#port.send(url, {
      method: call.method,
      headers: {
        accept: 'application/json',
        // TestRail wants the type on reads too, and it harms nowhere.
        'content-type': 'application/json',
        ...this.connection.headers,
        ...headers,
      },
      body: call.body && JSON.stringify(call.body),
      signal,
      onSent: () => (receipt.sent = true),
    });
    receipt.head = answer.status;
    receipt.quotaLeft = quotaLeftOf(answer.headers);
    return answer.status >= 200 && answer.status < 300
      ? await this.#accepted(call, answer, receipt)
      : await this.#refused(call, answer, receipt);
  }

  async #accepted<T>(call: RestCall<T>, answer: PortAnswer, receipt: Receipt): Promise<T> {
    const text = await answer.text(this.bounds.maxBodyBytes);
    receipt.status = answer.status;
    const body = call.answersNothing
      ? nothingOf(text, answer.headers)
      : jsonOf(text, answer.headers, this.connection.bannerBeforeJson);
    return call.parse(body, answer.headers);
  }

  async #refused<T>(call: RestCall<T>, answer: PortAnswer, receipt: Receipt): Promise<T> {
    const { status } = answer;
    if (status < 400) answer.discard();
    // A refusal stands by its status, however its body ends; only a write must have seen the whole of it.
    const words =
      status < 400
        ? ''
        : await answer.text(refusalBytes).catch((error: unknown) => {
            if (call.does === 'write' && !(error instanceof TooLarge)) throw error;
            return '';
          });
    Object.assign(receipt, { status, words });
    const rescued = call.rescue?.(status, jsonOrNothing(words));
    if (rescued !== undefined) return rescued;
    const unknown = (call.unknownAt ?? [404]).includes(status);
    const code = unknown ? 'NOT_FOUND' : (this.connection.codes?.[status] ?? codeOfStatus(status));
    throw new VendorError(code, this.whom, status, retryAfterOf(answer.headers, Date.now()));
  }

  #within<T>(ms: number, run: (signal: AbortSignal) => Promise<T>, waiting?: AbortSignal): Promise<T> {
    const late = () => new VendorError('VENDOR_TIMEOUT', this.whom);
    return within(ms, late, (error) => error instanceof VendorError, run, waiting);
  }

  #translated(error: unknown, call: RestCall<unknown>, receipt: Receipt): unknown {
    const known = error instanceof VendorError ? error : null;
    const code = known?.code ?? this.#codeOf(error, receipt);
    if (call.does === 'read') return known ?? new VendorError(code, this.whom, receipt.head, quotaWait(error), error);
    const outcome = error instanceof RefusedInside ? code : codeOfWrite(code, receipt.sent, receipt.status);
    if (known && outcome === known.code) return known;
    return new VendorError(outcome, this.whom, receipt.status, quotaWait(error), error);
  }

  #codeOf(error: unknown, receipt: Receipt) {
    if (error instanceof QuotaUsedUp) return 'VENDOR_RATE_LIMITED';
    if (error instanceof RefusedInside) return error.code;
    // Before the answer's head it is the network; after it, the answer itself.
    return isNetwork(error) && receipt.head === null ? 'VENDOR_UNAVAILABLE' : 'VENDOR_BAD_RESPONSE';
  }
}

function quotaWait(error: unknown): number | null {
  return error instanceof QuotaUsedUp ? error.retryAfterSeconds : null;
}

/** node-fetch's own error for what happened before an answer's head came. */
function isNetwork(error: unknown): boolean {
  return error instanceof Error && error.name === 'FetchError' && (error as { type?: string }).type === 'system';
}
