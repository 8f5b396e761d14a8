import type { GraphQLResolveInfo } from 'graphql';
import type { WriteInput } from '../../../schema/inputs.js';
import { carryOut } from '../../writes/carry-out.js';
import { confirmedBy, type ReadBack } from '../../writes/confirmed-by.js';
import { planned } from '../../writes/plan.js';
import type { MutationName, PayloadValue } from '../graph.js';
import type { Request } from '../request.js';
import { addGroupMembers } from './add-group-members.js';
import { InputCheck } from './input-check.js';
import type { Intention, Mutation, Shown } from './mutation.js';
import { createAsaGroup } from './okta-asa.js';
import { addTestRailGroup } from './testrail.js';
import { createTiledeskGroup } from './tiledesk.js';
import * as updraft from './updraft.js';
import { userErrorsOf } from './user-errors.js';
import { addVeltUserGroups } from './velt.js';

const mutations: Readonly<Record<MutationName, Mutation<never>>> = {
  ...updraft,
  addVeltUserGroups,
  addTestRailGroup,
  createTiledeskGroup,
  createAsaGroup,
  addGroupMembers,
};

/** What a payload shows when nothing was written. */
const nothing: Readonly<Record<PayloadValue['__typename'], Shown>> = {
  GroupPayload: { group: null },
  GroupsPayload: { groups: [] },
  TesterPayload: { tester: null },
  GroupMembersPayload: { group: null, added: [], removed: [], unchanged: [] },
};

/** Checks the input, plans the calls, and carries them out unless it is a dry run. Refusals and failures are in the payload. */
export async function mutate(
  request: Request,
  info: GraphQLResolveInfo,
  name: MutationName,
  input: WriteInput,
): Promise<PayloadValue> {
  request.troubles.within(info);
  const mutation = mutations[name];
  const check = new InputCheck(request.sources);
  const intention = await mutation.intend({ request, info, check }, input as never);
  const payload: PayloadValue = {
    __typename: mutation.payload,
    userErrors: check.errors,
    calls: [],
    confirmedBy: null,
    ...nothing[mutation.payload],
  };
  if (!intention) return payload;
  return { ...payload, ...(await (input.dryRun ? rehearsed(request, intention) : performed(request, intention))) };
}

async function rehearsed(request: Request, intention: Intention): Promise<Partial<PayloadValue>> {
  const session = request.session(intention.source);
  return { calls: intention.plan.map((step) => planned(step, session)), ...(await intention.show(null)) };
}

async function performed(request: Request, intention: Intention): Promise<Partial<PayloadValue>> {
  const { source, plan } = intention;
  const carried = await carryOut(plan, request.session(source), request.ledger, request.caller.name);
  request.forget(source);
  const { by, seen } = await confirmedBy(carried, readBackOf(request, intention));
  return {
    userErrors: userErrorsOf(intention, carried),
    calls: carried.map(({ call }) => call),
    confirmedBy: by,
    ...(await intention.show({ carried, seen })),
  };
}

/** The member list, where only that can prove an edit of members. */
function readBackOf(request: Request, { source, edits }: Intention): ReadBack | null {
  const { memberEdits, members } = source.adapter;
  if (!edits || memberEdits !== 'read-back' || typeof members !== 'object') return null;
  return { session: request.session(source), members: members.pages(edits.path), maxPages: source.maxPages };
}
