/** Time and chance as the gate sees them, so that a test can set both. */
export interface Clock {
  /** Milliseconds that only grow. */
  now(): number;
  /** Acts once, after so many milliseconds; the answer calls it off. */
  after(ms: number, act: () => void): () => void;
  /** From 0 to below 1. */
  random(): number;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  after(ms, act) {
    const timer = setTimeout(act, ms);
    return () => clearTimeout(timer);
  },
  random: Math.random,
};
