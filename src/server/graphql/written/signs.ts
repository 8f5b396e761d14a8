import { Recent } from '../../../memory/recent.js';

/** Stands for one choice of fields of one type: whoever chooses the same is written the same. */
export interface Sign {
  readonly fields: string;
}

const most = 1_000;
const signs = new Recent<string, Sign>(most);

/** The one sign of these words, as long as they are in use. */
export function signOf(fields: string): Sign {
  return signs.get(fields, () => ({ fields }));
}

/** What was written of a value, by the fields that were chosen. */
export interface Told {
  readonly sign: Sign;
  readonly text: string;
  readonly before: Told | null;
}

/**
 * A value that never changes. What is written of it is kept beside it, and goes when it goes: a newer row is another value. `null`: nothing
 * has been written yet.
 */
export interface Tellable {
  told?: Told | null;
}

export function toldBefore({ told }: Tellable, sign: Sign): string | undefined {
  for (let one = told; one; one = one.before) if (one.sign === sign) return one.text;
  return undefined;
}

/** Of each value so many choices are kept. */
const mostOfOne = 3;

export function keepTold(value: Tellable, sign: Sign, text: string): void {
  value.told = { sign, text, before: newest(value.told ?? null, mostOfOne - 1) };
}

function newest(told: Told | null, count: number): Told | null {
  if (!told || count === 0) return null;
  const before = newest(told.before, count - 1);
  return before === told.before ? told : { ...told, before };
}
