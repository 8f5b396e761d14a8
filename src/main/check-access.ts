import { pino } from 'pino';
import { openAccess, type AccessOptions } from '../server/callers/access.js';
import { fetchKeySet } from '../server/callers/fetch-key-set.js';
import { keySetIn } from '../server/callers/signing-keys.js';
import type { Line } from './check-ledger.js';

/** Whether callers can be known: by reading what they are known by, as a start would. */
export async function checkAccess(options: AccessOptions): Promise<Line> {
  if (options.mode === 'none') return { works: true, text: '  callers: nobody is asked who they are.' };
  const place = options.mode === 'keys' ? options.file : options.jwks;
  try {
    await (/^https?:/.test(place) ? checkAddress(place) : checkFile(options));
    return { works: true, text: `  callers: works; ${place}.` };
  } catch (error) {
    return { works: false, text: `  callers: does not work; ${(error as Error).message}` };
  }
}

async function checkFile(options: AccessOptions): Promise<void> {
  const { callers } = await openAccess(options, pino({ level: 'silent' }));
  callers?.close();
}

async function checkAddress(url: string): Promise<void> {
  const source = fetchKeySet(url);
  try {
    keySetIn(await source.get());
  } catch (error) {
    throw new Error(`${url} ${(error as Error).message}.`);
  } finally {
    source.close();
  }
}
