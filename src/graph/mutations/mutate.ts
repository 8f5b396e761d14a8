import { randomUUID } from 'node:crypto';
import type { GraphQLResolveInfo } from 'graphql';
import type { WriteInput } from '../../../schema/inputs.js';
import type { Answer, Complaint } from '../../writes/answer.js';
import type { Once } from '../../writes/keys.js';
import type { MutationName, PayloadValue } from '../graph.js';
import { maySee } from '../caller.js';
import type { Request } from '../request.js';
import { changed } from './carry-out-intention.js';
import { deleteGroup, updateGroup } from './change-group.js';
import { addGroupMembers, removeGroupMembers, setGroupMembers } from './edit-members.js';
import { fingerprintOf } from './fingerprint.js';
import { InputCheck } from './input-check.js';
import type { Mutation } from './mutation.js';
import { createAsaGroup } from './okta-asa.js';
import { payloadOf } from './payload-of.js';
import { rehearsed } from './rehearse-intention.js';
import { addTestRailGroup } from './testrail.js';
import { createTiledeskGroup } from './tiledesk.js';
import * as updraft from './updraft.js';
import { addVeltUserGroups } from './velt.js';

const mutations: Readonly<Record<MutationName, Mutation<never>>> = {
  ...updraft,
  addVeltUserGroups,
  addTestRailGroup,
  createTiledeskGroup,
  createAsaGroup,
  addGroupMembers,
  removeGroupMembers,
  setGroupMembers,
  updateGroup,
  deleteGroup,
};

const visibleAscii = /^[\x21-\x7e]{1,128}$/;

/** Checks the input, plans the calls, and carries them out unless it is a dry run. Refusals and failures are in the payload. */
export async function mutate(
  request: Request,
  info: GraphQLResolveInfo,
  name: MutationName,
  input: WriteInput,
): Promise<PayloadValue> {
  request.troubles.within(info);
  const asked = { request, info, check: new InputCheck(request.sources) };
  const { payload, intend } = mutations[name];
  const { idempotencyKey: given, dryRun } = input;
  if (typeof given === 'string' && !visibleAscii.test(given)) {
    asked.check.wrong(['idempotencyKey'], 'A key has 1 to 128 visible ASCII characters, no blanks.');
    return payloadOf(asked, payload, refusal(asked.check.errors));
  }
  const act = async (): Promise<Answer> => {
    const intention = await intend(asked, input as never);
    if (!intention) return refusal(asked.check.errors);
    return dryRun ? rehearsed(asked, intention) : changed(asked, intention, order);
  };
  const order = {
    caller: request.caller.name,
    mutation: name,
    key: given ?? randomUUID(),
    fingerprint: fingerprintOf(info, input),
  };
  if (dryRun) return payloadOf(asked, payload, await act());
  const once = await request.writes.once(order, typeof given === 'string', act);
  const answer = once.is === 'answered' ? once.answer : refusal([refusedKey(once)]);
  const isThere = answer.source === null || maySee(request.caller, answer.source);
  request.keys.push({
    path: [info.path.key],
    key: order.key,
    replayed: once.is === 'answered' && once.replayed && isThere,
  });
  if (isThere) return payloadOf(asked, payload, answer);
  // The caller saw the source when he sent it first. For him there is none of that name any more, as he is told.
  await intend(asked, input as never);
  return payloadOf(asked, payload, refusal(asked.check.errors));
}

/** The answer to what was not begun. */
function refusal(userErrors: readonly Complaint[]): Answer {
  return {
    source: null,
    about: null,
    userErrors,
    calls: [],
    confirmedBy: null,
    hint: null,
    at: new Date().toISOString(),
  };
}

function refusedKey({ is }: Exclude<Once, { is: 'answered' }>): Complaint {
  const field = ['idempotencyKey'];
  const refused = { field, target: null, source: null, retryAfterSeconds: null };
  switch (is) {
    case 'reused':
      return {
        ...refused,
        code: 'IDEMPOTENCY_KEY_REUSED',
        message: 'This key was used before, with another input: take another.',
      };
    case 'busy':
      return {
        ...refused,
        code: 'GROUP_BUSY',
        message: 'Another process is carrying out the mutation of this key, and has not ended in time: ask again.',
        retryAfterSeconds: 1,
      };
    case 'no ledger':
      return {
        ...refused,
        field: null,
        code: 'LEDGER_UNAVAILABLE',
        message: 'The ledger cannot be asked for this key, so nothing was sent.',
      };
  }
}
