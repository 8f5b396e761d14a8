import { Breaker, type BreakerState } from './breaker.js';
import { systemClock, type Clock } from './clock.js';
import { Pause, type Wish } from './pause.js';
import { Places, type Leaving } from './places.js';
import { Quota } from './quota.js';
import { pausePatienceMs, refusedFor, type Refused, type Pass, type Ticket } from './ticket.js';
import { Trust } from './trust.js';
import { Waiting } from './waiting.js';

/** What a call told of its source: it answered, it failed, or nothing came by the deadline. */
export type Verdict = 'good' | 'bad' | 'silent';

/** What holds of a source at this moment. */
export interface GateState {
  readonly breaker: BreakerState;
  /** In so many seconds the next call may go; null where one may go now. */
  readonly retryAfterSeconds: number | null;
  /** Calls under way. */
  readonly inFlight: number;
  /** Calls that wait at the gate, and the operations that they are of. */
  readonly waiting: number;
  readonly waitingOperations: number;
  /** Of `requestsPerMinute`; null where that is not set. */
  readonly minuteLeft: number | null;
}

/** Of the mean duration of a call, so much is the last one. */
const weight = 0.2;

/**
 * Who may call one source, and when: so many at once, so many a minute, nobody while the source wants to be left alone,
 * and nobody but one who tries while it is out of order. Who must wait is served in turn.
 */
export class Gate {
  readonly #places: Places;
  readonly #quota: Quota;
  readonly #pause: Pause;
  readonly #breaker: Breaker;
  readonly #trust: Trust;
  readonly #waiting: Waiting;
  /** When the source last answered anybody, or was asked after having had nothing to do. */
  #heardAt = 0;
  /** The last call to end was given up after its deadline. */
  #isSilent = false;
  #meanMs = 0;

  /** `perMinute` null: as many as anybody likes. `timeoutMs`: what the source is given for an answer. */
  constructor(
    places: number,
    perMinute: number | null,
    private readonly clock: Clock = systemClock,
    timeoutMs = Infinity,
  ) {
    this.#places = new Places(places);
    this.#quota = new Quota(perMinute, clock);
    this.#pause = new Pause(clock);
    this.#breaker = new Breaker(clock);
    this.#trust = new Trust(clock, timeoutMs);
    this.#waiting = new Waiting(clock, {
      admit: (ticket, silentMs) => this.#admit(ticket, silentMs),
      isFree: () => this.#isFree,
      refusal: (ticket) => this.#refusal(ticket),
      silentSince: () => this.#silentSince,
      pausedMs: () => this.#pause.leftMs,
      changesInMs: () => this.#pause.leftMs || this.#quota.waitMs(0),
    });
  }

  /** Lets a call through, at once where that is possible. Throws or rejects with `Refused`, or why nobody waits any more. */
  enter(ticket: Ticket): Pass | Promise<Pass> {
    ticket.signal.throwIfAborted();
    const { refusesMs } = this.#breaker;
    if (refusesMs > 0) throw refusedFor('VENDOR_UNAVAILABLE', refusesMs);
    if (this.#waiting.size === 0 && this.#isFree) return this.#admit(ticket, 0);
    this.#refuseTooLong(ticket);
    return this.#waiting.add(ticket);
  }

  /** Gives a pass back; the next one goes in. */
  leave(pass: Pass, how: Leaving): void {
    this.#places.leave(pass.age, how);
    this.#breaker.withdraw(pass.admission);
    if (how !== 'dropped') this.#isSilent = how === 'silent';
    if (how === 'answered') this.#meanMs += weight * (this.clock.now() - pass.since - this.#meanMs);
    this.#waiting.serve();
  }

  /** Notes what became of one exchange; `pass` null: of one that no call stands for, such as a token's. */
  note(pass: Pass | null, verdict: Verdict): void {
    if (verdict !== 'silent') this.#heardAt = this.clock.now();
    const isGood = verdict === 'good';
    if (!isGood) this.#trust.lose();
    if (isGood && pass?.age === this.#places.age) {
      this.#trust.win();
      this.#pause.calm();
      this.#places.grow();
    }
    const changed = this.#breaker.note(pass?.admission ?? null, isGood);
    if (changed === 'closed') this.#places.startOver();
    if (changed === 'opened') this.#waiting.refuseAll(refusedFor('VENDOR_UNAVAILABLE', this.#breaker.refusesMs));
  }

  /** The source wants to be left alone: nobody goes in until then, and one alone goes first. */
  pause(pass: Pass | null, wish: Wish): void {
    if (pass && pass.age !== this.#places.age) this.#pause.repeat(wish);
    else {
      this.#pause.begin(wish);
      this.#places.startOver();
    }
    this.#waiting.refuseLate();
  }

  /** Whether a call that is inside may be sent once more; it counts as one more then. */
  mayRepeat(): boolean {
    if (this.#breaker.state !== 'closed' || this.#pause.leftMs > 0 || !this.#quota.isFree) return false;
    this.#quota.take();
    return true;
  }

  get state(): GateState {
    const waitMs = Math.max(this.#breaker.refusesMs, this.#pause.leftMs, this.#quota.waitMs(0));
    return {
      breaker: this.#breaker.state,
      retryAfterSeconds: waitMs > 0 ? Math.ceil(waitMs / 1000) : null,
      inFlight: this.#places.taken,
      waiting: this.#waiting.size,
      waitingOperations: this.#waiting.operations,
      minuteLeft: this.#quota.left,
    };
  }

  get #isFree(): boolean {
    if (!this.#places.isFree || !this.#quota.isFree || this.#pause.leftMs > 0 || this.#breaker.refusesMs > 0)
      return false;
    return this.#isTrusted;
  }

  /** Whether it may have one more beside those it has; of a source that is out of order the breaker lets one try in any case. */
  get #isTrusted(): boolean {
    return this.#breaker.state !== 'closed' || this.#trust.bears(this.#places.taken, this.#heardAt);
  }

  get #silentSince(): number | null {
    const isAsked = this.#places.taken > 0 || this.#isSilent;
    return isAsked && this.#pause.leftMs === 0 ? this.#heardAt : null;
  }

  #admit({ operation, timeoutMs }: Ticket, silentMs: number): Pass {
    const since = this.clock.now();
    if (this.#places.taken === 0 && !this.#isSilent) this.#heardAt = since;
    this.#places.take();
    this.#quota.take();
    operation.hasBegun = true;
    return {
      operation,
      timeoutMs: timeoutMs - silentMs,
      since,
      age: this.#places.age,
      admission: this.#breaker.admit(),
    };
  }

  /** What is known to last longer than one may wait is refused at once. */
  #refuseTooLong(ticket: Ticket): void {
    const { operation } = ticket;
    // Places that are kept back for a moment are as good as free.
    const keptBack = this.#isTrusted ? 0 : this.#places.size - this.#places.taken;
    if (this.#waiting.isFullFor(operation, keptBack)) throw refusedFor('VENDOR_BUSY', this.#turnMs);
    const patience = ticket.patienceMs();
    const quotaMs = this.#quota.waitMs(this.#waiting.ahead(operation));
    if (quotaMs > patience || this.#pause.leftMs > pausePatienceMs(ticket)) throw this.#refusal(ticket);
    // Of an operation that has its turns already the rest comes too: it is bounded by its own deadline.
    if (this.#waiting.isNew(operation) && this.#turnMs > patience) throw refusedFor('VENDOR_BUSY', this.#turnMs);
  }

  /** How long it takes until each operation that waits has had a turn, as far as the last answers tell. */
  get #turnMs(): number {
    return (this.#waiting.operations * this.#meanMs) / this.#places.size;
  }

  /** Why one cannot go in now. */
  #refusal({ operation }: Ticket): Refused {
    const { refusesMs } = this.#breaker;
    if (refusesMs > 0) return refusedFor('VENDOR_UNAVAILABLE', refusesMs);
    const { leftMs, code } = this.#pause;
    const quotaMs = this.#quota.waitMs(this.#waiting.ahead(operation));
    if (leftMs > 0 || quotaMs > 0)
      return refusedFor(leftMs > quotaMs ? code : 'VENDOR_RATE_LIMITED', Math.max(leftMs, quotaMs));
    return refusedFor('VENDOR_BUSY', this.#turnMs);
  }
}
