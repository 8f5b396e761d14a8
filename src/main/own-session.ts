import type { Source } from '../graph/sources.js';
import { Session } from '../http/session.js';

/** A command's own way to a source: nothing waits for its reads, and what goes wrong is told by the command itself. */
export function ownSession({ transport }: Source): Session {
  return new Session(transport);
}
