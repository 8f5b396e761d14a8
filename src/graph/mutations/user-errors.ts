import type { VendorError } from '../../http/errors.js';
import type { Complaint } from '../../writes/answer.js';
import type { CarriedOut } from '../../writes/carry-out.js';
import type { Failure } from '../../writes/failure.js';
import type { EditResult } from '../../writes/member-edit.js';
import { itemKey } from '../../writes/plan.js';
import { formatId } from '../global-id.js';
import type { Source } from '../sources.js';
import type { Named } from './input-check.js';
import type { EditIntended, Intention } from './mutation.js';

/** What a failure of a vendor says to a caller: the words are ours already. */
export function ofVendor({ code, message, source, retryAfterSeconds }: VendorError): Complaint {
  return { code, message, field: null, target: null, source, retryAfterSeconds };
}

/** A failure before anything was sent, or of all that was. */
export function ofFailure(failure: Failure, intention: Intention): Complaint {
  const { code, retryAfterSeconds, about, state } = failure;
  const hints = state === 'UNKNOWN' ? [...likely(intention.source, failure), whereToLook(intention)] : [];
  const message = [failure.message, ...hints].join(' ');
  return { code, message, ...placeOf(intention, about), source: intention.source.name, retryAfterSeconds };
}

/** What went wrong with the steps of an intention, in their order. */
export function ofSteps(intention: Intention, carried: readonly CarriedOut[]): Complaint[] {
  const items = new Map(intention.is === 'steps' ? intention.items.map((item) => [itemKey(item.ref.path), item]) : []);
  return carried.flatMap(({ step, outcome, call }) => {
    if (outcome.is !== 'done') return ofFailure(outcome.failure, intention);
    const refused = (outcome.answer.refused ?? []).flatMap((place) => items.get(itemKey(step.items[place]!)) ?? []);
    return refused.map((item) => refusedItem(intention.source, item, call.status));
  });
}

/** So many members are told one by one what went wrong with each; a set may name 10,000. */
const MOST_TOLD = 250;

/** What went wrong with an edit of members: what met all of them once, else each with the member it met. */
export function ofEdit(intention: EditIntended, { failure, fates }: EditResult): Complaint[] {
  if (failure) return [ofFailure(failure, intention)];
  const named = new Map(intention.members.map((member) => [itemKey(member.ref.path), member]));
  const failed = fates.flatMap(({ path, became }) => (typeof became === 'string' ? [] : [{ path, failure: became }]));
  const [first] = failed;
  const isOne = failed.every((one) => one.failure === first?.failure);
  const toChange = fates.filter(({ became }) => became !== 'unchanged').length;
  const isOfAll = first?.failure.about !== 'item' || (failed.length > 1 && failed.length === toChange);
  if (first && isOne && isOfAll && !refusesMembers(intention, first.failure))
    return [ofFailure(first.failure, intention)];
  const told = new Set<Failure>();
  const untold: Failure[] = [];
  let each = 0;
  const complaints = failed.flatMap(({ path, failure: one }) => {
    if (one.about !== 'item') return told.size === told.add(one).size ? [] : ofFailure(one, intention);
    each += 1;
    if (each <= MOST_TOLD)
      return { ...ofFailure(one, intention), ...memberPlace(intention.source, path, named.get(itemKey(path))) };
    untold.push(one);
    return [];
  });
  return [...complaints, ...ofRest(intention, untold)];
}

/** What went wrong with those who are not told one by one: each thing once, without a target. */
function ofRest(intention: EditIntended, untold: readonly Failure[]): Complaint[] {
  const alike = new Map<string, Failure[]>();
  for (const failure of untold) {
    const key = `${failure.code} ${failure.message}`;
    const those = alike.get(key);
    if (those) those.push(failure);
    else alike.set(key, [failure]);
  }
  return [...alike.values()].map((those) => {
    const complaint = ofFailure(those[0]!, intention);
    const rest = `The same is so of ${those.length} more, who are in none of added, removed and unchanged.`;
    return { ...complaint, message: `${complaint.message} ${rest}` };
  });
}

/**
 * Whether what a call was refused for are the members that it names, so that each of them was. A set that is refused is
 * refused as one: it may name 10,000.
 */
function refusesMembers({ edit }: EditIntended, { about, code, state }: Failure): boolean {
  const isOfMembers = code === 'VENDOR_REJECTED' || code === 'VENDOR_CONFLICT';
  return edit.does !== 'set' && about === 'item' && state === 'REFUSED' && isOfMembers;
}

/** How to find out what became of a write whose answer was lost. */
export function whereToLook(intention: Intention): string {
  const { source } = intention;
  const { name, title, adapter } = source;
  const writes = intention.is === 'steps' ? intention.writes : intention.is === 'edit' ? 'members' : 'group';
  const canTell =
    writes === 'members' ? adapter.members !== 'ledger' : writes === 'group' && !('ledger' in adapter.groups);
  if (!canTell)
    return `${title} documents no way to ask for it: look on its own pages before you send it again yourself.`;
  const place =
    writes === 'members' ? 'the members of the group' : `groups(filter: { sources: [${JSON.stringify(name)}] })`;
  return `Look for it in ${place} before you send it again yourself.`;
}

/** Which groups a lost create may have made; a few are enough. */
function likely({ name }: Source, { candidates = [] }: Failure): readonly string[] {
  if (candidates.length === 0) return [];
  const ids = candidates.slice(0, 3).map(({ type, path }) => formatId(name, type, path));
  const rest = candidates.length > ids.length ? ` and ${candidates.length - ids.length} more` : '';
  const are = candidates.length > 1 ? 'are' : 'is';
  return [`${ids.join(', ')}${rest} ${are} as it was to be, but may be older or made by another.`];
}

/** What a failure is about, where the input names one group and the failure is not the ledger's. */
function placeOf(intention: Intention, about: Failure['about']): Pick<Complaint, 'field' | 'target'> {
  if (intention.is === 'steps' || about === 'nothing') return { field: null, target: null };
  if (about === 'item') {
    return intention.is === 'change' ? { field: ['group'], target: intention.group.id } : { field: null, target: null };
  }
  return { field: [about], target: intention.group.id };
}

function memberPlace(source: Source, path: readonly string[], member: Named | undefined) {
  // Whom a set takes out, the input does not name.
  if (!member) return { field: ['members'], target: formatId(source.name, 'User', path) };
  return { field: member.field, target: member.id };
}

function refusedItem(source: Source, { field, id, ref }: Named, status: number | null): Complaint {
  const noun = ref.type === 'User' ? 'member' : 'group';
  const message = `${source.title} (source ${source.name}) refused this ${noun}, though not the whole call (status ${status}).`;
  return { code: 'VENDOR_REJECTED', message, field, target: id, source: source.name, retryAfterSeconds: null };
}
