import type { Cell, Measured, Setting } from './cells.js';
import { aligned, shown } from './table.js';

interface Line {
  readonly what: string;
  readonly at: Setting;
  figure(cell: Cell): number;
}

const alone = { callers: 1, latencyMs: 0, differing: true };
const crowd = { callers: 32, latencyMs: 0, differing: true };

const lines: readonly Line[] = [
  { what: 'calls, c=1', at: alone, figure: ({ calls }) => calls },
  { what: 'calls, c=32, differing', at: crowd, figure: ({ calls }) => calls },
  { what: 'CPU ms, c=1', at: alone, figure: ({ cpu }) => cpu },
  { what: 'p50 ms, c=1, 20 ms away', at: { ...alone, latencyMs: 20 }, figure: ({ p50 }) => p50 },
  { what: 'ops/s, c=32, differing', at: crowd, figure: ({ perSecond }) => perSecond },
  { what: 'ops/s, c=32, identical', at: { ...crowd, differing: false }, figure: ({ perSecond }) => perSecond },
  { what: 'ops/s, c=32, differing, 20 ms away', at: { ...crowd, latencyMs: 20 }, figure: ({ perSecond }) => perSecond },
];

/** The run in short: a row for each contestant, in it the figures of all questions, one after the other. */
export function summaryOf(measured: readonly Measured[]): string {
  const told = lines.filter(({ at }) => measured.some(({ cells }) => cells.some((cell) => isAt(cell, at))));
  const head = ['who', 'shares', ...told.map(({ what }) => what), 'right after, s', 'peak MB'];
  const rows = measured.map(({ cells, body }) => [
    body.contestant,
    body.sharing,
    ...told.map(({ at, figure }) => figures(cells, at, figure)),
    (body.startMs / 1_000).toFixed(2),
    body.peakMb.toFixed(0),
  ]);
  return aligned([head, ...rows]).join('\n');
}

function figures(cells: readonly Cell[], at: Setting, figure: Line['figure']): string {
  const found = ['Q1', 'Q2', 'Q3'].map((name) => cells.find((cell) => cell.question === name && isAt(cell, at)));
  return found.map((cell) => (cell ? shown(figure(cell)) : '–')).join(' / ');
}

function isAt(cell: Cell, { callers, latencyMs, differing }: Setting): boolean {
  return cell.callers === callers && cell.latencyMs === latencyMs && cell.differing === differing;
}
