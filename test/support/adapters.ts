import type { Adapter, VendorDefinition } from '../../src/vendors/vendor.js';
import type { Example, Offer } from '../../src/vendors/example.js';
import { Transport, type Bounds } from '../../src/http/transport.js';

export const testBounds: Bounds = {
  readTimeoutMs: 400,
  writeTimeoutMs: 400,
  concurrency: 32,
  requestsPerMinute: null,
  maxBodyBytes: 1 << 20,
};

/** What is exported by a vendor's `examples.ts`. */
export interface VendorExamples {
  readonly exampleSettings: Readonly<Record<string, unknown>>;
  readonly examples: readonly Example[];
}

export function connectExample(
  definition: VendorDefinition,
  examples: VendorExamples,
  origin: string,
  changed: object = {},
  bounds = testBounds,
) {
  const plain = JSON.parse(JSON.stringify({ ...examples.exampleSettings, ...changed }).replaceAll('ORIGIN', origin));
  const adapter = definition.connect(definition.kind, definition.settings.parse(plain));
  const whom = { source: definition.kind, vendor: definition.vendor, title: definition.title };
  return { adapter, transport: new Transport(whom, adapter.connection, bounds) };
}

/** Everything that an adapter offers to be asked, read off the adapter itself. */
export function offersOf(adapter: Adapter): readonly Offer[] {
  const offers: Offer[] = [];
  for (const noun of ['organizations', 'projects', 'users', 'groups'] as const) {
    const collection = adapter[noun] as unknown as Record<string, unknown> | undefined;
    for (const way of ['one', 'many', 'pages'] as const) if (collection?.[way]) offers.push(`${noun}.${way}`);
  }
  for (const list of ['members', 'groupsOfUser', 'groupsOfProject', 'usersOfProject', 'candidates'] as const) {
    if (typeof adapter[list] === 'object') offers.push(list);
  }
  if (adapter.userByEmail) offers.push('userByEmail');
  for (const command of Object.keys(adapter.commands)) offers.push(`commands.${command as keyof Adapter['commands']}`);
  if (adapter.connection.minted) offers.push('token');
  return offers;
}
