import { setTimeout as pause } from 'node:timers/promises';

/** Waits until something is so; throws when it is not within so many milliseconds. */
export async function until(isSo: () => boolean, withinMs = 2000): Promise<void> {
  const end = performance.now() + withinMs;
  while (!isSo()) {
    if (performance.now() > end) throw new Error(`Not so within ${withinMs} ms: ${isSo}`);
    await pause(2);
  }
}
