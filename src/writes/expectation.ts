import type { AsaRole } from '../../schema/enums.js';
import type { GroupChanges, Path, Ref } from '../vendors/vendor.js';

/** What can be seen at a vendor once a write has taken effect. JSON: the ledger keeps it beside the calls. */
export type Expectation =
  | {
      readonly of: 'members';
      readonly group: Ref;
      /** Who is in the group then, and who is not. */
      readonly present: readonly Path[];
      readonly absent: readonly Path[];
    }
  | { readonly of: 'group'; readonly group: Ref; readonly changes: GroupChanges }
  | { readonly of: 'no group'; readonly group: Ref }
  | NewGroup;

export interface NewGroup {
  readonly of: 'new group';
  /** The list that it appears in. */
  readonly scope: Path;
  readonly name: string;
  readonly members: readonly Path[];
  readonly roles: readonly AsaRole[];
  /** ISO 8601: one that its vendor says is older is another. */
  readonly since: string;
  /** Null where nobody had looked shortly before; left out in entries of older versions. */
  readonly before?: GroupsBefore | null;
}

/** What was known of the groups of a list shortly before a new one was to be made: none of these is it. */
export interface GroupsBefore {
  /** The groups of that name, case and outer blanks aside. */
  readonly namesakes: readonly Path[];
  /** The highest number that a group had; null where later ones need not have higher numbers. */
  readonly highest: number | null;
}
