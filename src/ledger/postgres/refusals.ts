/** What a database or the way to it refuses, as one sentence that names the place and the remedy. */
import { DatabaseError } from 'pg';
import { LedgerError } from '../ledger.js';

const UNREACHABLE =
  'cannot be reached: look whether the database runs there, and whether this machine may connect to it';
const ADDRESS = 'at `ledger` in the configuration';

/** By SQLSTATE, or by its class where all of that is one thing to whoever reads it. */
const refusals: Readonly<Record<string, string>> = {
  '08': UNREACHABLE,
  '28': `does not let this process in: put another user or password ${ADDRESS}, or allow this one`,
  '3D000': `does not exist: create the database, or name another one ${ADDRESS}`,
  '42501': 'does not let its user create or use the schema `rollcall`: grant that, or create the schema for this user',
  '25006': `can only be read, like a standby: name the primary ${ADDRESS}`,
  '53100': 'cannot grow because its disk is full: free some space',
  '53300': 'has no connection left: raise its max_connections, or run fewer processes over it',
  '53': 'has no resources left: look into its log',
  '54': 'holds an id or a key that is too long for it',
  '55P03': 'was kept locked by another session: look for one that stands open',
  '57014': 'took too long to answer: look at its load, and for a session that stands open',
  '57': 'is shutting down or starting: wait for it, or start it',
  '58': 'could not read or write its files: look into its log',
  XX: 'is damaged or failed inside: look into its log',
};

/** What goes wrong on the way, as Node and pg say it. */
const lost =
  /^(Connection terminated|timeout (expired|exceeded)|Query read timeout|Client has encountered a connection)/;
const noTls = /^The server does not support SSL|SSL connection|certificate|^ERR_TLS|^(DEPTH_ZERO_)?SELF_SIGNED/i;

/** Does it, and turns a refusal of the database into a sentence; any other error is a mistake of ours and stays. */
export async function refusingAt<T>(place: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    const sentence = sentenceFor(error);
    throw sentence === undefined ? error : new LedgerError(place, sentence, { cause: error });
  }
}

/** Whether the database has answered so, and the connection goes on. */
export function isAnswer(error: unknown): error is DatabaseError {
  return error instanceof DatabaseError && !/^(08|57P)/.test(error.code ?? '');
}

function sentenceFor(error: unknown): string | undefined {
  if (!(error instanceof Error) || error instanceof LedgerError) return undefined;
  if (error instanceof SyntaxError) return 'is damaged: put its last backup in its place';
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (error instanceof DatabaseError) return refusals[code] ?? refusals[code.slice(0, 2)];
  if (noTls.test(`${code} ${error.message}`)) {
    return `cannot be reached over TLS: look at its certificate, and at sslmode ${ADDRESS}`;
  }
  return /^E[A-Z_]+$/.test(code) || lost.test(error.message) ? UNREACHABLE : undefined;
}
