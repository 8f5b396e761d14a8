import type { JournalEntry } from '../../src/sandbox/journal.js';
import type { SandboxServer } from '../../src/sandbox/server.js';

/** Where a journal stands: hand it to the others to hear only of what came later. */
export function mark(server: SandboxServer): number {
  return server.journal.at(-1)?.sequence ?? 0;
}

/** The entries after a mark. */
export function entries(server: SandboxServer, after = 0): readonly JournalEntry[] {
  return server.journal.filter(({ sequence }) => sequence > after);
}

/** `METHOD target` of every request, in order. */
export function calls(server: SandboxServer, after = 0): string[] {
  return entries(server, after).map(({ method, target }) => `${method} ${target}`);
}

/** What was sent with every request, in order: parsed JSON, else the text. */
export function bodies(server: SandboxServer, after = 0): unknown[] {
  return entries(server, after).map(({ json, body }) => json ?? body);
}

/** `METHOD target` of those that the vendor has carried out, in the order in which they came. */
export function appliedCalls(server: SandboxServer, after = 0): string[] {
  return entries(server, after)
    .filter(({ applied }) => applied)
    .map(({ method, target }) => `${method} ${target}`);
}
