import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server for what a sandbox does not do: whoever opens it writes the answers himself. */
export interface RawServer {
  readonly origin: string;
  /** `METHOD target` of every request, in order of arrival. */
  readonly seen: readonly string[];
  /** The body of every request, in the order in which they ended. */
  readonly bodies: readonly string[];
  close(): Promise<void>;
}

export async function openRawServer(
  answer: (response: ServerResponse, request: IncomingMessage) => void,
): Promise<RawServer> {
  const seen: string[] = [];
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    seen.push(`${request.method} ${request.url}`);
    let body = '';
    request.on('data', (chunk) => (body += String(chunk)));
    request.once('end', () => {
      bodies.push(body);
      answer(response, request);
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    bodies,
    close: () =>
      new Promise<void>((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

/** Half of a JSON text in chunks, as if more were to come; then the socket ends. */
export function cutInChunks(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.write('{"notes":["fir', () => setImmediate(() => response.socket?.destroy()));
}

/** An address where nobody listens. */
export async function nobodysOrigin(): Promise<string> {
  const server = await openRawServer(() => {});
  await server.close();
  return server.origin;
}
