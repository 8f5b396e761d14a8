import type { Request } from '../../graph/request.js';
import type { OnCall } from '../../http/session.js';
import { Slot } from '../../memory/slot.js';

/** What was asked; unknown for what was refused before anybody read it. */
export type Kind = 'query' | 'mutation' | 'dataset' | 'unknown';

/**
 * ok: all of it was answered · partial: some of it, with errors beside it · refused: by us, before anything was done · failed:
 * nothing of it could be answered · cancelled: its client left before the answer was out.
 */
export type Outcome = 'ok' | 'partial' | 'refused' | 'failed' | 'cancelled';

/** What one operation used of one source beside what `Request.upstream` tells of it. */
export interface Spent {
  /** Of all its calls together, without their waiting for a place. */
  ms: number;
}

const longestName = 128;
/** Codes are ours; whatever looks otherwise is none. */
const codePattern = /^[A-Z][A-Z_]{0,39}$/;
const mostCodes = 20;

/** One operation from its first byte to the last thing that is done for it: what is told of it by log, metrics and traces. */
export class Operation {
  kind: Kind;
  /** As the client named it; null where it did not. */
  name: string | null = null;
  cost: number | null = null;
  /** Of a dataset. */
  rows: number | null = null;
  /** How often each code stands in the answer. */
  readonly codes = new Map<string, number>();
  /** By source. */
  readonly spent = new Map<string, Spent>();
  readonly began: number;
  /** Null until its answer is out, or nobody waits for it any more. */
  ms: number | null = null;
  /** Null when no answer went out. */
  status: number | null = null;
  request: Pick<Request, 'caller' | 'upstream'> | null = null;
  #told: Outcome | null = null;
  #holds = 0;
  #isOver = false;

  constructor(
    readonly requestId: string,
    isDataset: boolean,
    /** W3C's header, unread. */
    readonly traceParent: string | null,
    private readonly onEnd: (operation: Operation) => void,
    /** When its first byte came, in milliseconds of `Date.now()`. */
    readonly beganAt = Date.now(),
  ) {
    this.began = performance.now() - Math.max(0, Date.now() - beganAt);
    this.kind = isDataset ? 'dataset' : 'unknown';
  }

  /**
   * It goes on until what this gives is called: its answer, its handler, each of its calls. It ends once: a call may still begin, and
   * fail at once, when its client has left and all else is over.
   */
  hold(): () => void {
    this.#holds += 1;
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      this.#holds -= 1;
      if (this.#holds > 0 || this.#isOver) return;
      this.#isOver = true;
      this.onEnd(this);
    };
  }

  named(name: string | null | undefined): void {
    this.name = name ? name.slice(0, longestName) : null;
  }

  addCode(code: unknown): void {
    if (typeof code !== 'string' || !codePattern.test(code)) return;
    if (this.codes.size < mostCodes || this.codes.has(code)) this.codes.set(code, (this.codes.get(code) ?? 0) + 1);
  }

  /** A browser that was only shown the way to the page: nothing was asked. */
  get isPassedOn(): boolean {
    return this.status !== null && this.status >= 300 && this.status < 400;
  }

  /** Refused before it began, since there was too much to do. */
  get isShed(): boolean {
    return this.status === 503 && !this.isTold && this.outcome === 'refused';
  }

  /** How it was answered, as those know who answer it. The first word counts. */
  tell(outcome: Outcome): void {
    this.#told ??= outcome;
  }

  /** Whether its handler has said how it was answered. */
  get isTold(): boolean {
    return this.#told !== null;
  }

  /** Its answer is out, or its client gone. */
  close(status: number | null): void {
    this.ms = Math.round(performance.now() - this.began);
    this.status = status;
    if (status === null && this.#told !== 'failed') this.#told = 'cancelled';
  }

  get outcome(): Outcome {
    if (this.#told) return this.#told;
    const status = this.status ?? 500;
    if (status < 400) return 'ok';
    const isVendors = [...this.codes.keys()].some((code) => code.startsWith('VENDOR_'));
    return status < 500 || (status === 503 && !isVendors) ? 'refused' : 'failed';
  }

  readonly onCall: OnCall = (_call, { source }) => {
    const release = this.hold();
    const began = performance.now();
    return ({ receipt }) => {
      const spent = this.spent.get(source) ?? { ms: 0 };
      if (receipt.attempts > 0) spent.ms += Math.max(0, Math.round(performance.now() - began) - receipt.waitedMs);
      this.spent.set(source, spent);
      release();
    };
  };
}

const operations = new Slot<object, Operation>();

/** The operation of a request of HTTP, or of the graph's request that was opened for it. */
export function operationOf(request: object): Operation | undefined {
  return operations.get(request);
}

export function remember(request: object, operation: Operation): void {
  operations.set(request, operation);
}
