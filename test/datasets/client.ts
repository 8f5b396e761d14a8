import { request as send, type IncomingMessage } from 'node:http';

/** All that a plain HTTP client hears. */
export interface Heard {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly trailers: IncomingMessage['trailers'];
  readonly text: string;
  /** Why the transfer did not end as it should; null where it did. */
  readonly error: Error | null;
}

/** Asks and listens to the end, whatever that is. */
export async function hear(url: string, { method = 'GET', headers = {} } = {}): Promise<Heard> {
  const response = await open(url, { method, headers });
  const chunks: Buffer[] = [];
  const error = await new Promise<Error | null>((resolve) => {
    response.on('data', (chunk: Buffer) => chunks.push(chunk));
    response.on('end', () => resolve(null));
    response.on('error', resolve);
  });
  const { statusCode = 0, trailers } = response;
  return {
    status: statusCode,
    headers: response.headers,
    trailers,
    text: Buffer.concat(chunks).toString('utf8'),
    error,
  };
}

/** Asks, and hands over the answer as soon as its headers are here; nothing of its body is taken yet. */
export function open(url: string, { method = 'GET', headers = {} } = {}): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const request = send(url, { method, headers, agent: false });
    request.on('response', resolve);
    request.on('error', reject);
    request.end();
  });
}

/** The rows of a JSON dataset; throws where the transfer was not whole. */
export async function rowsOf(url: string): Promise<readonly Readonly<Record<string, any>>[]> {
  const { status, text, error } = await hear(url);
  if (error) throw error;
  if (status !== 200) throw new Error(`${status} ${text}`);
  return JSON.parse(text);
}
