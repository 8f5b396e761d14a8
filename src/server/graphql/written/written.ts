import { inBytes, outOfBytes } from './bytes.js';

/** The data of an answer that is JSON already, as `inBytes` has it. */
export class Written {
  constructor(readonly text: string) {}

  /** For whoever has use for the values themselves. */
  toJSON(): unknown {
    return JSON.parse(outOfBytes(this.text));
  }
}

interface Answer {
  readonly data?: unknown;
  readonly errors?: unknown;
  readonly extensions?: unknown;
}

/** An answer as JSON, as `inBytes` has it. */
export function textOf(answer: Answer): string {
  const { data, ...rest } = answer;
  if (!(data instanceof Written)) return inBytes(JSON.stringify(answer));
  const others = inBytes(JSON.stringify(rest).slice(1, -1));
  return `{"data":${data.text}${others && `,${others}`}}`;
}
