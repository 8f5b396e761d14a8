import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { localCaller, type Caller } from '../../graph/caller.js';
import type { Access } from './access.js';
import { Unauthenticated, type Callers } from './callers.js';
import { credentialIn } from './credential.js';
import { refuseCaller } from './refusal.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Null where nobody has said who he is, and need not. */
    caller: Caller | null;
  }
}

/** Routes that hold nothing of any source; the page asks for a key itself. */
const openToAll: ReadonlySet<string | undefined> = new Set(['/', '/page/*', '/healthz']);

/** Finds out who asks before anything else is done for him. A route that is not named here needs a caller. */
export function authenticate(app: FastifyInstance, { callers }: Access, log: Logger): void {
  app.decorateRequest('caller', null);
  app.addHook('onRequest', async (request, reply) => {
    if (!callers) return void (request.caller = localCaller);
    if (isOpenToAll(request)) return;
    const { url } = request.routeOptions;
    try {
      request.caller = await whoAsks(request, callers);
    } catch (error) {
      if (!(error instanceof Unauthenticated)) throw error;
      // It tells anybody that the process works, and names the sources of who shows a key.
      if (url === '/readyz') return;
      log.info({ requestId: request.id, reason: error.message }, 'a caller was refused');
      return refuseUnknown(request, reply, error);
    }
    // The figures are those of all sources together.
    if (url === '/metrics' && request.caller.sources !== null) {
      const message = 'Metrics are for callers who may see every source.';
      return refuseCaller(request, reply, { status: 403, code: 'FORBIDDEN', message });
    }
  });
}

/** Who asks. For routes that need a caller. */
export function callerOf({ caller, url }: FastifyRequest): Caller {
  if (!caller) throw new Error(`nobody was asked who he is at ${url.split('?')[0]}`);
  return caller;
}

/** Somebody who looks at the address of the graph with a browser. */
export function isVisit({ method, headers, routeOptions }: FastifyRequest): boolean {
  return routeOptions.url === '/graphql' && method === 'GET' && /\btext\/html\b/.test(headers.accept ?? '');
}

/** What is nowhere is told so to anybody, and a visitor is sent to the page. */
function isOpenToAll(request: FastifyRequest): boolean {
  const { url } = request.routeOptions;
  return url === undefined || openToAll.has(url) || isVisit(request);
}

async function whoAsks(request: FastifyRequest, callers: Callers): Promise<Caller> {
  const basic = takesBasic(request);
  const credential = credentialIn(request.headers.authorization, basic);
  if (credential !== null) return callers.whoSends(credential);
  const asked = 'Send your key as Authorization: Bearer KEY';
  throw new Unauthenticated(basic ? `${asked}, or as the password of Basic.` : `${asked}.`);
}

/** Spreadsheets and browsers know nothing else. What changes something takes no password that a browser sends unasked. */
function takesBasic({ routeOptions: { url } }: FastifyRequest): boolean {
  return url?.startsWith('/datasets') ?? false;
}

function refuseUnknown(request: FastifyRequest, reply: FastifyReply, { message }: Unauthenticated): FastifyReply {
  const bearer = 'Bearer realm="Rollcall"';
  const challenges = takesBasic(request) ? ['Basic realm="Rollcall", charset="UTF-8"', bearer] : bearer;
  reply.header('www-authenticate', challenges);
  return refuseCaller(request, reply, { status: 401, code: 'UNAUTHENTICATED', message });
}
