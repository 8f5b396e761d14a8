/** The data of an answer that is JSON already. */
export class Written {
  constructor(readonly text: string) {}

  /** For whoever has use for the values themselves. */
  toJSON(): unknown {
    return JSON.parse(this.text);
  }
}

interface Answer {
  readonly data?: unknown;
  readonly errors?: unknown;
  readonly extensions?: unknown;
}

/** An answer as JSON. */
export function textOf(answer: Answer): string {
  const { data, ...rest } = answer;
  if (!(data instanceof Written)) return JSON.stringify(answer);
  const others = JSON.stringify(rest).slice(1, -1);
  return `{"data":${data.text}${others && `,${others}`}}`;
}
