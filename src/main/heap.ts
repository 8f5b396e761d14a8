import { setFlagsFromString } from 'node:v8';

/**
 * How much larger than what is in use the heap may become before V8 looks at all of it, in per cent. Left to itself it lets the heap become some
 * times as large, which saves little where nearly everything is let go of at once.
 */
const garbagePercent = 45;

/** Keeps this process small. Flags of V8's that it looks at each time: nothing has to be typed where Node is started. */
export function keepHeapSmall(): void {
  setFlagsFromString(`--heap-growing-percent=${garbagePercent}`);
  // Else what is written as a literal may be put among the old objects from its beginning, since its like were found in use; whatever
  // hangs on it stays in use then until all of the heap is looked at.
  setFlagsFromString('--no-allocation-site-pretenuring');
}
