import type { Entry } from '../../ledger/journal.js';
import { toldOf } from '../../writes/entry-told.js';
import type { CallRecord } from '../../writes/plan.js';
import { newestOf } from './newest.js';
import { withJournal } from './with-journal.js';
import { groupOf, inColumns, meanings, plain, toJsonLine } from './words.js';

export interface ShowOptions {
  readonly config?: string;
  readonly mutation?: string;
  readonly json?: boolean;
}

/** Prints all that is known of the newest entry of a key. */
export async function showEntry({ config: flag, mutation, json }: ShowOptions, key: string): Promise<number> {
  const entry = await withJournal(flag, (journal) => newestOf(journal, key, mutation));
  process.stdout.write(json ? toJsonLine(entry) : inWords(entry));
  return 0;
}

function inWords(entry: Entry): string {
  const { calls, userErrors, hint } = toldOf(entry);
  const errors = userErrors.map(({ code, message, field, target }) => {
    const where = [field && `field ${field.join('.')}`, target].filter((part) => part !== null).join(', ');
    return `${code}: ${message}${where && ` (${where})`}`;
  });
  return [
    inColumns(headOf(entry)),
    section('Calls', calls.flatMap(linesOfCall)),
    section('Errors', errors),
    section('Hint', hint === null ? [] : [hint]),
  ].join('');
}

function headOf(entry: Entry): string[][] {
  const { key, mutation, source, caller, state, createdAt, finishedAt, unsettledSince } = entry;
  const rows: readonly (readonly [string, string | null | undefined])[] = [
    ['key', key],
    ['mutation', mutation],
    ['source', source],
    ['group', groupOf(entry)],
    ['caller', caller],
    ['state', `${state}: ${meanings[state]}`],
    ['begun', createdAt.toISOString()],
    ['finished', finishedAt?.toISOString()],
    ['unsettled since', unsettledSince?.toISOString()],
  ];
  return rows.flatMap(([name, value]) => (value == null ? [] : [[name, value]]));
}

function linesOfCall({ method, url, body, status, durationMs }: CallRecord): string[] {
  const answer = status === null ? 'not sent, or no answer' : `${status} in ${durationMs} ms`;
  return [`${method} ${url}: ${answer}`, ...(body === null ? [] : [`  ${JSON.stringify(body)}`])];
}

function section(title: string, lines: readonly string[]): string {
  if (lines.length === 0) return '';
  return `\n${title}\n${lines.map((line) => `  ${plain(line)}\n`).join('')}`;
}
