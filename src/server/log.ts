import { pino, type Logger } from 'pino';
import type { OnCall } from '../http/session.js';
import type { Sources } from '../graph/sources.js';
import type { OnLedgerTrouble } from '../writes/recorder.js';

const longestWords = 500;

/** JSON lines on stderr, so that stdout stays for people. */
export function openLog(level = process.env['ROLLCALL_LOG_LEVEL'] ?? 'info'): Logger {
  if (!(level in pino.levels.values) && level !== 'silent') {
    const known = [...Object.keys(pino.levels.values), 'silent'].join(', ');
    throw new Error(
      `environment: ROLLCALL_LOG_LEVEL is ${JSON.stringify(level)}, but must be one of ${known}; change it.`,
    );
  }
  return pino(
    { level, base: undefined, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ fd: 2, sync: true }),
  );
}

/** Writes down what a vendor refused, in its own words, beside the request that it was for. No caller sees these words. */
export function logTrouble(log: Logger, requestId: string, sources: Sources): OnCall {
  return ({ does }, { source, vendor }) =>
    ({ error, receipt: { words }, abandoned }) => {
      if (error === null || abandoned) return;
      const { code, status, message } = error;
      const secrets = sources.get(source)?.adapter.connection.secrets ?? [];
      const clean = words ? withoutSecrets(words, secrets).slice(0, longestWords) : undefined;
      log.warn({ requestId, source, vendor, code, status, does, words: clean }, message);
    };
}

/** Writes down why the ledger could not be written: callers hear only that it could not. */
export function logLedgerTrouble(log: Logger): OnLedgerTrouble {
  return (error) => log.error({ err: error }, 'the ledger could not be written');
}

/** Credentials as they stand in headers, and tokens that were minted since the configuration was read. */
const bearer = /\b(?:Bearer|Basic|JWT|Token)\s+[^\s"',;]{8,}|\beyJ[\w-]+\.[\w-]+\.[\w-]*/gi;

function withoutSecrets(text: string, secrets: readonly string[]): string {
  const clear = text.replace(bearer, '[redacted]');
  return secrets
    .filter((secret) => secret !== '')
    .reduce((clean, secret) => clean.replaceAll(secret, '[redacted]'), clear);
}
