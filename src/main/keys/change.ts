import { randomUUID } from 'node:crypto';
import { open, readFile, realpath, rename, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { keyFileOf, keysIn, type StoredKey } from '../../server/callers/key-file.js';

const patienceMs = 10_000;
const pauseMs = 25;

/** The keys in a file; none where there is no file yet. Rejects with one sentence where it cannot be used. */
export async function readKeys(file: string): Promise<readonly StoredKey[]> {
  try {
    return keysIn(await readFile(file, 'utf8'));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return [];
    throw sentenceOn(file, code === undefined ? message : `cannot be read (${code})`);
  }
}

/**
 * Changes the keys in a file, one change at a time. Whoever reads it meanwhile sees it as it was before or as it is after,
 * and so does whoever reads it after a crash.
 */
export async function changeKeys(
  named: string,
  change: (keys: readonly StoredKey[]) => readonly StoredKey[],
): Promise<void> {
  // A link stays one: what it leads to is replaced.
  const file = await realpath(named).catch(() => named);
  const leave = await locked(file);
  try {
    await replace(file, keyFileOf(change(await readKeys(file))));
  } finally {
    await leave();
  }
}

/** Waits until nobody else changes the file. */
async function locked(file: string): Promise<() => Promise<void>> {
  const lock = `${file}.lock`;
  const end = performance.now() + patienceMs;
  for (;;) {
    try {
      await (await open(lock, 'wx', 0o600)).close();
      return () => unlink(lock);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'EEXIST')
        throw sentenceOn(file, `cannot be written (${code}); its folder must be there and writable`);
    }
    if (performance.now() > end) {
      throw sentenceOn(file, `is being changed by another command; if there is none, it left ${lock}: delete that`);
    }
    await wait(pauseMs);
  }
}

async function replace(file: string, text: string): Promise<void> {
  const next = `${file}.${randomUUID()}`;
  try {
    await write(next, text);
    await rename(next, file);
    await syncFolder(dirname(file));
  } catch (error) {
    await unlink(next).catch(() => {});
    throw sentenceOn(file, `cannot be written (${(error as NodeJS.ErrnoException).code})`);
  }
}

async function write(file: string, text: string): Promise<void> {
  const handle = await open(file, 'wx', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** A name that was changed is on the disk when its folder is. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function sentenceOn(file: string, words: string): Error {
  return new Error(`The key file ${file} ${words}.`);
}
