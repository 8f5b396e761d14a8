import type { Session } from '../http/session.js';
import type { Adapter, Ref } from '../vendors/vendor.js';

/** What a write must know of the source it goes to. */
export interface WriteSource {
  readonly name: string;
  readonly adapter: Adapter;
  readonly maxPages: number;
  /** How long a group is shut after a write whose outcome is unknown. */
  readonly settleMs: number;
  /** How long an edit waits for its turn, at most: as long as a write may take. */
  readonly writeTimeoutMs: number;
}

/** Where a write goes, and by whose session. */
export interface At {
  readonly source: WriteSource;
  readonly session: Session;
  /** The group that is edited; null for what makes a new one or touches several. */
  readonly group: Ref | null;
}

/** Where an edit of one group goes. */
export interface GroupAt extends At {
  readonly group: Ref;
}

/** The group as its vendor addresses it: without the uuid, which the same group may or may not be named with. */
export function addressed({ source, group: { type, path } }: GroupAt): Ref {
  const { parts, optional = 0 } = source.adapter.paths[type]!;
  return { type, path: path.slice(0, parts.length - optional) };
}
