import type { GraphQLResolveInfo } from 'graphql';
import type { AsaRole } from '../../../schema/enums.js';
import type { Shown } from '../../writes/answer.js';
import type { CarriedOut } from '../../writes/carry-out.js';
import type { Expectation } from '../../writes/expectation.js';
import type { MemberEdit } from '../../writes/member-edit.js';
import type { Plan } from '../../writes/plan.js';
import type { GroupChanges, Path, WriteAnswer, WriteStep } from '../../vendors/vendor.js';
import type { PayloadValue } from '../graph.js';
import type { Request } from '../request.js';
import type { Source } from '../sources.js';
import type { InputCheck, Named } from './input-check.js';

/** What a mutation is asked with. */
export interface Asked {
  readonly request: Request;
  readonly info: GraphQLResolveInfo;
  readonly check: InputCheck;
}

/** One mutation: how its input becomes what is to be written. */
export interface Mutation<Input> {
  readonly payload: PayloadValue['__typename'];
  /** Null where `check` has been told why not. */
  intend(asked: Asked, input: Input): Intention | null | Promise<Intention | null>;
}

/** What is to be written, once the input has been found good. */
export type Intention = StepsIntended | EditIntended | ChangeIntended;

/** Calls that make something new, or that touch several groups. */
export interface StepsIntended {
  readonly is: 'steps';
  readonly source: Source;
  readonly plan: Plan;
  /** What the input calls the items of the steps, so that each can be told what became of it. */
  readonly items: readonly Named[];
  readonly expects: Expectation | null;
  /** What is written, and so where one might look for it when an answer is lost. */
  readonly writes: 'group' | 'tester' | 'members';
  /** What the payload shows of it; null is carried out for a dry run. */
  show(carried: readonly CarriedOut[] | null): Shown;
}

/** An edit of the members of one group. */
export interface EditIntended {
  readonly is: 'edit';
  readonly source: Source;
  readonly group: Named;
  /** Those whom the input names. */
  readonly members: readonly Named[];
  readonly edit: MemberEdit;
}

/** A change of one group itself; null deletes it. */
export interface ChangeIntended {
  readonly is: 'change';
  readonly source: Source;
  readonly group: Named;
  readonly change: GroupChanges | null;
}

/** What the vendor answered to the steps that it did. */
export function answersOf(carried: readonly CarriedOut[] | null): readonly WriteAnswer[] {
  return (carried ?? []).flatMap(({ outcome }) => (outcome.is === 'done' ? outcome.answer : []));
}

/** What creates one group at a source, and shows it as the vendor answered it. */
export function creation(source: Source, step: WriteStep, expects: Expectation | null = null): StepsIntended {
  return {
    is: 'steps',
    source,
    plan: [step],
    items: [],
    expects,
    writes: 'group',
    show(carried) {
      const [group] = answersOf(carried).flatMap((answer) => answer.group ?? []);
      return { group: group ?? null };
    },
  };
}

/** A group that is to appear in a list of its vendor's. */
export function newGroup(
  { recentGroups }: Source,
  scope: Path,
  group: { readonly name: string; readonly members: readonly Path[]; readonly roles: readonly AsaRole[] },
): Expectation {
  const before = recentGroups.before(scope, group.name);
  return { of: 'new group', scope, ...group, since: new Date().toISOString(), before };
}

/** Whether the groups of a source are known from the ledger, so that looking at them calls nobody. */
export function isRemembering({ adapter }: Source): boolean {
  return 'ledger' in adapter.groups;
}
