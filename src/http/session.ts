import { addressOf } from './address.js';
import { Allowance } from './allowance.js';
import { beforeAbort } from './deadline.js';
import { Ending, type Signal } from './ending.js';
import { VendorError, type Whom } from './errors.js';
import type { Operation } from './gate/ticket.js';
import type { JsonObject, RestCall } from './rest-call.js';
import { newReceipt, type Receipt } from './receipt.js';
import type { Sender } from './sender.js';
import { type Transport } from './transport.js';

/** What one request used of one source; `calls` leaves out token calls. */
export interface Upstream {
  readonly source: string;
  calls: number;
  cacheHits: number;
  shared: number;
  waitedMs: number;
  quotaLeft: number | null;
}

/** How one call ended. */
export interface CallEnded {
  readonly receipt: Receipt;
  /** Null when it was answered well. */
  readonly error: VendorError | null;
  /** It ended since nobody waited for it any more: no trouble of the source. */
  readonly abandoned: boolean;
}

/** Told that a call begins; what it gives back is told how it ended. For logs, metrics and traces. */
export type OnCall = (call: RestCall<unknown>, whom: Whom) => (ended: CallEnded) => void;

/** Told when a read begins, and given back how to tell that it ended: batches wait for it. */
export type Track = () => () => void;

export interface SessionOptions {
  readonly track?: Track;
  readonly onCall?: OnCall;
  /** Shared by all sessions of one request. */
  readonly allowance?: Allowance;
  /** Nothing is sent: reads are noted in `planned`, and fail as if their source could not be reached. */
  readonly explains?: boolean;
}

/** A read that would be sent. */
export interface PlannedRead {
  readonly method: string;
  /** Absolute, without credentials. */
  readonly url: string;
  readonly body: JsonObject | null;
}

const nobody = () => () => {};

/** One request's way to one source: what it sends is counted, and ends when its client leaves. */
export class Session {
  readonly upstream: Upstream;
  readonly #gone = new Ending();
  readonly #track: Track;
  readonly #onCall: OnCall;
  readonly #allowance: Allowance;
  readonly #operation: Operation;
  readonly #reader: Sender;
  #touched = false;
  #oldest = Infinity;
  /** What would be sent, where nothing is; null where everything is sent. */
  readonly planned: PlannedRead[] | null;

  constructor(
    private readonly transport: Transport,
    { track = nobody, onCall = nobody, allowance = new Allowance(), explains = false }: SessionOptions = {},
  ) {
    this.planned = explains ? [] : null;
    this.#track = track;
    this.#onCall = onCall;
    this.#allowance = allowance;
    this.#operation = new OperationHere(allowance);
    const take = () => allowance.take();
    this.#reader = { operation: this.#operation, patienceMs: () => allowance.patienceMs, take };
    this.upstream = { source: transport.whom.source, calls: 0, cacheHits: 0, shared: 0, waitedMs: 0, quotaLeft: null };
  }

  get whom() {
    return this.transport.whom;
  }

  get url(): string {
    return this.transport.connection.url;
  }

  /** Whether anything was asked of the source, even if not more than a token came of it. */
  get touched(): boolean {
    return this.#touched;
  }

  /** Sends a read. A source that has let one of this request's reads time out is not waited for again. */
  async read<T>(call: RestCall<T>): Promise<T> {
    const done = this.#track();
    try {
      if (!this.#allowance.take()) throw new VendorError('QUERY_TOO_EXPENSIVE', this.whom);
      return await this.#send(call, this.#gone, newReceipt(), this.#reader);
    } catch (error) {
      if (error instanceof VendorError && error.code === 'VENDOR_TIMEOUT') this.#gone.come(() => error);
      throw error;
    } finally {
      done();
    }
  }

  /** Sends a read that others may wait for as well; only `waiting` ends it. It is counted and paid for here. */
  lead<T>(call: RestCall<T>, waiting: Signal): Promise<T> {
    if (!this.#allowance.take()) return Promise.reject(new VendorError('QUERY_TOO_EXPENSIVE', this.whom));
    return this.#send(call, waiting, newReceipt(), this.#reader);
  }

  /** Waits for a read that is under way, as long as this request waits for anything of the source. */
  async waitFor<T>(answer: Promise<T>): Promise<T> {
    const done = this.#track();
    try {
      this.#touched = true;
      return await beforeAbort(() => answer, this.#gone);
    } catch (error) {
      if (error instanceof VendorError && error.code === 'VENDOR_TIMEOUT') this.#gone.come(() => error);
      throw error;
    } finally {
      done();
    }
  }

  /** Why this request waits no longer; undefined while it does. */
  get ended(): unknown {
    return this.#gone.reason;
  }

  /** Something was found that was read for others: under way still, or kept since `at`, in milliseconds of `Date.now()`. */
  found(how: 'shared' | 'cacheHits', at = Infinity): void {
    this.#touched = true;
    this.upstream[how] += 1;
    this.isFrom(at);
  }

  /** Something that it tells is as it was then; 0: it may be otherwise in a moment. */
  isFrom(at: number): void {
    this.#oldest = Math.min(this.#oldest, at);
  }

  /** When the oldest of what was kept was read; Infinity where nothing was. */
  get oldest(): number {
    return this.#oldest;
  }

  /** Sends a write, once, to its end: nobody's leaving stops it. It waits for its turn no longer than it may take. */
  write<T>(call: RestCall<T>, receipt: Receipt): Promise<T> {
    const patienceMs = Math.min(this.#allowance.patienceMs, this.transport.timeoutMs(call));
    const writer = { operation: this.#operation, patienceMs: () => patienceMs, take: () => true };
    return this.#send(call, new Ending(), receipt, writer);
  }

  /** How long what is done for this request may still wait for its turn. */
  get patienceMs(): number {
    return this.#allowance.patienceMs;
  }

  /** The client has left: what reads ends now. */
  leave(): void {
    this.#gone.come(() => new VendorError('VENDOR_UNAVAILABLE', this.whom));
  }

  /** The operation's time is over: what reads ends now. */
  expire(): void {
    this.#gone.come(() => new VendorError('VENDOR_TIMEOUT', this.whom));
  }

  /** Notes a read instead of sending it, where this request only wants to know what would be sent. */
  plan({ method, path, body }: RestCall<unknown>): void {
    this.planned?.push({ method, url: addressOf(this.url, path), body: body ?? null });
  }

  async #send<T>(call: RestCall<T>, waiting: Signal, receipt: Receipt, sender: Sender): Promise<T> {
    this.#touched = true;
    if (this.planned) {
      this.plan(call);
      throw new VendorError('VENDOR_UNAVAILABLE', this.whom);
    }
    const ended = this.#onCall(call, this.whom);
    try {
      const answer = await this.transport.send(call, waiting, receipt, sender);
      ended({ receipt, error: null, abandoned: false });
      return answer;
    } catch (error) {
      if (error instanceof VendorError) ended({ receipt, error, abandoned: waiting.aborted });
      throw error;
    } finally {
      this.upstream.calls += receipt.attempts;
      this.upstream.waitedMs += receipt.waitedMs;
      this.upstream.quotaLeft = receipt.quotaLeft ?? this.upstream.quotaLeft;
    }
  }
}

/** What one request does at one source, as the gate sees it. */
class OperationHere implements Operation {
  hasBegun = false;
  readonly #allowance: Allowance;

  constructor(allowance: Allowance) {
    this.#allowance = allowance;
  }

  get isOver(): boolean {
    return this.#allowance.leftMs === 0;
  }
}
