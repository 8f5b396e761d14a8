import { pino, type DestinationStream, type Logger } from 'pino';
import type { OnCall } from '../http/session.js';
import type { OnLedgerTrouble } from '../writes/recorder.js';
import type { Redaction } from './eyes/redaction.js';
import { LinesTogether } from './lines-together.js';

const longestWords = 500;
/** An error, and what led to it, and what led to that. */
const deepestCause = 3;

/** JSON lines, on stderr unless told otherwise, so that stdout stays for people; without what `redaction` takes out. */
export function openLog(
  redaction: Redaction,
  {
    level = levelOf(process.env),
    worker = null,
    to = new LinesTogether(pino.destination({ fd: 2, sync: true })),
  }: LogOptions = {},
): Logger {
  const clean = { write: (line: string) => to.write(redaction.cleanLine(line)) };
  return pino(
    {
      level,
      base: worker === null ? undefined : { worker },
      timestamp,
      serializers: { err: (error) => told(error) },
    },
    clean,
  );
}

let at = 0;
let time = '';

/** The time of a line, in ISO 8601; written anew for each millisecond only. */
function timestamp(): string {
  const now = Date.now();
  if (now === at) return time;
  at = now;
  return (time = `,"time":"${new Date(now).toISOString()}"`);
}

export interface LogOptions {
  readonly level?: string;
  /** The number of this process, where it is one of several. */
  readonly worker?: number | null;
  readonly to?: DestinationStream;
}

/** The level that `ROLLCALL_LOG_LEVEL` names. */
function levelOf({ ROLLCALL_LOG_LEVEL: level = 'info' }: NodeJS.ProcessEnv): string {
  if (level in pino.levels.values || level === 'silent') return level;
  const known = [...Object.keys(pino.levels.values), 'silent'].join(', ');
  throw new Error(
    `environment: ROLLCALL_LOG_LEVEL is ${JSON.stringify(level)}, but must be one of ${known}; change it.`,
  );
}

/** What is written down of an error: what else it carries may be a document, a row or a request with its headers. */
function told(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return { message: String(error) };
  const { name, message, stack, cause } = error;
  const { code } = error as { code?: unknown };
  return {
    type: name,
    message,
    stack,
    ...(typeof code === 'string' ? { code } : {}),
    ...(cause !== undefined && depth < deepestCause ? { cause: told(cause, depth + 1) } : {}),
  };
}

/** Writes down what a vendor refused, in its own words, beside the request that it was for. No caller sees these words. */
export function logTrouble(log: Logger, requestId: string, redaction: Redaction): OnCall {
  return ({ does }, { source, vendor }) =>
    ({ error, receipt, abandoned }) => {
      if (error === null || abandoned) return;
      const { code, status, message } = error;
      const words = receipt.words ? redaction.clean(receipt.words).slice(0, longestWords) : undefined;
      log.warn({ requestId, source, vendor, code, status, does, words }, message);
    };
}

/**
 * Writes down why the ledger could not be written, beside the request that it was for: callers hear only that it could not.
 * What a group's turn itself lacks is no one request's.
 */
export function logLedgerTrouble(log: Logger, requestId?: string): OnLedgerTrouble {
  return (error) => log.error({ requestId, err: error }, 'the ledger could not be written');
}
