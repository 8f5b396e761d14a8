import { toGroupRow, toText } from '../../ledger/rows.js';
import type { Answer, ToldMember } from '../../writes/answer.js';
import type { GroupRow, Row } from '../../vendors/vendor.js';
import { readUser } from '../details.js';
import type { NodeValue, PayloadValue } from '../graph.js';
import { fieldsAsked, fieldsBelow } from '../selection.js';
import type { Source } from '../sources.js';
import { isWhole, memberValue, valueOf } from '../values.js';
import { groupNow } from './group-now.js';
import { isRemembering, type Asked } from './mutation.js';

/** What an answer shows: the same whether it was given just now or is given again. */
export async function payloadOf(
  asked: Asked,
  payload: PayloadValue['__typename'],
  answer: Answer,
): Promise<PayloadValue> {
  const { userErrors, calls, confirmedBy } = answer;
  asked.request.userErrors.push(...userErrors.map(({ code }) => code));
  const told = { __typename: payload, userErrors, calls, confirmedBy };
  const isAsked = (field: string) => fieldsAsked(asked.info).has(field);
  switch (payload) {
    case 'GroupPayload':
      return { ...told, group: isAsked('group') ? await groupOf(asked, answer) : null };
    case 'GroupsPayload':
      return { ...told, groups: isAsked('groups') ? await groupsOf(asked, answer) : [] };
    case 'TesterPayload':
      return { ...told, tester: answer.tester ? written(asked, answer, answer.tester) : null };
    case 'GroupMembersPayload': {
      const group = isAsked('group') ? await groupOf(asked, answer) : null;
      const [added, removed, unchanged] = await Promise.all(
        (['added', 'removed', 'unchanged'] as const).map((list) => membersOf(asked, answer, list)),
      );
      return { ...told, group, added, removed, unchanged };
    }
    case 'DeleteGroupPayload':
      return { ...told, deletedId: answer.deletedId ?? null };
  }
}

async function groupOf(asked: Asked, answer: Answer): Promise<NodeValue | null> {
  const { group, about, calls, confirmedBy } = answer;
  const source = sourceOf(asked, answer);
  if (!source) return null;
  if (group) return valueOf(source, known(source, groupRow(group), answer), about?.path);
  // A source that has just left a write unanswered is not waited for again, and a plan reads nothing for it.
  const isAnswering =
    confirmedBy === 'READ_BACK' || (confirmedBy !== 'UNKNOWN' && calls.some(({ status }) => status !== null));
  return about && (isAnswering || isRemembering(source)) ? groupNow(asked.request, asked.info, source, about) : null;
}

async function groupsOf(asked: Asked, answer: Answer): Promise<readonly NodeValue[]> {
  const { groups = [], touched = [] } = answer;
  const source = sourceOf(asked, answer);
  if (!source) return [];
  const told = groups.map((row) => valueOf(source, known(source, groupRow(row), answer)));
  const now = await Promise.all(touched.map((group) => groupNow(asked.request, asked.info, source, group)));
  return [...told, ...now.filter((group) => group !== null)];
}

/** Members as a read after the write told them; by the id alone where that says all that was asked. */
async function membersOf(
  asked: Asked,
  answer: Answer,
  list: 'added' | 'removed' | 'unchanged',
): Promise<readonly NodeValue[]> {
  const source = sourceOf(asked, answer);
  const members = answer[list] ?? [];
  if (!source || !fieldsAsked(asked.info).has(list)) return [];
  // Where members are addressed by name, their vendor's id stands in their row alone.
  const mustRead = fieldsBelow(asked.info, [list]).has('vendorId') && source.adapter.memberEdits === 'read-back';
  return Promise.all(members.map((member) => memberOf(asked, source, answer, member, mustRead)));
}

async function memberOf(
  { request, info }: Asked,
  source: Source,
  answer: Answer,
  member: ToldMember,
  mustRead: boolean,
): Promise<NodeValue> {
  const value = memberValue(source, known(source, member, answer));
  if (!mustRead || isWhole(member)) return value;
  const read = await readUser(request, info, value);
  return read ? valueOf(source, known(source, read, answer)) : value;
}

function written(asked: Asked, answer: Answer, row: Row): NodeValue | null {
  const source = sourceOf(asked, answer);
  return source ? valueOf(source, known(source, row, answer)) : null;
}

/** As the vendor told it then; remembered where it tells nobody. */
function known<R>(source: Source, row: R, { at }: Answer) {
  return { row, at: new Date(at), origin: isRemembering(source) ? 'LEDGER' : 'VENDOR' } as const;
}

/** A row that has been JSON has texts for dates. */
function groupRow(row: GroupRow): GroupRow {
  return toGroupRow(toText(row));
}

/** A source may have left the configuration since. */
function sourceOf({ request }: Asked, { source }: Answer): Source | null {
  return source === null ? null : (request.sources.get(source) ?? null);
}
