import type { Logger } from 'pino';

/** How far a dataset has come. */
export interface Standing {
  readonly rows: number;
  readonly groups: number;
  /** How many groups there are in all. */
  readonly groupsInAll: number;
}

/** How often it is told: after so many rows, and after so long where they come slowly. */
export const usualPace = { rows: 100_000, ms: 10_000 };

/** Tells how far a long transfer has come, a line at a time; of a short one nothing. */
export class Progress {
  #toldRows = 0;
  readonly #began = performance.now();
  readonly #timer: NodeJS.Timeout;

  constructor(
    private readonly of: {
      readonly requestId: string;
      readonly log: Pick<Logger, 'info'> | undefined;
      standing(): Standing;
    },
    private readonly pace = usualPace,
  ) {
    this.#timer = setInterval(() => this.#tell(), pace.ms).unref();
  }

  /** More has been written. */
  moved(): void {
    if (this.of.standing().rows - this.#toldRows >= this.pace.rows) this.#tell();
  }

  end(): void {
    clearInterval(this.#timer);
  }

  #tell(): void {
    const standing = this.of.standing();
    this.#toldRows = standing.rows;
    this.#timer.refresh();
    const ms = Math.round(performance.now() - this.#began);
    this.of.log?.info({ requestId: this.of.requestId, ms, ...standing }, 'a dataset is under way');
  }
}
