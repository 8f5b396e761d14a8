import type { Journal } from './journal.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/**
 * Keeps what was finished for so many days: forgets the rest now and every hour, which keeps no process alive. What it
 * answers stops that, and waits for what is under way. A failure is told, and tried again an hour later.
 */
export function keepFor(
  journal: Pick<Journal, 'prune'>,
  days: number,
  onTrouble: (error: unknown) => void,
): () => Promise<void> {
  let running: Promise<void> | null = null;
  const forget = async () => {
    try {
      await journal.prune(new Date(Date.now() - days * DAY_MS));
    } catch (error) {
      onTrouble(error);
    } finally {
      running = null;
    }
  };
  const start = () => {
    running ??= forget();
  };
  start();
  const timer = setInterval(start, HOUR_MS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await running;
  };
}
