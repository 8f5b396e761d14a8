import { get, type IncomingMessage } from 'node:http';

/** What came of one dataset, to its end. */
export interface Pulled {
  readonly lines: number;
  readonly bytes: number;
  readonly firstByteMs: number;
  readonly ms: number;
  readonly trailers: NodeJS.Dict<string>;
}

export interface PullOptions {
  readonly headers?: Readonly<Record<string, string>>;
  readonly onFirstByte?: () => void;
}

/** Takes a dataset as fast as it comes, and keeps nothing of it. Rejects where it is refused or broken off. */
export async function pull(url: string, { headers, onFirstByte }: PullOptions = {}): Promise<Pulled> {
  const began = performance.now();
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    get(url, { agent: false, headers }, resolve).once('error', reject);
  });
  let [lines, bytes, firstByteMs] = [0, 0, 0];
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    if (answer.statusCode !== 200) throw new Error(`${answer.statusCode} ${chunk.toString('utf8').slice(0, 500)}`);
    if (bytes === 0) {
      firstByteMs = performance.now() - began;
      onFirstByte?.();
    }
    bytes += chunk.length;
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) lines += 1;
  }
  return { lines, bytes, firstByteMs, ms: performance.now() - began, trailers: answer.trailers };
}
