import type { Gathered } from '../reads/known.js';
import type { SourceStatusValue } from './graph.js';
import type { Source } from './sources.js';

/** What one source contributed to one answer. */
export function statusOf(
  source: Source,
  { failures, gaveNothing, origin, readAt, note, stale }: Gathered<unknown>,
): SourceStatusValue {
  const failure = failures[0] ?? stale;
  return {
    source: source.name,
    state: gaveNothing ? 'UNAVAILABLE' : failures.length > 0 ? 'PARTIAL' : stale ? 'STALE' : 'OK',
    origin,
    fetchedAt: readAt,
    code: failure?.code ?? null,
    message: [failure?.message, note].filter(Boolean).join(' ') || null,
    retryAfterSeconds: failure?.retryAfterSeconds ?? null,
  };
}

/** What was last seen of a source, by whomever; asking for it calls nobody. */
export function lastSeen({ name, adapter, transport }: Source): SourceStatusValue {
  const { seen } = transport;
  const remembered = 'ledger' in adapter.groups ? adapter.groups : null;
  return {
    source: name,
    state: seen?.error ? 'UNAVAILABLE' : 'OK',
    origin: remembered ? 'LEDGER' : 'VENDOR',
    fetchedAt: seen?.answeredAt ?? null,
    code: seen?.error?.code ?? null,
    message: [seen?.error?.message, remembered?.note].filter(Boolean).join(' ') || null,
    retryAfterSeconds: seen?.error?.retryAfterSeconds ?? null,
  };
}
