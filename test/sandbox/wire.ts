import { request, type Agent, type IncomingHttpHeaders } from 'node:http';
import { performance } from 'node:perf_hooks';

/** What a plain client asks, and when it loses patience. */
export interface Question {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly agent?: Agent;
  /** The client hangs up after so long; it then has heard `ended: 'gave up'`. */
  readonly patienceMs?: number;
  /** The client hangs up after so many bytes of the body. */
  readonly appetite?: number;
}

/** What a plain client has come to hear. */
export interface Heard {
  readonly status?: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
  readonly text: string;
  readonly pieces: number;
  /** `end` for a whole answer, else how it broke off. */
  readonly ended: string;
  readonly headersMs?: number;
  readonly ms: number;
}

/** Asks with node's own client and waits for the end, whichever it is. */
export function ask(origin: string, question: Question = {}): Promise<Heard> {
  const {
    method = 'GET',
    path = '/notes',
    headers = {},
    body,
    agent,
    patienceMs = 5000,
    appetite = Infinity,
  } = question;
  const began = performance.now();
  const heard = { headers: {}, chunks: [] as Buffer[], size: 0 } as {
    status?: number;
    headers: IncomingHttpHeaders;
    headersMs?: number;
    chunks: Buffer[];
    size: number;
  };

  return new Promise((resolve) => {
    const ended = (how: string): void => {
      clearTimeout(patience);
      call.destroy();
      const bytes = Buffer.concat(heard.chunks);
      const { status, headersMs } = heard;
      const pieces = heard.chunks.length;
      const ms = performance.now() - began;
      resolve({ status, headers: heard.headers, bytes, text: bytes.toString(), pieces, ended: how, headersMs, ms });
    };
    const call = request(`${origin}${path}`, { method, headers, agent: agent ?? false }, (answer) => {
      heard.status = answer.statusCode;
      heard.headers = answer.headers;
      heard.headersMs = performance.now() - began;
      answer.on('data', (chunk: Buffer) => {
        heard.chunks.push(chunk);
        heard.size += chunk.length;
        if (heard.size >= appetite) ended('gave up');
      });
      answer.on('end', () => ended('end'));
      answer.on('error', (error: NodeJS.ErrnoException) => ended(`${error.code} ${error.message}`));
    });
    call.on('error', (error: NodeJS.ErrnoException) => ended(`${error.code} ${error.message}`));
    const patience = setTimeout(() => ended('gave up'), patienceMs);
    call.end(body);
  });
}

/** A POST of one note. */
export function post(origin: string, note: string, question: Question = {}): Promise<Heard> {
  const headers = { 'content-type': 'application/json', ...question.headers };
  return ask(origin, { method: 'POST', body: JSON.stringify({ note }), ...question, headers });
}
