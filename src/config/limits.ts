import { checkKeys, type Section, wholeNumber } from './section.js';

/** Each limit with its range and what holds where it is left out. */
const limits = {
  /** Milliseconds that the reads of one query may take together; a caller may lower it, never raise it. */
  deadlineMs: { from: 100, to: 600_000, otherwise: 10_000 },
  /** Calls to vendors that one operation may make for its reads. */
  calls: { from: 1, to: 1_000_000, otherwise: 2_000 },
  /** The estimated cost of one operation, see `extensions.cost`. */
  cost: { from: 1, to: 2_000_000_000, otherwise: 10_000_000 },
  /** How deep fields may lie in each other, the wrappers of connections (`edges`, `node`, `nodes`) not counted. */
  depth: { from: 1, to: 100, otherwise: 8 },
  /** Fields of one operation, its fragments spread out. */
  selections: { from: 1, to: 100_000, otherwise: 500 },
  aliases: { from: 0, to: 100_000, otherwise: 50 },
  /** Directives on one field. */
  directives: { from: 0, to: 1_000, otherwise: 8 },
  /** Mutations of one operation: they are carried out one by one. */
  mutations: { from: 1, to: 1_000, otherwise: 10 },
  /** Operations of one document. */
  operations: { from: 1, to: 1_000, otherwise: 10 },
  /** Lexical tokens of one document. */
  tokens: { from: 100, to: 1_000_000, otherwise: 2_000 },
  /** Bytes of one request's body. */
  bodyBytes: { from: 1_000, to: 100_000_000, otherwise: 1_048_576 },
  /** Operations that are answered at once; more are refused with 503. Below 64 nothing is. */
  inFlight: { from: 64, to: 100_000, otherwise: 256 },
} as const;

/** What one operation, one document and one request may cost. */
export type Limits = Readonly<Record<keyof typeof limits, number>>;

/** `limits`. */
export function readLimits(section: Section): Limits {
  checkKeys(section, Object.keys(limits));
  const read = Object.entries(limits).map(([key, range]) => [key, wholeNumber(section, key, range)]);
  return Object.fromEntries(read) as Limits;
}
