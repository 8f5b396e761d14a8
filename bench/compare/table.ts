import type { Cell, Measured } from './cells.js';
import type { Question } from './questions.js';

/** The whole run as one table in Markdown: a row for each contestant, question and load. */
export function tableOf(measured: readonly Measured[], questions: readonly Question[]): string {
  const cells = measured.flatMap((one) => one.cells);
  const rows = questions.flatMap((question) => {
    const asked = cells.filter((cell) => cell.question === question.name);
    const loads = [...new Set(asked.map(loadOf))];
    return loads.flatMap((load) => asked.filter((cell) => loadOf(cell) === load).map(rowOf));
  });
  const head = ['', 'load', 'who', 'shares', 'ops/s', 'p50 ms', 'p99 ms', 'CPU ms/op', 'calls/op'];
  return aligned([head, ...rows]).join('\n');
}

function loadOf({ callers, latencyMs, differing }: Cell): string {
  return `c=${callers}, ${latencyMs} ms${callers > 1 ? (differing ? ', differing' : ', identical') : ''}`;
}

function rowOf(cell: Cell): string[] {
  const { question, contestant, sharing, perSecond, p50, p99, cpu, calls } = cell;
  return [question, loadOf(cell), contestant, sharing, ...[perSecond, p50, p99, cpu, calls].map(shown)];
}

/** Three digits, so that what is small is not nothing. */
export function shown(value: number): string {
  if (!Number.isFinite(value)) return '–';
  if (value >= 100 || value === 0) return value.toFixed(0);
  return value.toFixed(value >= 10 ? 1 : 2);
}

/** Lines of a table in Markdown. */
export function aligned([head, ...rows]: readonly (readonly string[])[]): string[] {
  const all = [head!, ...rows];
  const widths = head!.map((_, column) => Math.max(...all.map((row) => row[column]!.length)));
  const line = (row: readonly string[]) => `| ${row.map((text, at) => text.padEnd(widths[at]!)).join(' | ')} |`;
  return [line(head!), `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...rows.map(line)];
}
