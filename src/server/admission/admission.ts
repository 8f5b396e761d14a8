import { performance } from 'node:perf_hooks';
import type { Flow, Kind, Visit } from './flow.js';
import { Flows } from './flows.js';
import { Hearing } from './hearing.js';
import { LoadMeter, type Load } from './load.js';
import { Share } from './share.js';

/** Below this nothing is turned away, whatever it takes. */
const always = 64;
/** Nothing gets in above this many times the limit. */
const overfull = 2;
/** A thread that lets others wait so long takes on no more. */
const lateMs = 200;
/** Who would wait behind somebody who has waited so long is turned away. */
const patienceMs = 1_000;
const lookEveryMs = 100;
const calm: Load = { utilization: 0, stallMs: 0, isMemoryShort: false };

/** What metrics tell of it. */
export interface AdmissionCounts {
  /** Operations that are answered or wait to be. */
  readonly inFlight: number;
  /** Those of them that have not begun. */
  readonly waiting: number;
  /** Turned away since the start. */
  readonly shed: number;
}

export interface Newcomer {
  readonly caller: string;
  readonly kind: Kind;
  start(): void;
  refuse(): void;
}

/**
 * Decides who is answered now, who waits a moment, and who is turned away. What is let in begins in a turn of the event
 * loop of its own, so that between any two of them new requests are heard, and refused where they have to be.
 */
export class Admission {
  #running = 0;
  #waiting = 0;
  #shed = 0;
  #isPumping = false;
  #load: Load = calm;
  #looking: NodeJS.Timeout | undefined;
  readonly #flows = new Flows();
  readonly #hearing = new Hearing();
  readonly #share: Share;

  constructor(
    private readonly limit: number,
    private readonly meter: Pick<LoadMeter, 'start' | 'stop' | 'look'> = new LoadMeter(),
  ) {
    this.#share = new Share(limit);
  }

  get counts(): AdmissionCounts {
    return { inFlight: this.#inFlight, waiting: this.#waiting, shed: this.#shed };
  }

  /** Lets a newcomer in or turns him away. What this gives is called once, when his answer is out or nobody waits for it. */
  admit({ caller, kind, start, refuse }: Newcomer): () => void {
    this.#watch();
    this.#hearing.heard();
    const now = performance.now();
    const flow = this.#flows.of(caller, kind, now);
    if (this.#isTooMuch(flow, now) && !this.#isMadeRoomFor(flow)) {
      this.#shed += 1;
      refuse();
      return () => {};
    }
    const visit: Visit = { flow, came: now, stage: 'waiting', start, refuse };
    flow.waiting.push(visit);
    this.#waiting += 1;
    this.#flows.queue(flow);
    this.#pump();
    return () => this.#leave(visit);
  }

  /** Somebody has come who has not said yet what he wants. */
  heard(): void {
    this.#hearing.heard();
  }

  /** Looks no more, until somebody comes. */
  rest(): void {
    if (!this.#looking) return;
    clearInterval(this.#looking);
    this.#looking = undefined;
    this.#load = calm;
    this.meter.stop();
  }

  get #inFlight(): number {
    return this.#running + this.#waiting;
  }

  #isTooMuch(flow: Flow, now: number): boolean {
    if (this.#inFlight < always) return false;
    const { stallMs, isMemoryShort } = this.#load;
    return this.#inFlight >= this.limit || stallMs > lateMs || isMemoryShort || flow.waitedMs(now) > patienceMs;
  }

  /** Who has less than an equal part of what is under way gets in, in the place of the last of whoever has most. */
  #isMadeRoomFor({ caller }: Flow): boolean {
    const own = this.#flows.inFlightOf(caller);
    if (own >= this.#inFlight / this.#flows.callers) return false;
    const longest = this.#flows.longest();
    const last = longest && longest.inFlight > own + 1 ? longest.waiting.pop() : undefined;
    if (!last) return this.#inFlight < overfull * this.limit;
    this.#waiting -= 1;
    this.#shed += 1;
    last.stage = 'over';
    last.refuse();
    return true;
  }

  #leave(visit: Visit): void {
    const { flow, stage } = visit;
    visit.stage = 'over';
    if (stage === 'waiting') {
      flow.waiting.splice(flow.waiting.indexOf(visit), 1);
      this.#waiting -= 1;
    } else if (stage === 'running') {
      flow.running -= 1;
      this.#running -= 1;
      this.#pump();
    }
  }

  #pump(): void {
    if (this.#isPumping || this.#waiting === 0) return;
    this.#isPumping = true;
    setImmediate(() => {
      this.#isPumping = false;
      if (this.#hearing.isGoingOn()) return this.#pump();
      const flow = this.#flows.next(this.#share.most);
      const visit = flow?.waiting.shift();
      if (!flow || !visit) return;
      visit.stage = 'running';
      this.#waiting -= 1;
      flow.running += 1;
      this.#running += 1;
      this.#pump();
      this.#hearing.begins();
      visit.start();
    });
  }

  /** Looks at the load as long as there is something to do. */
  #watch(): void {
    if (this.#looking) return;
    this.meter.start();
    this.#looking = setInterval(() => this.#look(), lookEveryMs).unref();
  }

  #look(): void {
    this.#load = this.meter.look();
    this.#flows.forget(performance.now());
    const { callers, busiest } = this.#flows;
    this.#share.adjust(this.#load, { callers, busiest });
    this.#pump();
    if (callers === 0) this.rest();
  }
}
