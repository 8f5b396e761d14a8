import type { ExecutionResult } from 'graphql';
import type { Request } from '../../graph/request.js';
import { Passing } from '../../memory/passing.js';
import { whoIs } from '../again/who-is.js';
import type { OperationContext } from './operation-context.js';

/** One query that is being carried out, for all who ask the same meanwhile. */
interface UnderWay {
  /** Null: it ended since its client left, and tells nobody else anything. */
  readonly answer: Promise<SharedAnswer | null>;
}

/** What came of a query, and who tells what failed at its sources. */
interface SharedAnswer {
  readonly result: ExecutionResult;
  readonly request: Request;
}

/**
 * Queries that are asked again while they are being carried out are carried out once, whatever comes of it: whoever waited for a
 * sick source has waited long enough. A mutation that begins or ends draws a line: who asks after it is not answered from what was
 * read before.
 */
export class SameOperations {
  readonly #underWay = new Passing<string, UnderWay>();

  /** Carries a mutation out. */
  async change<Result>(carryOut: () => Promise<Result>): Promise<Result> {
    this.#underWay.clear();
    try {
      return await carryOut();
    } finally {
      this.#underWay.clear();
    }
  }

  /** Carries a query out, or waits for its like. Equal keys: the same caller asks the same in the same way. */
  async ask(key: string, carryOut: () => Promise<ExecutionResult>, request: Request): Promise<ExecutionResult> {
    const other = this.#underWay.get(key);
    if (!other) return this.#begin(key, carryOut, request);
    const answer = await other.answer;
    if (!answer) return carryOut();
    request.adopt(answer.request);
    return { ...answer.result };
  }

  async #begin(key: string, carryOut: () => Promise<ExecutionResult>, request: Request): Promise<ExecutionResult> {
    const { promise, resolve } = withResolvers<SharedAnswer | null>();
    const own: UnderWay = { answer: promise };
    this.#underWay.set(key, own);
    let shared: SharedAnswer | null = null;
    try {
      const result = await carryOut();
      if (!request.hasLeft) shared = { result, request };
      return result;
    } finally {
      if (this.#underWay.get(key) === own) this.#underWay.delete(key);
      resolve(shared);
    }
  }
}

/** What was asked. `text` may be any word for the document that no other has. */
interface Asked {
  readonly text: string;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>> | undefined;
}

/**
 * Equal for operations that are the same: asked by the same caller, in the same words, with as much time. Null where an answer is nobody
 * else's: it tells what it cost or is a plan, or its caller says how old it may be.
 */
export function samenessOf(
  { request: { caller, explains, sources: asked }, traced }: OperationContext,
  { text, operationName, variables }: Asked,
  headers: { get(name: string): string | null | undefined } | undefined,
): string | null {
  const { eras } = asked;
  if (traced || explains || eras === null || headers?.get('cache-control')) return null;
  return JSON.stringify([whoIs(caller), eras, headers?.get('x-rollcall-timeout-ms'), text, operationName, variables]);
}

/** `Promise.withResolvers`, which Node 20 has not. */
function withResolvers<Value>(): { readonly promise: Promise<Value>; readonly resolve: (value: Value) => void } {
  let resolve!: (value: Value) => void;
  const promise = new Promise<Value>((settle) => (resolve = settle));
  return { promise, resolve };
}
