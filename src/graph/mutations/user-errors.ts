import type { VendorError } from '../../http/errors.js';
import type { CarriedOut } from '../../writes/carry-out.js';
import { itemKey } from '../../writes/plan.js';
import type { UserErrorValue } from '../graph.js';
import type { Source } from '../sources.js';
import type { Named } from './input-check.js';
import type { Intention } from './mutation.js';

type Items = ReadonlyMap<string, Named>;

/** What a failure of a vendor says to a caller: the words are ours already. */
export function ofVendor({ code, message, source, retryAfterSeconds }: VendorError): UserErrorValue {
  return { code, message, field: null, target: null, source, retryAfterSeconds };
}

/** What went wrong while an intention was carried out, in the order of its steps. */
export function userErrorsOf(intention: Intention, carried: readonly CarriedOut[]): UserErrorValue[] {
  const items = new Map(intention.items.map((item) => [itemKey(item.ref.path), item]));
  return carried.flatMap((one) => errorsOfStep(intention, one, items));
}

function errorsOfStep(intention: Intention, { step, outcome, call }: CarriedOut, items: Items): UserErrorValue[] {
  const { source, edits } = intention;
  const itemAt = (place: number) => items.get(itemKey(step.items[place]!))!;
  // A call about one member is refused for him; of several, or of a create, nobody can tell whose fault it is.
  const about = edits && step.items.length === 1 ? placeOf(itemAt(0)) : {};
  switch (outcome.is) {
    case 'done': {
      const refused = outcome.answer.refused ?? [];
      const told = refused.map((place) => refusedItem(source, itemAt(place), call.status));
      return outcome.remembered ? told : [...told, forgotten(source)];
    }
    case 'refused':
    case 'unsent':
      return [{ ...ofVendor(outcome.error), ...about }];
    case 'unknown': {
      const message = `${outcome.error.message} ${whereToLook(intention)}`;
      return [{ ...ofVendor(outcome.error), message, ...about }];
    }
    case 'skipped':
      return [{ ...skipped(source, outcome.after), ...about }];
  }
}

function placeOf({ field, id }: Named): Pick<UserErrorValue, 'field' | 'target'> {
  return { field, target: id };
}

function refusedItem(source: Source, item: Named, status: number | null): UserErrorValue {
  const noun = item.ref.type === 'User' ? 'member' : 'group';
  const message = `${named(source)} refused this ${noun}, though not the whole call (status ${status}).`;
  return { code: 'VENDOR_REJECTED', message, ...placeOf(item), source: source.name, retryAfterSeconds: null };
}

/** Done, and yet not to be sent again as it stands: of all codes only this one says so. `confirmedBy` tells that it is done. */
function forgotten(source: Source): UserErrorValue {
  const message =
    `${named(source)} has carried this out, but it could not be remembered here, and ${source.title} cannot be asked for ` +
    'it: keep the ids in this answer, and do not send it again.';
  return { code: 'OUTCOME_UNKNOWN', message, field: null, target: null, source: source.name, retryAfterSeconds: null };
}

function skipped(source: Source, after: VendorError | 'forgotten'): UserErrorValue {
  const message = `${named(source)} was not sent this one, because of what became of the one before.`;
  const { code, retryAfterSeconds } =
    after === 'forgotten' ? { code: 'OUTCOME_UNKNOWN' as const, retryAfterSeconds: null } : after;
  return { code, message, field: null, target: null, source: source.name, retryAfterSeconds };
}

/** How to find out what became of a write whose answer was lost. */
function whereToLook({ source: { name, title, adapter }, writes }: Intention): string {
  const canTell =
    writes === 'members' ? adapter.members !== 'ledger' : writes === 'group' && !('ledger' in adapter.groups);
  if (!canTell)
    return `${title} documents no way to ask for it: look on its own pages before you send it again yourself.`;
  const place =
    writes === 'members' ? 'the members of the group' : `groups(filter: { sources: [${JSON.stringify(name)}] })`;
  return `Look for it in ${place} before you send it again yourself.`;
}

function named({ title, name }: Source): string {
  return `${title} (source ${name})`;
}
