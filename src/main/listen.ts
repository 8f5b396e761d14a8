import { lookup } from 'node:dns/promises';
import { createServer } from 'node:net';
import type { FastifyInstance } from 'fastify';

/** Connections that wait to be accepted, when many come at once. */
const backlog = 2_048;

export interface ListenAt {
  readonly host: string;
  readonly port: number;
}

/** Listens, and says in one sentence why it cannot. The name of this machine stands for all of its addresses. */
export async function listen(app: FastifyInstance, { host, port }: ListenAt): Promise<void> {
  try {
    const [first = host, ...others] = host === 'localhost' ? await addressesOf(host) : [host];
    await app.listen({ host: first, port, backlog });
    for (const other of others) await listenToo(app, { host: other, port: portOf(app) ?? port });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE')
      throw new Error(`Port ${port} on ${host} is taken; set PORT or server.port to a free one.`);
    throw new Error(
      `Cannot listen on ${host} port ${port} (${code ?? 'unknown reason'}); set HOST and PORT, or server.host and server.port.`,
    );
  }
}

/** The port that was taken, where any free one was asked for. */
export function portOf(app: FastifyInstance): number | undefined {
  const address = app.server.address();
  return typeof address === 'object' ? address?.port : undefined;
}

async function addressesOf(host: string): Promise<readonly string[]> {
  const found = await lookup(host, { all: true });
  return [...new Set(found.map(({ address }) => address))];
}

/** Takes connections at another address, too. Where the machine does not have it, nobody can come that way. */
async function listenToo({ server }: FastifyInstance, { host, port }: ListenAt): Promise<void> {
  const other = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => server.emit('connection', socket));
  await new Promise<void>((resolve) => {
    other.once('error', () => resolve());
    other.listen({ host, port, backlog }, resolve);
  });
  server.once('close', () => other.close());
}
