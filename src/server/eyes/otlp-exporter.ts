import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-base';
import type { Logger } from 'pino';
import { within } from '../../http/deadline.js';
import { openPort } from '../../http/ports/open.js';
import { otlpJson } from './otlp-json.js';

/** A collector that is away for long is told of this seldom. */
const tellAgainMs = 3_600_000;
const longestAnswer = 64 * 1024;
const taken = { code: 0 } as const;

type Told = Parameters<SpanExporter['export']>[1];

interface Options {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly log: Pick<Logger, 'warn'>;
}

/** Sends spans to a collector as OTLP in JSON, by the one port that opens sockets here. What it does not take is dropped. */
export class OtlpExporter implements SpanExporter {
  readonly #port = openPort(1);
  #toldAt = -Infinity;

  constructor(private readonly options: Options) {}

  export(spans: ReadableSpan[], told: Told): void {
    void this.#deliver(spans, told);
  }

  async shutdown(): Promise<void> {
    this.#port.close();
  }

  async #deliver(spans: readonly ReadableSpan[], told: Told): Promise<void> {
    try {
      await this.#send(spans);
    } catch (error) {
      this.#tell(error);
    }
    // Dropped is dropped: nobody up there has anything to do about it.
    told(taken);
  }

  async #send(spans: readonly ReadableSpan[]): Promise<void> {
    const { url, headers, timeoutMs } = this.options;
    const late = () => new Error(`the collector did not answer in ${timeoutMs} ms`);
    const known = (error: unknown) => error instanceof Refused;
    await within(timeoutMs, late, known, async (signal) => {
      const answer = await this.#port.send(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: otlpJson(spans),
        signal,
        onSent: () => {},
      });
      await answer.body(longestAnswer);
      if (answer.status < 200 || answer.status > 299) throw new Refused(answer.status);
    });
  }

  #tell(error: unknown): void {
    const now = performance.now();
    if (now - this.#toldAt < tellAgainMs) return;
    this.#toldAt = now;
    this.options.log.warn({ err: error }, 'traces cannot be delivered and are dropped; this is told once an hour');
  }
}

class Refused extends Error {
  constructor(status: number) {
    super(`the collector answered ${status}`);
  }
}
