import type { z } from 'zod';
import { type Place, problem, whatIs } from './problem.js';
import { keysOf } from './schema-keys.js';
import { type Section, unknownKey } from './section.js';

type Issue = z.core.$ZodIssue;

const KINDS: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: 'true or false',
  int: 'a whole number',
  number: 'a number',
  object: 'a map',
  record: 'a map',
  string: 'a text',
};

/** Parses a vendor's own settings, or says in one sentence what is wrong with them. */
export function parseSettings<T>(
  section: Section,
  schema: z.ZodType<T>,
  about: { readonly title: string; readonly secretKeys: readonly string[]; readonly secretValues: readonly string[] },
): T {
  const { reading, place } = section;
  // An empty message marks zod's own words, which are replaced by ours; the vendor's are kept.
  const result = attempt(() => schema.safeParse(section.values, { error: () => '' }));
  if (result === null) throw problem(reading, place, `cannot be checked as ${about.title}; look its settings up again`);
  if (result.success) return result.data;

  const issues = result.error.issues.map(deepest);
  const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0]!;
  const at = issue.path.map((key) => (typeof key === 'number' ? key : String(key)));
  const value = valueAt(section.values, at);
  if (issue.code === 'unrecognized_keys') {
    const inner = { reading, place: [...place, ...at], values: (value ?? {}) as Record<string, unknown> };
    throw unknownKey(inner, issue.keys[0]!, keysOf(schema, at));
  }
  const where = [...place, ...at];
  const secret = about.secretKeys.includes(String(at[0]));
  // Shorter ones are likelier to be words of the sentence itself.
  const shows = about.secretValues.some((hidden) => hidden.length > 5 && issue.message.includes(hidden));
  if (issue.message !== '' && !shows) {
    const isScalar = typeof value !== 'object' || value === null;
    throw problem(reading, where, inWords(issue.message, isScalar ? whatIs(reading, where, value, secret) : null));
  }
  const rule = ruleOf(issue) ?? `must be what ${about.title} documents`;
  if (value === undefined) throw problem(reading, where, `is missing; add it: it ${rule}`);
  throw problem(reading, where, `${whatIs(reading, where, value, secret)}, but ${rule}; change it`);
}

/** A vendor says either what the key does ("must be …"), or a sentence of its own; `what` the value is goes before it. */
function inWords(message: string, what: string | null): string {
  if (message.startsWith('must ')) return what === null ? message : `${what}, but ${message}`;
  if (/^(is|has|may|needs|names|holds|cannot|can|does|should) /.test(message)) return message;
  return what === null ? `is not right: ${message}` : `${what}, which is not right: ${message}`;
}

/** Of an alternative, what is wrong with the branch that came nearest. */
function deepest(issue: Issue): Issue {
  if (issue.message !== '') return issue;
  if (issue.code === 'invalid_key' || issue.code === 'invalid_element') {
    const inner = issue.issues[0];
    return inner === undefined ? issue : { ...inner, path: issue.path };
  }
  if (issue.code !== 'invalid_union') return issue;
  const branches: Issue[][] = issue.errors;
  if (branches.every(([first]) => first?.code === 'invalid_type' && first.path.length === 0)) return issue;
  const [nearest] = branches.filter((branch) => !isOtherKind(branch)).toSorted((a, b) => a.length - b.length);
  const inner = nearest?.[0];
  return inner === undefined ? issue : deepest({ ...inner, path: [...issue.path, ...inner.path] });
}

function isOtherKind([first]: Issue[]): boolean {
  return first === undefined || (first.code === 'invalid_type' && first.path.length === 0);
}

function ruleOf(issue: Issue): string | null {
  switch (issue.code) {
    case 'invalid_type':
      return KINDS[issue.expected] === undefined ? null : `must be ${KINDS[issue.expected]}`;
    case 'invalid_value':
      return `must be ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}`;
    case 'invalid_union': {
      const kinds = issue.errors.map(([first]) => (first?.code === 'invalid_type' ? KINDS[first.expected] : undefined));
      return kinds.length > 0 && !kinds.includes(undefined) ? `must be ${[...new Set(kinds)].join(' or ')}` : null;
    }
    case 'too_small':
      return `must ${sizeOf(issue.origin, 'at least', issue.minimum)}`;
    case 'too_big':
      return `must ${sizeOf(issue.origin, 'at most', issue.maximum)}`;
    default:
      return null;
  }
}

function sizeOf(origin: string, bound: string, size: number | bigint): string {
  const units = { array: ['entry', 'entries'], string: ['character', 'characters'] }[origin];
  return units === undefined ? `be ${bound} ${size}` : `have ${bound} ${size} ${units[Number(size) === 1 ? 0 : 1]}`;
}

function valueAt(values: unknown, place: Place): unknown {
  return place.reduce<unknown>((inner, key) => {
    const holds = typeof inner === 'object' && inner !== null && Object.hasOwn(inner, key);
    return holds ? (inner as Record<string | number, unknown>)[key] : undefined;
  }, values);
}

function attempt<T>(parse: () => T): T | null {
  try {
    return parse();
  } catch {
    return null;
  }
}
