/** So long other requests may be kept waiting by what one writes. */
const mostMs = 25;

/** When this turn of the event loop began, by `performance.now()`; null where nobody has asked yet. */
let began: number | null = null;
/** Who goes on in a later turn, the last one first: what is begun is finished before more is begun. */
const waiting: (() => void)[] = [];
let isGoingOn = false;

/** Whether so much was done in this turn of the event loop that others should have theirs first. */
export function isLate(): boolean {
  const now = performance.now();
  if (began !== null) return now - began > mostMs;
  began = now;
  setImmediate(() => (began = null));
  return false;
}

/** Resolves in a later turn, when there is time. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    if (!isGoingOn) void goOn();
  });
}

async function goOn(): Promise<void> {
  isGoingOn = true;
  while (waiting.length > 0) {
    await new Promise((turn) => setImmediate(turn));
    const start = performance.now();
    began = start;
    do {
      waiting.pop()!();
      // What was let go on does so before the clock is looked at.
      for (let steps = 0; steps < 3; steps += 1) await undefined;
    } while (waiting.length > 0 && performance.now() - start < mostMs);
  }
  began = null;
  isGoingOn = false;
}
