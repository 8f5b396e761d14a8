import type { Logger } from 'pino';
import type { OnCall } from '../../http/session.js';
import type { Operation } from './operation.js';
import type { Redaction } from './redaction.js';
import type { Watcher } from './watch.js';

/** Where traces go, as the configuration says. */
export interface Telemetry {
  /** The address that takes traces in OTLP over HTTP, as JSON. */
  readonly url: string;
  /** Sent with them; their values are secrets. */
  readonly headers: Readonly<Record<string, string>>;
  readonly serviceName: string;
  /** From 0 to 1: of how many operations that nobody else is tracing. */
  readonly ratio: number;
}

/** Makes a span of each operation, and one below it of each call to a vendor. */
export interface Traces extends Watcher {
  onCall(operation: Operation): OnCall;
  /** Sends what is left, and waits for it a moment. */
  close(): Promise<void>;
}

/** Nothing of OpenTelemetry is loaded where nobody asked for it. */
export async function openTraces(
  telemetry: Telemetry | null,
  redaction: Redaction,
  log: Pick<Logger, 'warn'>,
): Promise<Traces | null> {
  if (!telemetry) return null;
  const { Spans } = await import('./spans.js');
  return new Spans(telemetry, redaction, log);
}
