/** One request on its way to its answer. */
export interface Visit {
  readonly flow: Flow;
  /** When it came, on the clock of `performance.now`. */
  readonly came: number;
  stage: 'waiting' | 'running' | 'over';
  /** Lets it in. */
  start(): void;
  /** Turns it away. */
  refuse(): void;
}

/** What is asked, as far as turns go: datasets take long, so that they have turns of their own. */
export type Kind = 'operation' | 'dataset';

/** What one caller has asked of one kind and has not been answered yet, the oldest first. */
export class Flow {
  readonly waiting: Visit[] = [];
  running = 0;
  /** When it last sent something. */
  seen = 0;

  constructor(readonly caller: string) {}

  get inFlight(): number {
    return this.running + this.waiting.length;
  }

  /** How long its oldest visit has waited, in milliseconds. */
  waitedMs(now: number): number {
    return this.waiting[0] ? now - this.waiting[0].came : 0;
  }
}
