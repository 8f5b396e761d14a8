/** Who asks. Loaders, ledger entries and whatever is shared are kept apart by it. */
export interface Caller {
  readonly name: string;
  readonly role: Role;
  /** The sources that exist for it; null: all of them. */
  readonly sources: ReadonlySet<string> | null;
}

/** Whether a source exists for a caller, as far as he himself is concerned. */
export function maySee({ sources }: Caller, source: string): boolean {
  return sources?.has(source) ?? true;
}

/** `read` may ask, `write` may change too. */
export type Role = 'read' | 'write';

/** The one caller there is while nobody has to say who he is. */
export const localCaller: Caller = { name: 'local', role: 'write', sources: null };
