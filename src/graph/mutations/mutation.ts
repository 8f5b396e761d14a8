import type { GraphQLResolveInfo } from 'graphql';
import type { CarriedOut } from '../../writes/carry-out.js';
import type { Plan } from '../../writes/plan.js';
import type { Ref, Row, UserRow, WriteAnswer, WriteStep } from '../../vendors/vendor.js';
import type { NodeValue, PayloadValue } from '../graph.js';
import type { Request } from '../request.js';
import type { Source } from '../sources.js';
import { valueOf } from '../values.js';
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
export interface Intention {
  readonly source: Source;
  readonly plan: Plan;
  /** What the input calls the items of the steps, so that each can be told what became of it. */
  readonly items: readonly Named[];
  /** What is written, and so where one might look for it when an answer is lost. */
  readonly writes: 'group' | 'tester' | 'members';
  /** The group, when its members are edited. */
  readonly edits?: Ref;
  /** What the payload shows of it; null is written for a dry run. */
  show(written: Written | null): Shown | Promise<Shown>;
}

/** What became of it all. */
export interface Written {
  readonly carried: readonly CarriedOut[];
  /** Members who were read again after the write. */
  readonly seen: readonly UserRow[];
}

export type Shown = Partial<Pick<PayloadValue, 'group' | 'groups' | 'tester' | 'added' | 'unchanged' | 'removed'>>;

/** What the vendor answered to the steps that it did. */
export function answersOf(written: Written | null): readonly WriteAnswer[] {
  return (written?.carried ?? []).flatMap(({ outcome }) => (outcome.is === 'done' ? outcome.answer : []));
}

/** Something as the answer to a write told it just now. */
export function writtenValue(source: Source, row: Row): NodeValue {
  return valueOf(source, { row, at: new Date(), origin: isRemembering(source) ? 'LEDGER' : 'VENDOR' });
}

/** What creates one group at a source, and shows it as the vendor answered it. */
export function creation(source: Source, step: WriteStep): Intention {
  return {
    source,
    plan: [step],
    items: [],
    writes: 'group',
    show(written) {
      const [group] = answersOf(written).flatMap((answer) => answer.group ?? []);
      return { group: group ? writtenValue(source, group) : null };
    },
  };
}

/** Whether the groups of a source are known from the ledger, so that looking at them calls nobody. */
export function isRemembering({ adapter }: Source): boolean {
  return 'ledger' in adapter.groups;
}
