import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Exchange } from '../../src/vendors/example.js';

/** One request as it came over the wire. */
export interface Sent {
  readonly request: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: unknown;
}

/** A server that answers with recorded exchanges, in order, and keeps what was sent; more requests get 599. */
export async function openReplay(exchanges: readonly Exchange[]) {
  const sent: Sent[] = [];
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = '';
    for await (const chunk of request) text += String(chunk);
    const exchange = exchanges[sent.length];
    sent.push({
      request: `${request.method} ${request.url}`,
      headers: request.headers,
      body: text === '' ? undefined : JSON.parse(text),
    });
    const own = (value: string) => value.replaceAll('ORIGIN', origin);
    const body = exchange?.answer;
    if (body !== undefined && typeof body !== 'string')
      response.setHeader('content-type', 'application/json; charset=utf-8');
    for (const [name, value] of Object.entries(exchange?.answerHeaders ?? {})) response.setHeader(name, own(value));
    response.statusCode = exchange ? (exchange.status ?? 200) : 599;
    response.end(body === undefined ? '' : own(typeof body === 'string' ? body : JSON.stringify(body)));
  }

  return {
    origin,
    sent: sent as readonly Sent[],
    close: () =>
      new Promise<void>((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}
