import type { Person } from '../vendors/boxed.js';
import { FIRST_NAMES, LAST_NAMES } from './names.js';

/** The people whom the seeds know. */
const KNOWN: readonly (readonly [string, string])[] = [
  ['Ana', 'Lin'],
  ['Benjy', 'Compson'],
];
const SEED = 20_251_121;
/** Every so many people, one whose directory keeps capitals in addresses. */
const CAPITALS_EVERY = 41;
const CAPITALS_AT = 7;
/** Letters that do not come apart into a Latin one and its mark. */
const LATIN: Readonly<Record<string, string>> = { ø: 'o', ł: 'l', ß: 'ss', æ: 'ae', đ: 'd', ð: 'd', þ: 'th', ı: 'i' };

/** The company's first people, always the same ones. Names may meet again, addresses never do, whatever their case. */
export function people(count: number): Person[] {
  const random = randomNumbers(SEED);
  const namesakes = new Map<string, number>();
  return Array.from({ length: count }, (_, index) => {
    const [firstName, lastName] = KNOWN[index] ?? [pick(FIRST_NAMES, random), pick(LAST_NAMES, random)];
    const address = `${latin(firstName)}.${latin(lastName)}`;
    const nth = (namesakes.get(address) ?? 0) + 1;
    namesakes.set(address, nth);
    const local = index % CAPITALS_EVERY === CAPITALS_AT ? capitalised(address) : address;
    return { index, firstName, lastName, email: `${local}${nth > 1 ? nth : ''}@example.com` };
  });
}

function pick(names: readonly string[], random: () => number): string {
  return names[Math.floor(random() * names.length)] as string;
}

/** A name in the letters a to z alone. */
function latin(name: string): string {
  return name
    .toLowerCase()
    .replace(/[øłßæđðþı]/g, (letter) => LATIN[letter] as string)
    .normalize('NFD')
    .replace(/[^a-z]/g, '');
}

function capitalised(address: string): string {
  return address.replace(/\b[a-z]/g, (letter) => letter.toUpperCase());
}

/** Numbers from 0 to below 1, the same for the same seed (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
