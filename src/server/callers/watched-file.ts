import { readFile, stat } from 'node:fs/promises';
import type { Logger } from 'pino';

/** How a file is spoken of: `title` is what it is, `missing` ends a sentence on one that is not there. */
export interface About {
  readonly title: string;
  readonly missing: string;
}

const everyMs = 1_000;

/** A file that is read again within a second of every change. Where it cannot be used, what it held before goes on. */
export class WatchedFile<T> {
  #value: T;
  #stamp: string;
  #looking = false;
  readonly #timer: NodeJS.Timeout;

  /** Rejects with one sentence where the file cannot be used. `parse` throws an `Error` that ends a sentence on it. */
  static async open<T>(file: string, parse: (text: string) => T, about: About, log: Logger): Promise<WatchedFile<T>> {
    const stamp = await stampOf(file);
    return new WatchedFile(file, parse, about, log, stamp, await read(file, parse, about));
  }

  private constructor(
    private readonly file: string,
    private readonly parse: (text: string) => T,
    private readonly about: About,
    private readonly log: Logger,
    stamp: string,
    value: T,
  ) {
    this.#stamp = stamp;
    this.#value = value;
    // Asking is certain where being told is not: over a network, in a container, when the file is replaced.
    this.#timer = setInterval(() => void this.#look(), everyMs).unref();
  }

  /** What it held when it could last be used. */
  get value(): T {
    return this.#value;
  }

  close(): void {
    clearInterval(this.#timer);
  }

  async #look(): Promise<void> {
    if (this.#looking) return;
    this.#looking = true;
    try {
      const stamp = await stampOf(this.file);
      if (stamp === this.#stamp) return;
      // Before it is read: what is written meanwhile is seen at the next look.
      this.#stamp = stamp;
      this.#value = await read(this.file, this.parse, this.about);
      this.log.info({ file: this.file }, `the ${this.about.title} has changed and was read again`);
    } catch (error) {
      const { message } = error as Error;
      this.log.error(
        { file: this.file, problem: message },
        `the ${this.about.title} cannot be used; it counts as before`,
      );
    } finally {
      this.#looking = false;
    }
  }
}

/** What changes with the file: which one it is, its length, and when it was written. */
async function stampOf(file: string): Promise<string> {
  try {
    const { dev, ino, size, mtimeNs } = await stat(file, { bigint: true });
    return [dev, ino, size, mtimeNs].join(' ');
  } catch (error) {
    return String((error as NodeJS.ErrnoException).code);
  }
}

async function read<T>(file: string, parse: (text: string) => T, { title, missing }: About): Promise<T> {
  try {
    return parse(await readFile(file, 'utf8'));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const unreadable = code === 'ENOENT' ? missing : `cannot be read (${code}); change its permissions or its place`;
    throw new Error(`The ${title} ${file} ${code === undefined ? message : unreadable}.`);
  }
}
