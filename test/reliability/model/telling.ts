/** What an answer says, in the model's words. */
import { isDeepStrictEqual } from 'node:util';
import { expect } from 'vitest';
import type { ErrorCode } from '../../../schema/enums.js';
import type { Edit, Outcome, Telling } from './edit.js';
import type { Payload } from './orders.js';
import { company, nobody, type Member, type ModelVendor } from './vendors.js';
import type { Fate } from './wire.js';

interface Expected extends Telling {
  /** Whether it is told, beside all that, that the outcome could not be kept. */
  readonly isUnkept?: boolean;
}

/** In a form that can be compared. */
interface Said {
  readonly whole: readonly ErrorCode[];
  readonly fates: readonly (readonly [Member, Fate])[];
  readonly confirmedBy: Telling['confirmedBy'];
}

/** The one of these that an answer tells; where it is none of them the test fails, and shows the first. */
export function toldOf<T extends Expected>(
  vendor: ModelVendor,
  edit: Edit,
  payload: Payload,
  [first, ...others]: readonly T[],
): T {
  const found = [first!, ...others].find((one) => isTold(vendor, edit, payload, one));
  if (!found) expect(saidOf(vendor, edit, payload, first!), 'what is told').toEqual(meantBy(first!));
  return found!;
}

export function isTold(vendor: ModelVendor, edit: Edit, payload: Payload, one: Expected): boolean {
  return isDeepStrictEqual(saidOf(vendor, edit, payload, one), meantBy(one));
}

/**
 * As what the entry of an answer holds its key. Who is a member as far as the ledger knows is told `unchanged`, whatever the
 * vendor did: beside a refusal of others that leaves nothing that was done.
 */
export function heldAsTold(held: Outcome['held'], { userErrors, added = [], removed = [] }: Payload): Outcome['held'] {
  const isRefused = held === 'DONE' && userErrors.length > 0 && added.length + removed.length === 0;
  return isRefused ? 'REFUSED' : held;
}

/** What an answer tells where nothing is expected of it. */
export function tellingOf(vendor: ModelVendor, edit: Edit, payload: Payload): Telling {
  const { whole, fates } = partsOf(vendor, edit, payload);
  return { failure: whole[0] ?? null, fates, confirmedBy: payload.confirmedBy };
}

function partsOf(vendor: ModelVendor, edit: Edit, { userErrors, added = [], removed = [], unchanged = [] }: Payload) {
  const members = new Map([...company.keys(), nobody].map((member) => [vendor.memberId(member), member]));
  const group = vendor.groupId(edit.place);
  const fates = new Map<Member, Fate>();
  const tell = (id: string, fate: Fate) => fates.set(members.get(id)!, fate);
  for (const { id } of [...added, ...removed]) tell(id, 'made');
  // Who was a member before, only the ledger can tell there, and need not: a call was made about each all the same.
  const isLedgers = vendor.edits === 'in one call' && edit.does === 'add';
  for (const { id } of unchanged) tell(id, isLedgers ? 'made' : 'unchanged');
  const isOfAll = (target: string | null) => target === null || target === group;
  for (const { code, target } of userErrors) if (!isOfAll(target)) tell(target!, code);
  return { whole: userErrors.filter(({ target }) => isOfAll(target)).map(({ code }) => code), fates };
}

function saidOf(vendor: ModelVendor, edit: Edit, payload: Payload, { fates: expected }: Telling): Said {
  const { whole, fates } = partsOf(vendor, edit, payload);
  const [code, ...others] = whole;
  // What met all that were to be changed alike may be told once.
  const untold = [...expected.keys()].filter((member) => !fates.has(member));
  const isOnce = code !== undefined && untold.length > 0;
  if (isOnce) for (const member of untold) fates.set(member, code);
  return said(isOnce ? others : whole, fates, payload.confirmedBy);
}

function meantBy({ failure, fates, confirmedBy, isUnkept }: Expected): Said {
  const whole = [...(failure ? [failure] : []), ...(isUnkept ? (['OUTCOME_UNKNOWN'] as const) : [])];
  return said(whole, fates, confirmedBy);
}

function said(
  whole: readonly ErrorCode[],
  fates: ReadonlyMap<Member, Fate>,
  confirmedBy: Telling['confirmedBy'],
): Said {
  return { whole, fates: [...fates].toSorted(([one], [other]) => one - other), confirmedBy };
}
