import type { Readable } from 'node:stream';
import type { Body } from '../body.js';
import { CutShort } from '../port.js';
import { Collected } from './collected.js';
import type { HeldBodies } from './held-bodies.js';
import type { Wire } from './wire.js';

/**
 * The whole body, decompressed. Rejects with `TooLarge` past `maxBytes`, with `CutShort` when the sender stopped
 * early. node-fetch never ends a body whose sender went away in the middle, so the wire itself is asked.
 */
export function readAll(body: Readable, wire: Wire, held: HeldBodies, maxBytes: number): Promise<Body> {
  return new Promise((resolve, reject) => {
    const collected = new Collected(body, held, maxBytes);
    const fail = (error: Error) => {
      reject(error);
      collected.drop();
      wire.end();
      // What has arrived of a compressed body would be unpacked to its end.
      body.destroy();
    };
    const cut = () => fail(new CutShort('the answer ended before its end'));
    body.on('data', (chunk: Buffer) => {
      try {
        collected.add(chunk);
      } catch (error) {
        fail(error as Error);
      }
    });
    body.on('error', (error) => fail(new CutShort('the answer could not be read to its end', { cause: error })));
    body.on('end', () => {
      if (wire.cut) return cut();
      resolve(collected.whole());
    });
    wire.onCut = cut;
    if (wire.cut) cut();
  });
}
