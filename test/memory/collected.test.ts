/** What passes through something that stays is collected while it is young; in a `Map` or a `WeakMap` of the language it grows old. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const program = fileURLToPath(new URL('../support/passing-load.ts', import.meta.url));
/** The trace that V8 writes of each collection of young objects. */
const flags = ['--trace-gc-nvp', '--max-semi-space-size=64', '--import', 'tsx'];

/** How many bytes a collection of young objects found in use twice, and moved to the old ones, in the later half of the run. */
async function grownOld(held: string): Promise<number> {
  const run = promisify(execFile);
  const { stdout } = await run(process.execPath, [...flags, program, held], { maxBuffer: 2 ** 26 });
  const all = [...stdout.matchAll(/ gc=s .* promoted=(\d+)/g)].map(([, bytes]) => Number(bytes));
  const later = all.slice(Math.floor(all.length / 2));
  expect(later.length).toBeGreaterThan(5);
  return later.reduce((sum, bytes) => sum + bytes, 0) / later.length;
}

describe('what comes and goes', () => {
  it.each([
    ['Passing', 'Map'],
    ['Slot', 'WeakMap'],
  ])(
    'in a %s is collected while it is young, and in a %s is not',
    async (ours, theirs) => {
      const [kept, control] = await Promise.all([grownOld(ours), grownOld(theirs)]);

      expect(control).toBeGreaterThan(300_000);
      expect(kept).toBeLessThan(control / 10);
    },
    60_000,
  );
});
