/** The timers of one server, so that closing it leaves none behind. */
export class Timers {
  private readonly pending = new Set<NodeJS.Timeout>();
  private stopped = false;

  /** Acts after so many milliseconds, at once when there are none; never when stopped before. */
  after(ms: number, act: () => void): void {
    if (this.stopped) return;
    if (ms <= 0) return act();
    const timer = setTimeout(() => {
      this.pending.delete(timer);
      act();
    }, ms);
    this.pending.add(timer);
  }

  stop(): void {
    this.stopped = true;
    for (const timer of this.pending) clearTimeout(timer);
    this.pending.clear();
  }
}
