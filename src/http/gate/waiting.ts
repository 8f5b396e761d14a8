import type { Clock } from './clock.js';
import { pausePatienceMs, Refused, type Operation, type Pass, type Ticket } from './ticket.js';
import { Turns } from './turns.js';

/** So many operations may wait at one source; of one more nothing is sent. */
const mostOperations = 64;
/** Those who wait are looked after so often. */
const tickMs = 20;

/** What those who wait must know of the gate. */
export interface GateView {
  admit(ticket: Ticket, silentMs: number): Pass;
  isFree(): boolean;
  /** Why this one cannot go in. */
  refusal(ticket: Ticket): Refused;
  /** Since when the source that is being asked has answered nobody; null while nobody is asking it. */
  silentSince(): number | null;
  /** For how long the source wants to be left alone. */
  pausedMs(): number;
  /** When somebody may go in without anybody's leaving; 0 when nobody knows. */
  changesInMs(): number;
}

interface Waiter {
  readonly ticket: Ticket;
  readonly since: number;
  readonly until: number;
  /** So long it may wait for a source that wants to be left alone. */
  readonly pausedUntil: number;
  admit(pass: Pass): void;
  refuse(error: unknown): void;
}

/** Those who wait at a gate: served in turn, and let go when their time is over or the source has been silent too long. */
export class Waiting {
  readonly #turns = new Turns<Operation, Waiter>();
  #stopTick: (() => void) | null = null;

  constructor(
    private readonly clock: Clock,
    private readonly gate: GateView,
  ) {}

  get size(): number {
    return this.#turns.size;
  }

  get operations(): number {
    return this.#turns.operations;
  }

  isNew(operation: Operation): boolean {
    return !this.#turns.has(operation);
  }

  /** Whether one more operation is one too many, beside so many that will have a place at once. */
  isFullFor(operation: Operation, placed: number): boolean {
    return this.#turns.operations >= mostOperations + placed && !operation.hasBegun && this.isNew(operation);
  }

  ahead(operation: Operation): number {
    return this.#turns.ahead(operation);
  }

  add(ticket: Ticket): Promise<Pass> {
    const { operation, signal } = ticket;
    return new Promise((resolve, reject) => {
      const end = () => {
        signal.removeEventListener('abort', stop);
        this.#turns.remove(operation, waiter);
        this.#tickLater();
      };
      const since = this.clock.now();
      const waiter: Waiter = {
        ticket,
        since,
        until: since + ticket.patienceMs(),
        pausedUntil: since + pausePatienceMs(ticket),
        admit: (pass) => (end(), resolve(pass)),
        refuse: (error) => (end(), reject(error)),
      };
      const stop = () => waiter.refuse(operation.isOver ? this.#timeUp(ticket) : signal.reason);
      signal.addEventListener('abort', stop, { once: true });
      this.#turns.add(operation, waiter);
      this.#tickLater();
    });
  }

  /** Lets in as many as may go. */
  serve(): void {
    while (this.#turns.size > 0 && this.gate.isFree()) {
      const waiter = this.#turns.next()!;
      waiter.admit(this.gate.admit(waiter.ticket, this.#silentMs(waiter)));
    }
    this.#tickLater();
  }

  refuseAll(refusal: Refused): void {
    for (const waiter of this.#turns.all()) waiter.refuse(refusal);
  }

  /** Those who cannot wait for as long as the source wants to be left alone go at once. */
  refuseLate(): void {
    const now = this.clock.now();
    const pausedMs = this.gate.pausedMs();
    for (const waiter of this.#turns.all()) {
      const isLate = waiter.until < now + pausedMs || (pausedMs > 0 && waiter.pausedUntil < now + pausedMs);
      if (isLate) waiter.refuse(this.#timeUp(waiter.ticket));
    }
  }

  /** Whose time ends before any of its calls had a place is told what it lacked; else it is its own time that was too short. */
  #timeUp(ticket: Ticket): Refused {
    const { isOver, hasBegun } = ticket.operation;
    return isOver && hasBegun ? new Refused('VENDOR_TIMEOUT', null) : this.gate.refusal(ticket);
  }

  /** How much of the wait was for a source that answered nobody. */
  #silentMs({ since }: Waiter): number {
    const silentSince = this.gate.silentSince();
    return silentSince === null ? 0 : this.clock.now() - Math.max(since, silentSince);
  }

  #tick(): void {
    this.refuseLate();
    for (const waiter of this.#turns.all())
      if (this.#silentMs(waiter) >= waiter.ticket.timeoutMs) waiter.refuse(new Refused('VENDOR_TIMEOUT', null));
    this.serve();
  }

  #tickLater(): void {
    if (this.#turns.size === 0) {
      this.#stopTick?.();
      this.#stopTick = null;
    } else if (!this.#stopTick) {
      const changesIn = this.gate.changesInMs();
      this.#stopTick = this.clock.after(changesIn > 0 ? Math.min(tickMs, changesIn) : tickMs, () => {
        this.#stopTick = null;
        this.#tick();
      });
    }
  }
}
