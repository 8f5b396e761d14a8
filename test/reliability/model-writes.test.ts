import fc from 'fast-check';
import { afterAll, beforeAll, it, vi } from 'vitest';
import { returnClock, takeClock } from './model/clock.js';
import { everything } from './model/draws.js';
import { agreement } from './model/hold.js';
import { modelVendors } from './model/vendors.js';

vi.mock(import('node:timers/promises'), async (original) => {
  const { pause } = await import('./model/clock.js');
  return { ...(await original()), setTimeout: pause as never };
});
beforeAll(takeClock);
afterAll(returnClock);

/** Some seconds; 300 runs take some minutes, and see what is rare. Another seed draws others. */
const numRuns = Number(process.env['ROLLCALL_MODEL_RUNS'] ?? 12);
const seed = Number(process.env['ROLLCALL_MODEL_SEED'] ?? 1);

it.each(Object.entries(modelVendors))(
  'does at %s what the model of a set does, whatever fails, dies or interferes',
  { timeout: 60_000 + numRuns * 5_000 },
  async (_name, vendor) => {
    await fc.assert(agreement(vendor, everything(vendor), 40), { numRuns, seed });
  },
);
