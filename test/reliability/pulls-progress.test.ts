import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Progress } from '../../src/server/datasets/progress.js';

const pace = { rows: 10, ms: 1_000 };
let lines: { rows: number; groups: number }[];
let rows: number;
let progress: Progress;

beforeEach(() => {
  vi.useFakeTimers();
  lines = [];
  rows = 0;
  const log = { info: (fields: any) => void lines.push(fields) } as never;
  const standing = () => ({ rows, groups: rows / 5, groupsInAll: 9 });
  progress = new Progress({ requestId: 'r1', log, standing }, pace);
});
afterEach(() => {
  progress.end();
  vi.useRealTimers();
});

function write(count: number): void {
  rows += count;
  progress.moved();
}

describe('how far a dataset has come', () => {
  it('is told once for so many rows, and never of a short one', () => {
    for (let nth = 0; nth < 9; nth += 1) write(1);
    expect(lines).toEqual([]);

    for (let nth = 0; nth < 21; nth += 1) write(1);

    expect(lines.map((line) => line.rows)).toEqual([10, 20, 30]);
    expect(lines[0]).toMatchObject({ requestId: 'r1', groups: 2, groupsInAll: 9 });
  });

  it('is told after a time where rows come slowly or not at all', () => {
    write(3);
    vi.advanceTimersByTime(2_100);

    expect(lines.map((line) => line.rows)).toEqual([3, 3]);
  });

  it('is told no more when it has ended', () => {
    write(3);
    progress.end();
    vi.advanceTimersByTime(5_000);

    expect(lines).toEqual([]);
  });
});
