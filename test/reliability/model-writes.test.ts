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
const numRuns = Number(process.env['ROLLCALL_MODEL_RUNS'] ?? 16);
const seed = Number(process.env['ROLLCALL_MODEL_SEED'] ?? 1);

/** Where a queue shares reads and writes: the vendors whose only edit is to replace the whole list. */
const wholeLists = Object.entries(modelVendors).filter(([name]) => name === 'testrail' || name === 'tiledesk');

it.each(wholeLists)(
  'does at %s what the model of a set does, whatever fails, dies or interferes',
  { timeout: 60_000 + numRuns * 2_000 },
  async (_name, vendor) => {
    await fc.assert(agreement(vendor, everything(vendor), 40), { numRuns, seed });
  },
);
