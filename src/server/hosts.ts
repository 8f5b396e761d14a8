import type { FastifyInstance } from 'fastify';

/**
 * Answers only those who called this server by a name of its own. Nobody has to say who he is, so a page of anybody's whose
 * name is made to lead to this machine (DNS rebinding) must not be able to ask with the company's credentials.
 */
export function answerOwnNamesOnly(app: FastifyInstance, hosts: readonly string[]): void {
  const own = new Set(hosts.map((host) => host.toLowerCase()));
  app.addHook('onRequest', (request, reply, done) => {
    const { host } = request.headers;
    const name = nameIn(host);
    // Browsers always tell a name; who tells none is none.
    if (host === undefined || (name !== null && (isLoopback(name) || own.has(name)))) return done();
    const message =
      'This server is not known by that host name; call it by localhost, or add the name to server.hosts.';
    reply.code(403).type('text/plain; charset=utf-8').send(`${message}\n`);
  });
}

/** The host of a `Host` header, without its port. */
function nameIn(header = ''): string | null {
  return /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(:\d+)?$/i.exec(header)?.[1]?.toLowerCase() ?? null;
}

/** Names that a browser resolves to this machine and nothing else. */
function isLoopback(name: string): boolean {
  return name === 'localhost' || name === '[::1]' || /^127(\.\d{1,3}){3}$/.test(name);
}
