import type { Clock } from './clock.js';

const minuteMs = 60_000;

/** So many requests in any minute, where the configuration says so. */
export class Quota {
  /** When each request of the last minute went out, oldest first. */
  readonly #recent: number[] = [];

  /** `perMinute` null: as many as anybody likes. */
  constructor(
    private readonly perMinute: number | null,
    private readonly clock: Clock,
  ) {}

  /** How many may go now; null where nothing bounds them. */
  get left(): number | null {
    if (this.perMinute === null) return null;
    this.#forget();
    return this.perMinute - this.#recent.length;
  }

  get isFree(): boolean {
    return this.perMinute === null || this.left! > 0;
  }

  take(): void {
    if (this.perMinute !== null) this.#recent.push(this.clock.now());
  }

  /** How long one must wait before whom so many others go. */
  waitMs(ahead: number): number {
    if (this.perMinute === null) return 0;
    const free = this.left!;
    if (ahead < free) return 0;
    const place = ahead - free;
    const rounds = Math.floor(place / this.perMinute);
    // Each goes again a minute after the one in whose stead it goes, whether that went already or goes now.
    const before = this.#recent[place % this.perMinute] ?? this.clock.now();
    return before + minuteMs * (rounds + 1) - this.clock.now();
  }

  #forget(): void {
    const since = this.clock.now() - minuteMs;
    while (this.#recent[0] !== undefined && this.#recent[0] <= since) this.#recent.shift();
  }
}
