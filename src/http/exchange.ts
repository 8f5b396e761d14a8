import { addressOf } from './address.js';
import { NotJson, jsonOf, jsonOrNothing, nothingOf, quotaLeftOf, retryAfterOf } from './answer.js';
import type { Body } from './body.js';
import { Slot } from '../memory/slot.js';
import type { Connection } from './connection.js';
import type { Signal } from './ending.js';
import { VendorError, codeOfStatus, type Whom } from './errors.js';
import type { Gate } from './gate/gate.js';
import type { Pass } from './gate/ticket.js';
import { SeenHeaders } from './last-answer.js';
import { Broken, CutShort, TooLarge, type Port, type PortAnswer } from './port.js';
import type { Receipt } from './receipt.js';
import type { AnswerHeaders, RestCall } from './rest-call.js';
import { wishOf } from './wish.js';

const refusalBytes = 64 * 1024;
/** TestRail wants the type on reads too, and it harms nowhere. */
const usual = { accept: 'application/json', 'content-type': 'application/json' };

/** How one call is put on the wire once: with which headers, until when, and by which pass of the gate. */
export interface Sending {
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: Signal;
  readonly receipt: Receipt;
  /** Null for what the gate does not count, such as asking for a token. */
  readonly pass: Pass | null;
}

/** Requests to one source and what their answers mean; the gate is told what each says of the source. */
export class Exchanges {
  /** Of each call to the source; what a call has of its own comes to them. */
  readonly #headers: Readonly<Record<string, string>>;
  /** Of calls that are sent again and again. */
  readonly #addresses = new Slot<RestCall<unknown>, string>();

  constructor(
    private readonly whom: Whom,
    private readonly connection: Connection,
    private readonly maxBodyBytes: number,
    private readonly port: Port,
    private readonly gate: Gate,
  ) {
    this.#headers = { ...usual, ...connection.headers };
  }

  /** Sends a call once. */
  async once<T>(call: RestCall<T>, sending: Sending): Promise<T> {
    const { signal, pass } = sending;
    try {
      const meant = await this.#send(call, sending);
      this.gate.note(pass, 'good');
      return meant;
    } catch (error) {
      // What was ended by a deadline is told by it; what was ended by those who waited tells nothing.
      const verdict = signal.aborted ? null : verdictOf(error, sending.receipt);
      if (verdict) this.gate.note(pass, verdict);
      throw error;
    }
  }

  async #send<T>(call: RestCall<T>, { headers, signal, receipt, pass }: Sending): Promise<T> {
    const url = this.#addressOf(call);
    if (receipt.attempts > 0) receipt.earlier.push(receipt.status);
    Object.assign(receipt, { attempts: receipt.attempts + 1, sent: false, status: null, head: null });
    const answer = await this.port.send(url, {
      method: call.method,
      headers: Object.assign({}, this.#headers, headers),
      body: call.body && JSON.stringify(call.body),
      signal,
      onSent: () => (receipt.sent = true),
    });
    receipt.head = answer.status;
    receipt.quotaLeft = quotaLeftOf(answer.headers);
    const wish = wishOf(answer.status, answer.headers, Date.now(), Math.random);
    if (wish) this.gate.pause(pass, wish);
    return answer.status >= 200 && answer.status < 300
      ? await this.#accepted(call, answer, receipt)
      : await this.#refused(call, answer, receipt);
  }

  #addressOf(call: RestCall<unknown>): string {
    const before = this.#addresses.get(call);
    if (before !== undefined) return before;
    const address = addressOf(this.connection.url, call.path);
    if (call.last) this.#addresses.set(call, address);
    return address;
  }

  async #accepted<T>(call: RestCall<T>, answer: PortAnswer, receipt: Receipt): Promise<T> {
    const body = await answer.body(this.maxBodyBytes);
    receipt.status = answer.status;
    const { last } = call;
    if (!last) return this.#meaningOf(call, body.text(), answer.headers);
    const before = last.same(body, answer.headers);
    if (before) return before.meant;
    const headers = new SeenHeaders(answer.headers);
    const meant = this.#meaningOf(call, body.text(), headers);
    last.keep(body, headers, meant);
    return meant;
  }

  #meaningOf<T>(call: RestCall<T>, text: string, headers: AnswerHeaders): T {
    const body = call.answersNothing
      ? nothingOf(text, headers)
      : jsonOf(text, headers, this.connection.bannerBeforeJson);
    return call.parse(body, headers);
  }

  async #refused<T>(call: RestCall<T>, answer: PortAnswer, receipt: Receipt): Promise<T> {
    const { status } = answer;
    if (status < 400) answer.discard();
    // A refusal stands by its status, however its body ends; only a write must have seen the whole of it.
    const words =
      status < 400
        ? ''
        : await answer.body(refusalBytes).then(textOf, (error: unknown) => {
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
}

const textOf = (body: Body) => body.text();

/** What a failed exchange says of its source; null where it was not asked at all. */
function verdictOf(error: unknown, { head }: Receipt): 'good' | 'bad' | null {
  if (error instanceof VendorError) return error.status !== null && error.status >= 500 ? 'bad' : 'good';
  if (error instanceof Broken || error instanceof NotJson || error instanceof CutShort || error instanceof TooLarge)
    return 'bad';
  // JSON of another shape, or a refusal inside it: it is the endpoint, or the request, and not the source.
  return head === null ? null : 'good';
}
