import type { Ledger } from '../ledger/ledger.js';
import type { Path } from '../vendors/vendor.js';
import { areSameMembers, pathsOf } from './as-meant.js';
import { changesOf, refusedShrinking, type EditResult, type MemberEdit, type MemberFate } from './member-edit.js';
import { memberKey, nativePlan } from './native-plan.js';
import { planned, type CallRecord } from './plan.js';
import { readBefore } from './read-before.js';
import type { GroupAt } from './source.js';
import { listAfter } from './whole-list.js';

/** What an edit of members would do now: read and planned like the edit itself, and nothing written or kept. */
export function rehearse(at: GroupAt, edit: MemberEdit, ledger: Ledger): Promise<EditResult> {
  return at.source.adapter.commands.replaceMembers ? wholeListRehearsed(at, edit) : nativeRehearsed(at, edit, ledger);
}

async function wholeListRehearsed(at: GroupAt, edit: MemberEdit): Promise<EditResult> {
  const { source, session } = at;
  const row = await readBefore(at, []);
  if ('code' in row) return { failure: row, fates: [], calls: [], group: null };
  const now = pathsOf(row);
  const failure = refusedShrinking(edit, now.length, session.whom);
  if (failure) return { failure, fates: [], calls: [], group: row };
  const { adds, removes, unchanged } = changesOf(edit, now);
  const wants = (wanted: boolean) => (member: Path) => ({ member, wanted });
  const all = [...[...adds, ...unchanged].map(wants(true)), ...removes.map(wants(false))];
  const { next, changing } = listAfter(now, all);
  const fates = all.map((change) => fateOf(change.member, changing.has(change) ? made(change.wanted) : 'unchanged'));
  const write = source.adapter.commands.replaceMembers!(row, next);
  const calls = areSameMembers(now, next) ? [] : [planned(write.call, session)];
  return { failure: null, fates, calls, group: row };
}

async function nativeRehearsed(at: GroupAt, edit: MemberEdit, ledger: Ledger): Promise<EditResult> {
  const plan = await nativePlan(at, edit, ledger, []);
  if ('code' in plan) return { failure: plan, fates: [], calls: [], group: null };
  const { steps, unchanged, known } = plan;
  const calls: CallRecord[] = steps.map(({ call }) => planned(call, at.session));
  const fates = steps.flatMap(({ items, wanted }) =>
    items.map((path) => fateOf(path, wanted && known.has(memberKey(path)) ? 'unchanged' : made(wanted))),
  );
  return {
    failure: null,
    fates: [...unchanged.map((path) => fateOf(path, 'unchanged')), ...fates],
    calls,
    group: null,
  };
}

function made(wanted: boolean): 'added' | 'removed' {
  return wanted ? 'added' : 'removed';
}

function fateOf(path: Path, became: MemberFate['became']): MemberFate {
  return { path, row: null, became, by: null };
}
