import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';

export interface LedgerFolder {
  readonly directory: string;
  /** Of a ledger that is not there yet. */
  readonly file: string;
}

/** Gives each test a folder of its own, which is empty, and takes it away afterwards. */
export function eachInFolder(begin: (folder: LedgerFolder) => unknown): void {
  let directory: string;
  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'ledger-'));
    await begin({ directory, file: join(directory, 'rollcall.db') });
  });
  afterEach(() => rmSync(directory, { recursive: true }));
}
