import type { Fault } from '../../src/sandbox/fault-rules.js';
import type { Chance } from './chance.js';
import type { EditedGroup } from './edited-group.js';

/** A fault of one request, and whether the vendor has done what was asked before it fails. */
export type Ailment = Fault & { readonly applied?: boolean };

/** How a read fails. */
export const readAilments: readonly Ailment[] = [
  { mode: 'status', status: 500 },
  { mode: 'status', status: 503 },
  { mode: 'status', status: 429, headers: { 'retry-after': '0' } },
  { mode: 'reset' },
  { mode: 'half' },
  { mode: 'truncated-json' },
  { mode: 'html' },
  { mode: 'wrongshape' },
  { mode: 'hang' },
];

/** How a write fails. Late ones take effect before our deadline, and after it within `settleMs`. */
export function writeAilments(deadlineMs: number, settleMs: number): readonly Ailment[] {
  return [
    { mode: 'status', status: 429, headers: { 'retry-after': '0' } },
    { mode: 'status', status: 500 },
    { mode: 'status', status: 500, applied: true },
    { mode: 'status', status: 503 },
    { mode: 'reset' },
    { mode: 'fin', applied: true },
    { mode: 'half' },
    { mode: 'truncated-json' },
    { mode: 'garbage' },
    { mode: 'html', applied: true },
    { mode: 'wrongshape', applied: true },
    { mode: 'redirect', location: '/elsewhere' },
    { mode: 'hang' },
    { mode: 'lost' },
    { mode: 'lost', by: 'hang' },
    { mode: 'late', ms: deadlineMs / 2 },
    { mode: 'late', ms: deadlineMs + settleMs / 4 },
    { mode: 'late', ms: deadlineMs + settleMs / 2 },
  ];
}

/** Lets each of the next requests of a group take up to so many milliseconds. */
export function slowly({ server, isRead, isWrite }: EditedGroup, chance: Chance, mostMs: number): void {
  for (let nth = 0; nth < 100; nth++) {
    const match = nth % 2 === 0 ? isRead : isWrite;
    server.fault({ mode: 'slow', ms: chance.whole(0, mostMs), match, times: 1 });
  }
}

/** Lets the first write of a group fail so, and the next reads and writes as chance will have it, before all goes well again. */
export function sicken(
  { server, isRead, isWrite }: EditedGroup,
  chance: Chance,
  first: Ailment,
  next: { readonly reads: readonly Ailment[]; readonly writes: readonly Ailment[] },
): void {
  server.fault({ ...first, match: isWrite, times: 1 });
  for (let nth = 0; nth < 6; nth++) {
    for (const [match, ailments, percent] of [
      [isRead, next.reads, 20],
      [isWrite, next.writes, 50],
    ] as const) {
      const slow = { mode: 'slow', ms: chance.whole(0, 20) } as const;
      server.fault({ ...(chance.isSo(percent) ? chance.pick(ailments) : slow), match, times: 1 });
    }
  }
}
