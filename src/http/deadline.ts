import { Ending, type Signal } from './ending.js';

/**
 * Runs something under a deadline of its own; the signal it gets ends with the deadline or with the one who waits. An error
 * of `kept` kinds stands, as what was known before the end; any other after the end is the reason of the end.
 */
export async function within<T>(
  ms: number,
  late: () => Error,
  kept: (error: unknown) => boolean,
  run: (signal: Signal) => Promise<T>,
  waiting?: Signal,
): Promise<T> {
  // Who waits may have left between being given a place and this: a signal that has ended tells nobody again.
  waiting?.throwIfAborted();
  const end = new Ending();
  const timer = setTimeout(() => {
    const error = late();
    end.come(() => error);
  }, ms);
  const stop = () => end.come(() => waiting?.reason);
  waiting?.addEventListener('abort', stop, { once: true });
  try {
    return await run(end);
  } catch (error) {
    throw end.aborted && !kept(error) ? end.reason : error;
  } finally {
    clearTimeout(timer);
    waiting?.removeEventListener('abort', stop);
  }
}

/** Waits for something shared, but no longer than the one who waits; nothing is begun for one who has left. */
export async function beforeAbort<T>(shared: () => Promise<T>, signal: Signal): Promise<T> {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    shared()
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', stop));
  });
}
