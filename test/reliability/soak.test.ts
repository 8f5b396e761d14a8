/** Nothing is kept after its answer, in short; `npm run bench -- soak` has ten minutes of it, with figures. */
import { describe, expect, it } from 'vitest';
import { growthIn, openSoak, type SoakWindow } from '../support/soak.js';

/** A process that has just started still grows as its code is compiled; ten minutes have less to be told from that. */
const mostBytes = 8_192;

async function soaked(count: number, seconds: number, leak?: string): Promise<readonly SoakWindow[]> {
  const soak = await openSoak(leak === undefined ? {} : { leak });
  try {
    const windows: SoakWindow[] = [];
    while (windows.length < count) windows.push(await soak.run(seconds));
    return windows;
  } finally {
    await soak.close();
  }
}

describe.runIf(process.platform === 'linux')('of operations of all kinds, while vendors fall ill and get well,', () => {
  it(
    'nothing is left when the last is over: no socket, descriptor or timer, no memory',
    { timeout: 120_000 },
    async () => {
      const windows = await soaked(3, 6);

      expect(growthIn(windows, mostBytes)).toEqual([]);
      for (const { ends, calls, struck } of windows) {
        // It was asked, and answered, and left alone by some; and vendors were ill indeed.
        expect(ends).not.toContain('lost');
        expect(ends.filter((end) => end === 200).length).toBeGreaterThan(0.5 * ends.length);
        expect(ends).toContain('left');
        expect(calls).toBeGreaterThan(100);
        expect(struck).toBeGreaterThan(5);
      }
    },
  );

  it('control: what a process does keep of each request is seen', { timeout: 60_000 }, async () => {
    const windows = await soaked(2, 1, 'bytes,sockets,files,timers,signals');

    expect(growthIn(windows, mostBytes)).toEqual(['bytes', 'sockets', 'files', 'timers', 'signals']);
  });
});
