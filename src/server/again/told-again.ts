import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { localCaller, type Caller } from '../../graph/caller.js';
import type { Sources } from '../../graph/sources.js';
import { Slot } from '../../memory/slot.js';
import { callerOf } from '../callers/authenticate.js';
import type { Callers } from '../callers/callers.js';
import { credentialIn } from '../callers/credential.js';
import type { Watch } from '../eyes/watch.js';
import { requestIdOf } from '../request-id.js';
import { holds, KeptAnswers, mostBytesOfOne, type KeptAnswer, type Made } from './kept-answers.js';
import { isRepeatable, keyOf, whenThere } from './request-key.js';
import { whoIs } from './who-is.js';

export interface ToldAgainOptions {
  readonly sources: Sources;
  /** Null: nobody is asked who he is. */
  readonly callers: Callers | null;
  /** The name by which the sender of a request was known when he last came. */
  nameOf(request: IncomingMessage): string;
  /** An answer begins. */
  answers(response: ServerResponse): void;
  readonly begin: Watch['begin'];
}

/**
 * Tells again what was told, in the bytes in which it went out, before anybody looks at what is asked: to the same caller, who asks in the
 * same words, as long as it would be told as it was.
 */
export class ToldAgain {
  readonly #kept = new KeptAnswers();
  readonly #keys = new Slot<IncomingMessage, string>();
  readonly #made = new Slot<IncomingMessage, Made>();

  constructor(private readonly options: ToldAgainOptions) {}

  /** Hands on to `answer` what was not told before. */
  over(answer: RequestListener): RequestListener {
    return (request, response) => {
      const name = this.#nameOf(request);
      if (name === null || !this.#isKeeping || !isRepeatable(request)) return answer(request, response);
      whenThere(request, () => {
        const key = keyOf(request, name);
        this.#keys.set(request, key);
        const kept = this.#kept.find(key);
        if (!kept) return answer(request, response);
        void this.#whoMayHear(kept, request).then((caller) => {
          // Its client may have left meanwhile.
          if (response.destroyed) return;
          if (caller) this.#tell(kept, caller, request, response);
          else answer(request, response);
        });
      });
    };
  }

  /** A whole answer was made for a request; it is kept as it goes out. */
  note(request: IncomingMessage, made: Made): void {
    if (this.#keys.get(request) !== undefined) this.#made.set(request, made);
  }

  /** Looks at the answers of the routes that are added from now on. Whatever else changes an answer has to have been registered before. */
  keepFrom(app: FastifyInstance): void {
    app.addHook('onRoute', (route) => {
      if (route.url !== '/graphql') return;
      route.onSend = [route.onSend ?? []].flat();
      route.onSend.push((request, reply, body, done) => {
        this.#look(request, reply, body);
        done(null, body);
      });
    });
  }

  /** Null where nobody is known by what is sent: he is refused, or becomes known, before anything of his is waited for. */
  #nameOf(request: IncomingMessage): string | null {
    const { callers, nameOf } = this.options;
    return callers ? nameOf(request) || null : localCaller.name;
  }

  get #isKeeping(): boolean {
    return this.options.sources.all.some(({ shared }) => shared.isKeeping);
  }

  /** Who sends a request, if he may be told what was kept at this moment. Null where that has to be looked at. */
  async #whoMayHear(kept: KeptAnswer, request: IncomingMessage): Promise<Caller | null> {
    try {
      const caller = await this.#callerOf(request);
      if (!caller || whoIs(caller) !== kept.who) return null;
      const { catchUp } = this.options.sources;
      if (catchUp) await catchUp();
      return holds(kept) ? caller : null;
    } catch {
      return null;
    }
  }

  async #callerOf({ headers }: IncomingMessage): Promise<Caller | null> {
    const { callers } = this.options;
    if (!callers) return localCaller;
    const credential = credentialIn(headers.authorization, false);
    return credential === null ? null : callers.whoSends(credential);
  }

  #tell(
    { basis, name, cost, head, body }: KeptAnswer,
    caller: Caller,
    request: IncomingMessage,
    response: ServerResponse,
  ) {
    const { answers, begin } = this.options;
    const operation = begin(request, requestIdOf(request), response);
    operation.request = { caller, upstream: basis.sources.map(foundAt) };
    operation.kind = 'query';
    operation.cost = cost;
    operation.named(name);
    operation.tell('ok');
    answers(response);
    request.resume();
    response.writeHead(200, [...head, 'x-request-id', operation.requestId]);
    response.end(body);
  }

  #look(request: FastifyRequest, reply: FastifyReply, body: unknown): void {
    const key = this.#keys.get(request.raw);
    const made = this.#made.get(request.raw);
    if (key === undefined || !made || !isPlain(request.body) || reply.statusCode !== 200) return;
    if (!this.#kept.isWanted(key)) return;
    const keep = (bytes: string | Buffer) => {
      this.#kept.keep(key, { ...made, who: whoIs(callerOf(request)), head: headOf(reply, bytes), body: bytes });
    };
    if (typeof body === 'string' || Buffer.isBuffer(body)) keep(body);
    else if (isStream(body)) gather(body, keep);
  }
}

/** What of a source was used by telling again what was read of it. */
function foundAt(source: string) {
  return { source, calls: 0, cacheHits: 1, shared: 0, waitedMs: 0, quotaLeft: null };
}

/** Whether nothing but the words of a body says what is asked. */
function isPlain(body: unknown): boolean {
  const { query, extensions } = (body ?? {}) as { readonly query?: unknown; readonly extensions?: unknown };
  return typeof query === 'string' && extensions === undefined;
}

/** The headers that stand on an answer whoever asks; Node adds those of the connection. */
function headOf(reply: FastifyReply, body: string | Buffer): readonly string[] {
  const { 'x-request-id': _id, ...headers } = reply.getHeaders();
  return Object.entries({ ...headers, 'content-length': Buffer.byteLength(body) }).flatMap(([name, value]) =>
    [value].flat().flatMap((one) => [name, String(one)]),
  );
}

/** Whether it is Node's, or one of the same kind from a library. */
function isStream(body: unknown): body is Readable {
  return typeof (body as Partial<Readable> | null)?.pipe === 'function';
}

/** Tells all bytes of a stream when they have gone out, if they are not too many. */
function gather(stream: Readable, tell: (bytes: Buffer) => void): void {
  const chunks: Buffer[] = [];
  let length = 0;
  stream.on('data', (chunk: Buffer) => {
    length += chunk.length;
    if (length <= mostBytesOfOne) chunks.push(chunk);
    else chunks.length = 0;
  });
  stream.once('end', () => {
    if (length <= mostBytesOfOne) tell(Buffer.concat(chunks));
  });
}
