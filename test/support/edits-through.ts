import { randomUUID } from 'node:crypto';
import type { Edit, Editor, Told } from './crowd.js';
import type { EditedGroup } from './edited-group.js';
import type { Fate } from './member-history.js';
import { ask } from './rollcall.js';

/** What editing a group answers. */
export interface Payload {
  readonly added?: readonly { readonly id: string }[];
  readonly removed?: readonly { readonly id: string }[];
  readonly unchanged?: readonly { readonly id: string }[];
  readonly confirmedBy: string | null;
  readonly userErrors: readonly {
    readonly code: string;
    readonly message: string;
    readonly target: string | null;
    readonly retryAfterSeconds: number | null;
  }[];
}

const common = 'confirmedBy userErrors { code message target retryAfterSeconds }';
const members = 'added { id } removed { id } unchanged { id }';
const mutations = {
  addGroupMembers: ['GroupMembersInput', members],
  removeGroupMembers: ['GroupMembersInput', members],
  setGroupMembers: ['SetGroupMembersInput', members],
  updateGroup: ['UpdateGroupInput', ''],
} as const;

/** Sends one edit of a group by HTTP, under a key of its own. */
export async function sendEdit(url: string, mutation: keyof typeof mutations, input: object): Promise<Payload> {
  const [type, own] = mutations[mutation];
  const document = `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${common} ${own} } }`;
  const { data, errors } = await ask(url, document, { input: { ...input, idempotencyKey: randomUUID() } });
  // Turned away at the door: nothing was begun.
  if (errors?.[0]?.extensions['code'] === 'SERVER_BUSY') return turnedAway;
  if (errors) throw new Error(JSON.stringify(errors));
  return data[mutation] as Payload;
}

const busy = { code: 'SERVER_BUSY', message: 'turned away', target: null, retryAfterSeconds: 1 };
const turnedAway: Payload = { confirmedBy: null, userErrors: [busy] };

/** What leaves it open whether the write has taken effect, or will. */
const open = ['OUTCOME_UNKNOWN', 'CONCURRENT_CHANGE'];

/** Edits a group through Rollcall. Of every member it must be told once what became of him. */
export function editsThrough(url: string, { id: group }: EditedGroup): Editor {
  return async ({ does, members }: Edit) => {
    const mutation = does === 'add' ? 'addGroupMembers' : 'removeGroupMembers';
    return toldBy(await sendEdit(url, mutation, { group, members }), members);
  };
}

function toldBy({ added = [], removed = [], unchanged = [], userErrors }: Payload, members: readonly string[]): Told {
  const fates = new Map<string, Fate>();
  const note = (member: string, fate: Fate) => {
    if (fates.has(member) || !members.includes(member)) throw new Error(`${member} was told of twice, or unasked`);
    fates.set(member, fate);
  };
  for (const { id } of [...added, ...removed]) note(id, 'changed');
  for (const { id } of unchanged) note(id, 'unchanged');
  for (const { code, target } of userErrors) {
    const fate = open.includes(code) ? 'unknown' : 'refused';
    const about = target !== null && members.includes(target) ? [target] : members.filter((one) => !fates.has(one));
    for (const member of about) note(member, fate);
  }
  if (fates.size < members.length) throw new Error(`nobody was told what became of some of ${members}`);
  return { fates, codes: userErrors.map(({ code }) => code) };
}
