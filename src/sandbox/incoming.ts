import type { IncomingMessage } from 'node:http';

/** A request's body: as text, whether all of it came, and whether it was more than the limit (then the text is empty). */
export interface IncomingBody {
  readonly text: string;
  readonly complete: boolean;
  readonly tooLarge: boolean;
}

/** Reads a body to its end or to the end of its socket. What exceeds the limit is read too, else the client hears no answer. */
export function readBody(message: IncomingMessage, limit: number): Promise<IncomingBody> {
  const chunks: Buffer[] = [];
  let size = 0;
  message.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size <= limit) chunks.push(chunk);
    else chunks.length = 0;
  });
  return new Promise((resolve) => {
    message.on('error', () => {});
    message.on('close', () => {
      const text = size > limit ? '' : Buffer.concat(chunks).toString('utf8');
      resolve({ text, complete: message.complete, tooLarge: size > limit });
    });
  });
}

/** Header fields as a box reads them: lower-case names, one text each. */
export function headersOf(message: IncomingMessage): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(message.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  );
}
