import type { DestinationStream } from 'pino';

/** So long a line that all is well may wait for others, in milliseconds. */
const waitMs = 10;
const mostHeld = 32 * 1024;
const allIsWell = '{"level":30,';

/**
 * Writes lines of a log together that come soon after each other: to write one costs as much as to answer a short question. What is wrong
 * is written at once, with what was held before it, and nothing is left when the process ends.
 */
export class LinesTogether implements DestinationStream {
  #held = '';
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly to: DestinationStream) {
    process.once('exit', () => this.#flush());
  }

  write(line: string): void {
    this.#held += line;
    if (!line.startsWith(allIsWell) || this.#held.length > mostHeld) return this.#flush();
    this.#timer ??= setTimeout(() => this.#flush(), waitMs).unref();
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const lines = this.#held;
    this.#held = '';
    if (lines !== '') this.to.write(lines);
  }
}
