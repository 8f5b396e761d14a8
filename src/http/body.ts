import type { Readable } from 'node:stream';
import type { HeldBodies } from './held-bodies.js';
import type { Wire } from './wire.js';

export class TooLarge extends Error {}
export class CutShort extends Error {}

/**
 * The whole body as text, decompressed. Rejects with `TooLarge` past `maxBytes`, with `CutShort` when the sender stopped
 * early. node-fetch never ends a body whose sender went away in the middle, so the wire itself is asked.
 */
export function readAll(body: Readable, wire: Wire, held: HeldBodies, maxBytes: number): Promise<string> {
  return new Promise((resolve, reject) => {
    let chunks: Buffer[] = [];
    let bytes = 0;
    const fail = (error: Error) => {
      reject(error);
      held.drop(body);
      chunks = [];
      wire.end();
      // What has arrived of a compressed body would be unpacked to its end.
      body.destroy();
    };
    const cut = () => fail(new CutShort('the answer ended before its end'));
    body.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > maxBytes) return fail(new TooLarge(`the answer is larger than ${maxBytes} bytes`));
      chunks.push(chunk);
      held.grow(body, bytes);
    });
    body.on('error', (error) => fail(new CutShort('the answer could not be read to its end', { cause: error })));
    body.on('end', () => {
      if (wire.cut) return cut();
      resolve(new TextDecoder().decode(Buffer.concat(chunks)));
      held.drop(body);
    });
    wire.onCut = cut;
    if (wire.cut) cut();
  });
}
