import type { DestinationStream } from 'pino';

/** So long a line that all is well may wait for others, in milliseconds. */
const waitMs = 10;
/** So many characters are written at a time: a pipe takes them whole, whoever else writes into it. */
const mostAtOnce = 4_000;
const allIsWell = '{"level":30,';

/**
 * Writes lines of a log together that come soon after each other: to write one costs as much as to answer a short question. What is wrong
 * is written at once, with what was held before it. Nothing is left when the process ends, unless it is killed.
 */
export class LinesTogether implements DestinationStream {
  #held = '';
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly to: DestinationStream) {
    process.once('exit', () => this.#flush());
  }

  write(line: string): void {
    if (this.#held.length + line.length > mostAtOnce) this.#flush();
    this.#held += line;
    if (!line.startsWith(allIsWell)) return this.#flush();
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
