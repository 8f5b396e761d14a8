import type { FastifyError, FastifyInstance, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { grouped } from '../../graph/limits/grouped.js';

/** How deep the variables of a request may go, and how many keys they may have. */
const mostLevels = 100;
const mostKeys = 10_000;

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Takes bodies that are JSON in UTF-8 and within the limit, and refuses all else in the form that clients of GraphQL read, without a
 * word of what was sent; other methods are told which there are.
 */
export function refuseOddRequests(app: FastifyInstance, bodyBytes: number, log: Logger): void {
  takeJsonOnly(app, bodyBytes);
  /** The last address that was one. */
  let usual = '';
  app.addHook('onRequest', (request, _reply, done) => {
    const { url, protocol, hostname } = request;
    if (!url.startsWith('/graphql')) return done();
    // Apollo's integration makes an address of them. Before HTTP/1.1 nobody had to name a host.
    const address = `${protocol}://${hostname}${url}`;
    if (address !== usual && !URL.canParse(url, `${protocol}://${hostname}/`)) {
      return done(new OddRequest(400, 'The header host must name a host'));
    }
    usual = address;
    done();
  });
  app.route({
    url: '/graphql',
    method: ['PUT', 'PATCH', 'DELETE'],
    handler: async (_request, reply) => reply.code(405).header('allow', 'GET, POST').send(refusal('Use GET or POST')),
  });
  app.setErrorHandler((error: FastifyError | OddRequest, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) {
      log.error({ err: error, requestId: request.id }, 'a request failed');
      return reply.code(500).send(refusal('Internal server error', 'INTERNAL_SERVER_ERROR'));
    }
    if (!request.url.startsWith('/graphql')) throw error;
    const words = error instanceof OddRequest ? error.words : null;
    return reply.code(status).send(refusal(words ?? sentence(status, bodyBytes)));
  });
}

function takeJsonOnly(app: FastifyInstance, bodyBytes: number): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeAllContentTypeParsers();
  const options = { parseAs: 'buffer', bodyLimit: bodyBytes } as const;
  app.addContentTypeParser<Buffer>('application/json', options, (request, body, done) => {
    if (!isUtf8(request)) return done(new OddRequest(415), undefined);
    let text: string;
    try {
      text = utf8.decode(body);
    } catch {
      return done(new OddRequest(400), undefined);
    }
    if (isIntricate(text)) {
      const words = `The body has more than ${grouped(mostLevels)} levels or ${grouped(mostKeys)} keys`;
      return done(new OddRequest(400, words), undefined);
    }
    return parse(request, text, done);
  });
}

/**
 * Whether JSON is more than is parsed. What reads or writes a deep nest level by level would not come to its end, and of keys
 * each costs the parser more than its text.
 */
function isIntricate(json: string): boolean {
  let level = 0;
  let keys = 0;
  let inText = false;
  for (let at = 0; at < json.length; at += 1) {
    const code = json.charCodeAt(at);
    if (inText && code === backslash) at += 1;
    else if (code === quote) inText = !inText;
    else if (inText) continue;
    else if (code === colon) keys += 1;
    else if (code === brace || code === bracket) level += 1;
    // What closes each of them stands two places after it.
    else if (code === brace + 2 || code === bracket + 2) level -= 1;
    if (level > mostLevels || keys > mostKeys) return true;
  }
  return false;
}

const [quote, backslash, colon, brace, bracket] = [34, 92, 58, 123, 91] as const;

/** Whether a body says that it is UTF-8, or nothing of it: JSON is UTF-8 where nobody says otherwise. */
function isUtf8({ headers }: FastifyRequest): boolean {
  const [, charset] = /;\s*charset\s*=\s*"?([^\s";]*)/i.exec(headers['content-type'] ?? '') ?? [];
  return charset === undefined || /^utf-?8$/i.test(charset);
}

/** A request that is not taken, with what its sender is told where that is more than its status says. */
class OddRequest extends Error {
  constructor(
    readonly statusCode: 400 | 415,
    readonly words: string | null = null,
  ) {
    super('a request was not taken');
  }
}

function sentence(status: number, bodyBytes: number): string {
  switch (status) {
    case 400:
      return 'Invalid JSON';
    case 413:
      return `The body is larger than the limit of ${grouped(bodyBytes)} bytes (limits.bodyBytes).`;
    case 415:
      return 'The body must be application/json, in UTF-8.';
    default:
      return 'The request was refused';
  }
}

function refusal(message: string, code = 'BAD_REQUEST') {
  return { errors: [{ message, extensions: { code } }] };
}
