import { setMaxListeners } from 'node:events';
import { VendorError } from './errors.js';
import type { RestCall } from './rest-call.js';
import { newReceipt, type Receipt } from './receipt.js';
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

/** Told of every call that ended badly: for the log. */
export type OnTrouble = (error: VendorError, call: RestCall<unknown>, words: string | null) => void;

/** Told when a read begins, and given back how to tell that it ended: batches wait for it. */
export type Track = () => () => void;

/** One request's way to one source: what it sends is counted, and ends when its client leaves. */
export class Session {
  readonly upstream: Upstream;
  readonly #gone = new AbortController();
  #touched = false;

  constructor(
    private readonly transport: Transport,
    private readonly track: Track,
    private readonly onTrouble: OnTrouble,
  ) {
    setMaxListeners(0, this.#gone.signal);
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
    const done = this.track();
    try {
      return await this.#send(call, this.#gone.signal, newReceipt());
    } catch (error) {
      if (error instanceof VendorError && error.code === 'VENDOR_TIMEOUT') this.#gone.abort(error);
      throw error;
    } finally {
      done();
    }
  }

  /** Sends a write, once, to its end: nobody's leaving stops it. */
  write<T>(call: RestCall<T>, receipt: Receipt): Promise<T> {
    return this.#send(call, new AbortController().signal, receipt);
  }

  /** The client has left: what reads ends now. */
  leave(): void {
    this.#gone.abort(new VendorError('VENDOR_UNAVAILABLE', this.whom));
  }

  async #send<T>(call: RestCall<T>, waiting: AbortSignal, receipt: Receipt): Promise<T> {
    this.#touched = true;
    try {
      return await this.transport.send(call, waiting, receipt);
    } catch (error) {
      // What ends because nobody waits any more is no trouble of the source.
      if (error instanceof VendorError && !waiting.aborted) this.onTrouble(error, call, receipt.words);
      throw error;
    } finally {
      this.upstream.calls += receipt.attempts;
      this.upstream.waitedMs += receipt.waitedMs;
      this.upstream.quotaLeft = receipt.quotaLeft ?? this.upstream.quotaLeft;
    }
  }
}
