import { ConfigError, environmentProblem, problem, shown } from './problem.js';
import { type Section, wholeNumber } from './section.js';

const range = { from: 1, to: 128 } as const;
const rule = `must be a whole number from ${range.from} to ${range.to}`;

/** Who says how many, and the error that names him. */
interface Said {
  readonly count: number;
  refuse(words: string, remedy: string): Error;
}

/** What the command line says of a start, and the environment. */
interface Start {
  readonly flag: string | undefined;
  readonly env: NodeJS.ProcessEnv;
}

/**
 * How many processes serve: what the command line says, else WEB_CONCURRENCY, else `server.workers`, else one. Several share
 * what they write down, so the ledger must be a database. Where nothing is started, the key is checked for itself.
 */
export function readWorkers(server: Section, ledger: string, start: Start | null): number {
  const ofFile = ofKey(server);
  const { count, refuse } = (start && (ofFlag(start.flag) ?? ofEnvironment(start.env))) ?? ofFile;
  if (!start || count === 1 || /^postgres(ql)?:\/\//.test(ledger)) return count;
  throw refuse(
    `is ${count}, but more than one worker need a ledger that they share, and ledger is a file`,
    'write postgres://… at ledger, or',
  );
}

function ofFlag(flag: string | undefined): Said | null {
  if (flag === undefined) return null;
  const refuse = (words: string, remedy: string) => new ConfigError(`--workers ${words}; ${remedy} leave it out.`);
  return { count: counted(flag, refuse), refuse };
}

function ofEnvironment({ WEB_CONCURRENCY: text }: NodeJS.ProcessEnv): Said | null {
  // An empty one counts as not set, as others do.
  if (!text) return null;
  const refuse = (words: string, remedy: string) =>
    environmentProblem('WEB_CONCURRENCY', `${words}; ${remedy} set it to 1 or unset it`);
  return { count: counted(text, refuse), refuse };
}

function ofKey(section: Section): Said {
  const { reading, place } = section;
  return {
    count: wholeNumber(section, 'workers', { ...range, otherwise: 1 }),
    refuse: (words, remedy) => problem(reading, [...place, 'workers'], `${words}; ${remedy} take it out`),
  };
}

function counted(text: string, refuse: Said['refuse']): number {
  const count = /^\d{1,3}$/.test(text) ? Number(text) : Number.NaN;
  if (count >= range.from && count <= range.to) return count;
  throw refuse(`is ${shown(text)}, but ${rule}`, 'change it, or');
}
