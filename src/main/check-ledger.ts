import { accessSync, constants, existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { LedgerError } from '../ledger/ledger.js';
import { ledgerAt } from '../ledger/open.js';

/** What a check came to. */
export interface Line {
  readonly works: boolean;
  readonly text: string;
}

/** Whether the ledger can be opened, by opening it as a start would. */
export async function checkLedger(place: string): Promise<Line> {
  const isFile = !/^postgres(ql)?:/.test(place);
  const name = isFile ? place : withoutCredentials(place);
  // One that is not there yet is left to the start: it is to belong to who serves, not to who checks.
  if (isFile && !existsSync(place)) return checkFolder(place);
  try {
    await (await ledgerAt(place)).close();
    return { works: true, text: `  ledger: works; ${name}.` };
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    if (isInUse(error)) return { works: true, text: `  ledger: is in use by a server that runs; ${name}.` };
    return { works: false, text: `  ledger: does not work; ${error.message}` };
  }
}

function withoutCredentials(address: string): string {
  const { protocol, host, pathname } = new URL(address);
  return `${protocol}//${host}${pathname}`;
}

function checkFolder(file: string): Line {
  const folder = dirname(file);
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    return { works: true, text: `  ledger: is not there yet, and will be made at the start; ${file}.` };
  } catch {
    const remedy = 'make it, change its permissions, or name another file at ledger';
    return {
      works: false,
      text: `  ledger: does not work; ${folder} is no folder that this user may write in: ${remedy}.`,
    };
  }
}

function isInUse({ cause }: LedgerError): boolean {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return code.startsWith('SQLITE_BUSY');
}
