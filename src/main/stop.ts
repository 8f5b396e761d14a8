import type { Logger } from 'pino';

/** A terminal and npm may both pass on one press of a key: what comes so soon after the first signal is the same. */
const sameMs = 250;

export interface StopOptions {
  /** Lets what is under way end, and closes what is open. */
  stop(): Promise<void>;
  /** How long that may take, in milliseconds. */
  readonly graceMs: number;
  readonly log: Pick<Logger, 'error' | 'warn' | 'info'>;
}

/**
 * Ends the process when it is told to: in order, with 0, when everything that was under way has been answered within `graceMs`;
 * else at once, with 1, as it is with the second signal. What of a write is not known then the next start finds in the ledger.
 */
export function stopOnSignals({ stop, graceMs, log }: StopOptions): void {
  let since: number | null = null;
  const signalled = (signal: string) => {
    if (since !== null) {
      if (performance.now() - since < sameMs) return;
      log.warn({ signal }, 'told to stop again: ending at once');
      process.exit(1);
    }
    since = performance.now();
    log.info({ signal, graceMs }, 'told to stop: what is under way is answered first');
    setTimeout(() => {
      log.error({ graceMs }, 'what was under way has not ended in time: ending without it');
      process.exit(1);
    }, graceMs);
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'could not stop in order');
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, signalled);
}
