import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, type Context, type Span } from '@opentelemetry/api';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BasicTracerProvider,
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace-base';
import type { Logger } from 'pino';
import type { OnCall } from '../../http/session.js';
import { Slot } from '../../memory/slot.js';
import { pathOf } from './call-path.js';
import type { Operation } from './operation.js';
import { OtlpExporter } from './otlp-exporter.js';
import type { Redaction } from './redaction.js';
import { remoteParent } from './trace-parent.js';
import type { Telemetry, Traces } from './traces.js';

/** Beyond that spans are dropped; about 6 MB. */
const mostWaiting = 4_096;
const batch = 512;
const everyMs = 2_000;
const exportMs = 5_000;
const closeMs = 2_000;
const longestValue = 256;

/** Spans made by hand: what is in them is listed here, and nothing else ever is. */
export class Spans implements Traces {
  readonly #provider;
  readonly #tracer;
  readonly #roots = new Slot<Operation, { readonly span: Span; readonly context: Context }>();

  constructor(
    { url, headers, serviceName, ratio }: Telemetry,
    private readonly redaction: Redaction,
    log: Pick<Logger, 'warn'>,
  ) {
    const exporter = new OtlpExporter({ url, headers, timeoutMs: exportMs, log });
    this.#provider = new BasicTracerProvider({
      // Named here and looked up nowhere: a detector would ask the machine, or its cloud.
      resource: resourceFromAttributes({ 'service.name': serviceName }),
      sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(ratio) }),
      spanLimits: { attributeValueLengthLimit: longestValue },
      spanProcessors: [
        new BatchSpanProcessor(exporter, {
          maxQueueSize: mostWaiting,
          maxExportBatchSize: batch,
          scheduledDelayMillis: everyMs,
          exportTimeoutMillis: exportMs,
        }),
      ],
    });
    this.#tracer = this.#provider.getTracer('rollcall');
  }

  begun(operation: Operation): void {
    const parent = remoteParent(operation.traceParent);
    const above = parent ? trace.setSpanContext(ROOT_CONTEXT, parent) : ROOT_CONTEXT;
    const span = this.#tracer.startSpan(operation.kind, { kind: SpanKind.SERVER, startTime: operation.beganAt }, above);
    this.#roots.set(operation, { span, context: trace.setSpan(ROOT_CONTEXT, span) });
  }

  onCall(operation: Operation): OnCall {
    const root = this.#roots.get(operation);
    if (!root?.span.isRecording()) return () => () => {};
    return ({ does, method, path }, { source, vendor }) => {
      const attributes = {
        'rollcall.source': source,
        'rollcall.vendor': vendor,
        'rollcall.does': does,
        'http.request.method': method,
        'url.path': this.redaction.clean(pathOf(path)),
      };
      const span = this.#tracer.startSpan(`${source} ${does}`, { kind: SpanKind.CLIENT, attributes }, root.context);
      return ({ receipt: { attempts, status, waitedMs }, error, abandoned }) => {
        span.setAttributes({ 'rollcall.attempts': attempts, 'rollcall.waited_ms': waitedMs });
        if (status !== null) span.setAttribute('http.response.status_code', status);
        if (abandoned) span.setAttribute('rollcall.abandoned', true);
        else if (error) failed(span, error.code);
        span.end();
      };
    };
  }

  ended(operation: Operation): void {
    const root = this.#roots.get(operation);
    if (!root) return;
    const { span } = root;
    const { kind, requestId, name, outcome, status, cost, codes } = operation;
    span.updateName(kind);
    span.setAttributes({ 'rollcall.request_id': this.redaction.clean(requestId), 'rollcall.outcome': outcome });
    if (name !== null) span.setAttribute('graphql.operation.name', name);
    if (status !== null) span.setAttribute('http.response.status_code', status);
    if (cost !== null) span.setAttribute('rollcall.cost', cost);
    const [code] = codes.keys();
    if (outcome === 'failed') failed(span, code ?? 'INTERNAL_SERVER_ERROR');
    span.end();
  }

  async close(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, closeMs);
    });
    // What could not be delivered has been told.
    await Promise.race([this.#provider.shutdown().catch(() => {}), late]);
    clearTimeout(timer);
  }
}

function failed(span: Span, code: string): void {
  span.setAttribute('error.type', code);
  span.setStatus({ code: SpanStatusCode.ERROR });
}
