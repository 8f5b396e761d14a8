import type { ServerResponse } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Reading } from './reading.js';

/** So much is held back, so that what fails early is refused as a whole. */
const heldBackBytes = 8 * 1024 * 1024;

/** Nobody takes the answer any more: the client has left, or has taken nothing for too long. */
export class Untaken extends Error {
  constructor() {
    super('nobody takes the answer');
  }
}

/** Without chunks nobody can tell a cut file from a whole one, and its length is not known in time. */
export class NeedsChunks extends Error {
  constructor() {
    super('HTTP/1.0 cannot tell whether so long a dataset came whole');
  }
}

export interface AnswerOf {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly reading: Reading;
  readonly headers: Readonly<Record<string, string>>;
  /** How long a client may take nothing. */
  readonly idleMs: number;
}

/**
 * One dataset on its way to a client. It ends cleanly only by `end`; else every client sees that it was cut, since its
 * last chunk is missing. HTTP/1.0 has no chunks: it gets what is short enough to have a length.
 */
export class Answer {
  #held: Buffer[] = [];
  #heldBytes = 0;
  #rows = 0;
  #begun = false;
  readonly #raw: ServerResponse;
  readonly #isHead: boolean;
  readonly #isChunked: boolean;

  constructor(private readonly of: AnswerOf) {
    this.#raw = of.reply.raw;
    this.#isHead = of.request.method === 'HEAD';
    this.#isChunked = of.request.raw.httpVersion !== '1.0';
  }

  /** Whether the client has been told that it gets the dataset. */
  get begun(): boolean {
    return this.#begun;
  }

  /** How many rows have been written. */
  get rows(): number {
    return this.#rows;
  }

  /** Whether all that a HEAD asks for is told. */
  get isTold(): boolean {
    return this.#begun && this.#isHead;
  }

  /** Adds text, and waits until the client has room for more. */
  async write(text: string, rows = 0): Promise<void> {
    if (this.#raw.destroyed) throw new Untaken();
    if (text === '') return;
    this.#rows += rows;
    const bytes = Buffer.from(text);
    if (this.#begun) return this.#send(bytes);
    this.#held.push(bytes);
    this.#heldBytes += bytes.length;
    if (this.#heldBytes > heldBackBytes) await this.#begin(false);
  }

  /** The dataset is whole, as far as it was asked to be: its last chunk says so. */
  async end(): Promise<void> {
    if (!this.#begun) await this.#begin(true);
    if (this.#isHead) return;
    if (this.#isChunked) this.#raw.addTrailers(this.#told(true));
    this.#raw.end();
    await this.#untilRaw('finish');
  }

  breakOff(): void {
    this.#raw.socket?.destroy();
  }

  async #begin(isWhole: boolean): Promise<void> {
    if (!isWhole && !this.#isChunked) throw new NeedsChunks();
    const { reply, headers } = this.of;
    reply.hijack();
    // It may be destroyed while it is written to, and that is told elsewhere.
    this.#raw.on('error', () => {});
    const told = this.#told(isWhole);
    const chunks = { 'transfer-encoding': 'chunked', trailer: trailers.join(', ') };
    const framing = this.#isChunked ? chunks : { 'content-length': String(this.#heldBytes) };
    this.#raw.writeHead(200, { ...(reply.getHeaders() as Record<string, string>), ...headers, ...framing, ...told });
    this.#begun = true;
    const held = this.#held;
    this.#held = [];
    if (this.#isHead) this.#raw.end();
    else for (const bytes of held) await this.#send(bytes);
  }

  async #send(bytes: Buffer): Promise<void> {
    if (this.#raw.destroyed) throw new Untaken();
    if (!this.#raw.write(bytes)) await this.#untilRaw('drain');
  }

  /** What is told beside the rows. Before they have all been written, only what can no longer change. */
  #told(isWhole: boolean): Record<string, string> {
    const { ledgerSources, failures } = this.of.reading;
    return {
      ...(isWhole || failures.length > 0 ? { 'X-Complete': String(failures.length === 0) } : {}),
      ...(isWhole ? { 'X-Incomplete-Sources': failures.map(({ source }) => source).join(',') } : {}),
      'X-Ledger-Sources': ledgerSources.join(','),
      ...(isWhole ? { 'X-Row-Count': String(this.#rows) } : {}),
    };
  }

  async #untilRaw(event: 'drain' | 'finish'): Promise<void> {
    const raw = this.#raw;
    if (raw.destroyed) throw new Untaken();
    return new Promise((resolve, reject) => {
      const settle = (act: () => void) => () => {
        clearTimeout(late);
        raw.off(event, done).off('close', gone);
        act();
      };
      const done = settle(resolve);
      const gone = settle(() => (raw.writableFinished ? resolve() : reject(new Untaken())));
      const late = setTimeout(gone, this.of.idleMs);
      raw.once(event, done).once('close', gone);
    });
  }
}

const trailers = ['X-Complete', 'X-Incomplete-Sources', 'X-Ledger-Sources', 'X-Row-Count'];
