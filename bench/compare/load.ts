import { Pool } from 'undici';
import type { Question } from './questions.js';

/** So many callers who ask again as soon as they are answered, for a time. */
export interface Load {
  readonly callers: number;
  readonly seconds: number;
  /** Every operation another one, or all the same. */
  readonly differing: boolean;
}

/** What they saw. */
export interface Seen {
  readonly operations: number;
  /** From the first question to the last answer. */
  readonly ms: number;
  /** Of each operation, in milliseconds, the shortest first. */
  readonly latencies: readonly number[];
}

/** One server under load. */
export class Client {
  readonly #pool: Pool;
  #nth = 0;

  constructor(
    private readonly address: { readonly origin: string; readonly headers: Readonly<Record<string, string>> },
  ) {
    this.#pool = new Pool(address.origin, {
      connections: 32,
      pipelining: 1,
      bodyTimeout: 120_000,
      headersTimeout: 120_000,
    });
  }

  /** Asks one operation and looks at all of its answer; throws where it is wrong. */
  async check(question: Question, nth: number): Promise<void> {
    const { body, right } = question.operation(nth);
    const { status, bytes } = await this.#ask(body);
    const { data, errors } = JSON.parse(bytes.toString()) as { data?: unknown; errors?: unknown };
    if (status !== 200 || errors) throw new Error(`${question.name}: ${status} ${bytes.toString().slice(0, 500)}`);
    const answered = question.digest(data);
    if (answered !== right()) throw new Error(`${question.name} was answered with ${answered} instead of ${right()}`);
  }

  /** All callers begin at once; the last answers are waited for. */
  async run(question: Question, { callers, seconds, differing }: Load): Promise<Seen> {
    const latencies: number[] = [];
    const began = performance.now();
    const end = began + seconds * 1_000;
    const same = question.operation(0).body;
    const askOn = async () => {
      do {
        const body = differing ? question.operation((this.#nth += 1)).body : same;
        const at = performance.now();
        const { status, bytes } = await this.#ask(body);
        latencies.push(performance.now() - at);
        if (status !== 200 || bytes.includes('"errors"'))
          throw new Error(`${question.name} under load: ${status} ${bytes.toString().slice(0, 500)}`);
      } while (performance.now() < end);
    };
    await Promise.all(Array.from({ length: callers }, askOn));
    return {
      operations: latencies.length,
      ms: performance.now() - began,
      latencies: latencies.sort((one, other) => one - other),
    };
  }

  close(): Promise<void> {
    return this.#pool.destroy();
  }

  async #ask(body: string): Promise<{ status: number; bytes: Buffer }> {
    const { statusCode, body: answer } = await this.#pool.request({
      method: 'POST',
      path: '/graphql',
      headers: { 'content-type': 'application/json', ...this.address.headers },
      body,
    });
    return { status: statusCode, bytes: Buffer.from(await answer.arrayBuffer()) };
  }
}

export function quantile(sorted: readonly number[], part: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? NaN;
}
