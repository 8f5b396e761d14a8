import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Basis } from '../../graph/basis.js';
import type { Request } from '../../graph/request.js';
import { Asked } from '../../memory/asked.js';
import { Slot } from '../../memory/slot.js';
import { Shelf, type Kept } from '../../reads/shared/shelf.js';
import { callerOf } from '../callers/authenticate.js';
import { whoIs } from './same-operations.js';

const mostBytes = 32 * 2 ** 20;
/** Of one answer: a few long ones are not to drive out the many. */
const mostBytesOfOne = 2 * 2 ** 20;
const mostAsked = 2_000;

/** A whole answer to a query. */
interface Made {
  readonly basis: Basis;
  /** What the log and the metrics tell of it. */
  readonly name: string | null;
  readonly cost: number | null;
}

/** An answer as it went out, and what it was made from. */
export interface KeptAnswer extends Kept, Made {
  readonly text: string | Buffer;
  readonly type: string;
}

/** Apollo hands on copies of its context; the request is one. */
const made = new Slot<Request, Made>();

/** Tells that a whole answer was made for a request. */
export function noteMade(request: Request, answer: Made): void {
  made.set(request, answer);
}

/** The whole answer that was made for a request, if one was. */
export function madeFor(request: Request | undefined): Made | undefined {
  return request && made.get(request);
}

interface Body {
  readonly query?: unknown;
  readonly operationName?: unknown;
  readonly variables?: unknown;
  readonly extensions?: unknown;
}

/**
 * Answers to queries, given again as they are, before anybody parses the query, as long as all that they were made from would be
 * told as it was: nothing of it is too old, and nobody has written to any source of it.
 */
export class KeptAnswers {
  readonly #shelf = new Shelf<KeptAnswer>(mostBytes);
  /** What was asked lately, and not kept: an answer is worth its bytes when it is asked for again. */
  readonly #asked = new Asked(mostAsked);

  find(key: string, now = Date.now()): KeptAnswer | null {
    const kept = this.#shelf.get(key);
    if (!kept) return null;
    if (now <= kept.basis.until && kept.basis.holds()) return kept;
    this.#shelf.drop(key);
    return null;
  }

  keep(key: string, answer: Omit<KeptAnswer, 'bytes' | 'at'>): void {
    const { length } = answer.text;
    if (!this.#asked.again(key) || length > mostBytesOfOne || !answer.basis.holds()) return;
    this.#shelf.put(key, { ...answer, at: Date.now(), bytes: length + key.length });
  }
}

/** Headers that change an answer, or how old it may be: whoever sends one is answered anew. */
const changing = ['cache-control', 'x-rollcall-trace', 'x-rollcall-explain', 'x-rollcall-timeout-ms'];

/** Equal for requests that are answered alike; null where an answer is that of its moment alone. */
export function keyOf(request: FastifyRequest): string | null {
  const { method, headers } = request;
  const body = request.body as Body | null;
  if (method !== 'POST' || typeof body !== 'object' || body === null || typeof body.query !== 'string') return null;
  if (body.extensions !== undefined || changing.some((header) => headers[header] !== undefined)) return null;
  const asked = [whoIs(callerOf(request)), headers.accept, body.operationName, body.variables];
  return `${JSON.stringify(asked)} ${body.query}`;
}

/** The type of what a reply carries, as far as it is a whole answer. */
export function typeOf(reply: FastifyReply): string | null {
  const type = reply.getHeader('content-type');
  return reply.statusCode === 200 && typeof type === 'string' ? type : null;
}
