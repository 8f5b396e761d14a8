import { hash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Headers by which answers differ, beside the caller's. */
const deciding = ['host', 'content-type', 'accept', 'accept-encoding', 'origin', 'x-no-compression'];

/** Whoever sends one of these is answered anew: it says how old an answer may be, or that its body is no plain JSON. */
const anew = ['cache-control', 'content-encoding', 'transfer-encoding', 'expect'];

/** Whether an answer to a request may be that to another one, too: a short question to the graph, under no header that asks for more. */
export function isRepeatable({ method, url, headers, readableHighWaterMark: most }: IncomingMessage): boolean {
  if (method !== 'POST' || url !== '/graphql' || anew.some((header) => headers[header] !== undefined)) return false;
  const length = lengthOf(headers);
  return length > 0 && length < most && !hasOwnHeader(headers);
}

/** Goes on when all of a short body is there: some clients send it behind the head. Who leaves before has asked nothing. */
export function whenThere(request: IncomingMessage, goOn: () => void): void {
  const length = lengthOf(request.headers);
  const isThere = () => request.readableLength >= length;
  if (isThere()) return goOn();
  const look = () => {
    if (!isThere()) return;
    request.off('readable', look);
    goOn();
  };
  request.on('readable', look);
}

/**
 * Equal for requests that ask the same in the same words under the same headers, and telling nothing of them. `name` is by which the
 * sender is known.
 */
export function keyOf(request: IncomingMessage, name: string): string {
  const bytes = request.read() as Buffer;
  // Whoever answers it reads it once more.
  request.unshift(bytes);
  const said = deciding.map((header) => request.headers[header]);
  return hash('sha256', `${JSON.stringify([name, said])}\n${bytes.toString('latin1')}`, 'base64');
}

function lengthOf(headers: IncomingMessage['headers']): number {
  return Number(headers['content-length'] ?? 0);
}

/** Whether it bears a header of ours: its answer is a plan, tells what it cost, or had to be there in time. */
function hasOwnHeader(headers: IncomingMessage['headers']): boolean {
  for (const name in headers) if (name.startsWith('x-rollcall-')) return true;
  return false;
}
