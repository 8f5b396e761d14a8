import { openPort } from '../../http/ports/open.js';
import type { KeySetFetch } from './signing-keys.js';

const timeoutMs = 5_000;
const maxBytes = 256 * 1_024;

/** Fetches a key set from its address, without following it elsewhere. */
export function fetchKeySet(url: string): KeySetFetch {
  const port = openPort(1);
  return {
    async get() {
      const answer = await port.send(url, {
        method: 'GET',
        headers: { accept: 'application/jwk-set+json, application/json' },
        signal: AbortSignal.timeout(timeoutMs),
        onSent: () => {},
      });
      if (answer.status === 200) return (await answer.body(maxBytes)).text();
      answer.discard();
      throw new Error(`was answered ${answer.status}`);
    },
    close: () => port.close(),
  };
}
