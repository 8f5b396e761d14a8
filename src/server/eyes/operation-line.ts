import type { Logger } from 'pino';
import type { Operation } from './operation.js';
import type { Watcher } from './watch.js';

/** Of the operations that are shed so many a second have their line; the metrics count them all. */
const mostShed = 20;
const secondMs = 1_000;

/** Writes one line an operation. Never its variables, never its document. */
export function logOperations(log: Pick<Logger, 'info'>): Watcher {
  let since = -Infinity;
  let shed = 0;
  const isTooMuch = ({ isShed }: Operation) => {
    if (!isShed) return false;
    const now = performance.now();
    if (now - since >= secondMs) [since, shed] = [now, 0];
    shed += 1;
    return shed > mostShed;
  };
  return {
    begun() {},
    ended(operation) {
      if (!operation.isPassedOn && !isTooMuch(operation)) log.info(lineOf(operation), 'operation');
    },
  };
}

function lineOf(operation: Operation): object {
  const { requestId, kind, name, outcome, status, ms, request, cost, rows, codes } = operation;
  const sources = sourcesOf(operation);
  return {
    requestId,
    operationName: name,
    kind,
    caller: request?.caller.name ?? null,
    outcome,
    status,
    ms,
    ...(cost === null ? {} : { cost }),
    ...(rows === null ? {} : { rows }),
    ...(codes.size === 0 ? {} : { codes: [...codes.keys()] }),
    ...(Object.keys(sources).length === 0 ? {} : { sources }),
  };
}

function sourcesOf({ request, spent }: Operation): Readonly<Record<string, object>> {
  const upstream = request?.upstream ?? [];
  return Object.fromEntries(
    upstream.map(({ source, calls, waitedMs, quotaLeft }) => [
      source,
      { calls, ms: spent.get(source)?.ms ?? 0, waitedMs, quotaLeft },
    ]),
  );
}
