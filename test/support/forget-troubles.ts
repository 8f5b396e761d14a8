import type { Sources } from '../../src/graph/sources.js';
import { Transport } from '../../src/http/transport.js';
import type { Sandbox } from '../../src/sandbox/sandbox.js';

/**
 * Tests that share one Rollcall follow each other as if a long time lay between them: with the faults of a vendor, what
 * its gate has learnt of it is forgotten, an open breaker and a pause above all. What is under way goes on.
 */
export function forgetWithFaults(sandbox: Sandbox, sources: Sources): void {
  for (const source of sources.all) {
    const server = sandbox.server(source.name);
    const clearFaults = server.clearFaults.bind(server);
    server.clearFaults = () => {
      clearFaults();
      const { whom, connection, bounds } = source.transport;
      Object.assign(source, { transport: new Transport(whom, connection, bounds) });
    };
  }
}
