import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

const visibleAscii = /^[\x21-\x7e]{1,128}$/;

/** What a request is called in logs and answers: as its client calls it, where that is visible ASCII. */
export function requestIdOf({ headers }: Pick<IncomingMessage, 'headers'>): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && visibleAscii.test(given) ? given : randomUUID();
}
