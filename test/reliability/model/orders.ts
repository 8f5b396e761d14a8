/** What is sent to Rollcall, and what it answers. */
import { buildGraphSchema } from '../../../resolvers/index.js';
import type { Confirmation, ErrorCode, LedgerState } from '../../../schema/enums.js';
import type { Edit } from './edit.js';
import type { Asked, Life } from './life.js';
import type { ModelVendor } from './vendors.js';

const schema = buildGraphSchema();

/** A mutation as its caller sends it. */
export interface Order {
  readonly caller: string;
  readonly mutation: string;
  readonly input: {
    readonly group: string;
    readonly idempotencyKey: string | null;
    readonly [field: string]: unknown;
  };
}

interface Listed {
  readonly id: string;
}

/** What is answered of it; the lists are those of members. */
export interface Payload {
  readonly userErrors: readonly { readonly code: ErrorCode; readonly target: string | null }[];
  readonly calls: readonly { readonly method: string; readonly status: number | null }[];
  readonly confirmedBy: Confirmation | null;
  readonly added?: readonly Listed[];
  readonly removed?: readonly Listed[];
  readonly unchanged?: readonly Listed[];
}

export interface Answer {
  readonly payload: Payload;
  /** As `extensions.idempotencyKeys` tell it; null where none was used. */
  readonly key: string | null;
  readonly replayed: boolean;
}

/** What the graph tells of an entry of the ledger. */
export interface EntryTold extends Pick<Payload, 'userErrors' | 'calls'> {
  readonly state: LedgerState;
}

const mutations = {
  add: { name: 'addGroupMembers', input: 'GroupMembersInput' },
  remove: { name: 'removeGroupMembers', input: 'GroupMembersInput' },
  set: { name: 'setGroupMembers', input: 'SetGroupMembersInput' },
  change: { name: 'updateGroup', input: 'UpdateGroupInput' },
} as const;

const told = `
  userErrors { code message field target source retryAfterSeconds }
  calls { source method url body status durationMs }`;

export function orderOf(vendor: ModelVendor, edit: Edit, caller: string, idempotencyKey: string | null): Order {
  const { does, place, members, expectedCount, value } = edit;
  const of = does === 'change' ? vendor.values[value] : { members: members.map((member) => vendor.memberId(member)) };
  const counted = expectedCount === null ? {} : { expectedCount };
  const input = { group: vendor.groupId(place), idempotencyKey, ...of, ...counted };
  return { caller, mutation: mutations[does].name, input };
}

/** Null when the process was killed before it answered. */
export async function send(
  life: Life,
  { caller, mutation, input }: Order,
  options: { readonly isHasty?: boolean; readonly dryRun?: boolean } = {},
): Promise<Answer | null> {
  const { input: type, name } = Object.values(mutations).find((one) => one.name === mutation)!;
  const shown = name === 'updateGroup' ? '' : 'added { id } removed { id } unchanged { id }';
  const document = `mutation ($input: ${type}!) { ${name}(input: $input) { ${told} confirmedBy ${shown} } }`;
  const { isHasty, dryRun = false } = options;
  const asking = life.ask(schema, caller, document, { input: { ...input, dryRun } }, isHasty);
  const asked = await Promise.race([asking, life.killed]);
  if (!asked) return null;
  const [used] = asked.keys;
  return { payload: dataOf(asked)[name] as Payload, key: used?.key ?? null, replayed: used?.replayed ?? false };
}

export async function entryOf(life: Life, caller: string, mutation: string, key: string): Promise<EntryTold | null> {
  const document = `query ($key: String!, $mutation: String) { ledgerEntry(key: $key, mutation: $mutation) { state ${told} } }`;
  return dataOf(await life.ask(schema, caller, document, { key, mutation })).ledgerEntry as EntryTold | null;
}

function dataOf({ result: { data, errors = [] } }: Asked): any {
  // A mutation always answers its payload.
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join(' '));
  return JSON.parse(JSON.stringify(data));
}
