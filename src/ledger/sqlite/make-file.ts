import { accessSync, closeSync, constants, openSync, statSync } from 'node:fs';
import { codeOf } from './refusals.js';

/** Makes an empty file for its owner alone; whether there was none. */
export function makeFile(file: string): boolean {
  try {
    closeSync(openSync(file, 'ax', 0o600));
    return true;
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
    checkFile(file, constants.R_OK | constants.W_OK);
    return false;
  }
}

// By its name alone: to open and close it would free the locks that another connection of this process holds.
export function checkFile(file: string, mode: number): void {
  accessSync(file, mode);
  if (!statSync(file).isFile()) throw Object.assign(new Error(`${file} is not a file`), { code: 'EISDIR' });
}
