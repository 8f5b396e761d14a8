import fc from 'fast-check';
import { Books } from './books.js';
import type { Command } from './commands.js';
import type { ModelVendor } from './vendors.js';
import { World, type WorldOptions } from './world.js';

/** That vendor and ledger agree with the model after each of up to so many commands. */
export function agreement(
  vendor: ModelVendor,
  commands: readonly fc.Arbitrary<Command>[],
  maxCommands: number,
  options: WorldOptions = {},
) {
  const drawn = fc.commands<Books, World, false>([...commands], { maxCommands, size: 'max' });
  return fc.asyncProperty(drawn, async (all) => {
    const world = await World.open(vendor, options);
    try {
      await fc.asyncModelRun(() => ({ model: new Books(world), real: world }), all);
    } finally {
      await world.close();
    }
  });
}
