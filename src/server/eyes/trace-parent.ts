import { isSpanContextValid, type SpanContext } from '@opentelemetry/api';

const pattern = /^(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(?:-|$)/;

/** The span that a client is in, as its `traceparent` says (W3C Trace Context); null where it says none. */
export function remoteParent(header: string | null): SpanContext | null {
  const [, traceId = '', spanId = '', flags = ''] = pattern.exec(header ?? '') ?? [];
  const context = { traceId, spanId, traceFlags: Number.parseInt(flags, 16) & 1, isRemote: true };
  return isSpanContextValid(context) ? context : null;
}
