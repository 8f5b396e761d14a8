import { newReceipt } from '../../src/http/receipt.js';
import type { RestCall } from '../../src/http/rest-call.js';
import { Transport, type Bounds } from '../../src/http/transport.js';
import { people } from '../../src/sandbox/people.js';
import { openSandboxServer } from '../../src/sandbox/server.js';
import type { BoxDefinition } from '../../src/vendors/boxed.js';
import type { Example, Offer } from '../../src/vendors/example.js';
import type { Adapter, VendorDefinition } from '../../src/vendors/vendor.js';

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
  if (adapter.groupBefore) offers.push('groupBefore');
  if (adapter.connection.minted) offers.push('token');
  return offers;
}

/** An adapter before its vendor's own box, which holds a small company. */
export async function openBoxed<Settings, State>(
  definition: VendorDefinition<Settings>,
  { open, settings }: BoxDefinition<State>,
) {
  const population = { people: people(12), groups: 3, membersPerGroup: 4, projects: 2, awkward: true };
  const server = await openSandboxServer(open(population));
  const { state } = server.box;
  const adapter = definition.connect(definition.kind, definition.settings.parse(settings(server.origin, state)));
  const whom = { source: definition.kind, vendor: definition.vendor, title: definition.title };
  const transport = new Transport(whom, adapter.connection, testBounds);
  return {
    adapter,
    state,
    /** What the call is answered; rejects with a `VendorError`. */
    ask: <T>(call: RestCall<T>) => transport.send(call, new AbortController().signal, newReceipt()),
    async close() {
      transport.close();
      await server.close();
    },
  };
}
