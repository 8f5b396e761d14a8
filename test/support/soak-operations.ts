/**
 * What a service is asked, hour after hour: a mixture that repeats itself, so that whatever it keeps of what it was asked or told has
 * been kept once it has been asked all of it.
 */
import { buildGraphSchema } from '../../resolvers/index.js';
import { inputTypeOf } from './mutations.js';
import { hostileTexts } from './corpus.js';
import { seatsIn } from './hostile-requests.js';
import { groupsOf, usersOf, verbs, type Verb } from './verbs.js';

/** One request of a client. */
export interface Asked {
  /** Where it is no query or mutation. */
  readonly path?: string;
  readonly query?: string;
  readonly variables?: object;
  readonly headers?: Readonly<Record<string, string>>;
  /** He leaves so many milliseconds after he has asked, answered or not. */
  readonly leavesAfterMs?: number;
}

const groups = 'groups { complete nodes { id name members { nodes { id name email } } } }';
const edited = Object.keys(groupsOf) as (keyof typeof groupsOf)[];
const creates = verbs.filter(({ mutation }) =>
  /^(create|add)(?!GroupMembers|UpdraftTester|UpdraftUser)/.test(mutation),
);
/** Too deep, too dear, unknown, and no GraphQL at all. */
const refused = [
  `{ ${'groups { nodes { members { nodes { '.repeat(4)} id ${'} } } }'.repeat(4)} }`,
  '{ memberships(first: 5000) { nodes { group { members(first: 1000) { nodes { groups(first: 1000) { nodes { id } } } } } } } }',
  '{ group { salary } }',
  '{ groups { nodes { id }',
];
const seats = seatsIn(buildGraphSchema());
/** So many different hostile requests; more are left out, since each may be kept as an answer of its own. */
const mostHostile = 400;

const all = (): Asked => ({ query: `{ ${groups} }` });
/** Reads everything anew. */
const fresh = (): Asked => ({ ...all(), headers: { 'cache-control': 'no-cache' } });

const single = (nth: number): Asked => {
  const source = edited[nth % edited.length]!;
  const id = groupsOf[source](1 + (nth % 3));
  return {
    query: 'query ($id: ID!) { group(id: $id) { id name memberCount members { nodes { id name email } } } }',
    variables: { id },
  };
};

const person = (nth: number): Asked => {
  const source = edited[nth % edited.length]!;
  return {
    query: 'query ($id: ID!) { node(id: $id) { id ... on User { name email groups { nodes { id name } } } } }',
    variables: { id: usersOf[source](1 + (nth % 20)) },
  };
};

/** Some of a group's members come, and then they go; each edit has a key that the service makes. */
const edit = (nth: number): Asked => {
  const source = edited[nth % edited.length]!;
  const round = Math.floor(nth / edited.length);
  const mutation = round % 2 === 0 ? 'addGroupMembers' : 'removeGroupMembers';
  const members = [36 + ((round >> 1) % 5)].map(usersOf[source]);
  return mutated(mutation, { group: groupsOf[source](1), members });
};

/** The same few, each under its key: what has been made once is told again, and the company does not grow. */
const create = (nth: number): Asked => {
  const { mutation, source, input } = creates[nth % creates.length]!;
  const which = 1 + (Math.floor(nth / creates.length) % 6);
  return mutated(mutation, { ...input(which), idempotencyKey: `soak-${mutation}-${source}-${which}` });
};

const hostile = (nth: number): Asked => {
  const at = (nth % mostHostile) * 7;
  return seats[at % seats.length]!.send(hostileTexts[at % hostileTexts.length]!, at);
};

/** Some hang up before anything has been read for them, and some in the middle; what they wanted is done all the same where it is a write. */
const leaving = (nth: number): Asked => ({
  ...[fresh, edit, single, dataset][nth % 4]!(nth >> 2),
  leavesAfterMs: [1, 5, 15, 40, 200][nth % 5]!,
});

const dataset = (nth: number): Asked => ({ path: `/datasets/memberships.${['csv', 'ndjson', 'json'][nth % 3]}` });
const wrong = (nth: number): Asked => ({ query: refused[nth % refused.length]! });
const looks = (nth: number): Asked => ({ path: ['/metrics', '/readyz', '/healthz'][nth % 3]! });

const turns: readonly ((nth: number) => Asked)[] = [
  all,
  single,
  edit,
  hostile,
  fresh,
  person,
  leaving,
  edit,
  single,
  create,
  all,
  hostile,
  edit,
  fresh,
  wrong,
  person,
  leaving,
  edit,
  dataset,
  looks,
];

/** Seven has no divisor in common with the sizes of what the turns choose from, so that each comes by all of it in the end. */
const stride = 7;

/** The nth request of the mixture. */
export function askedNth(nth: number): Asked {
  const slot = nth % turns.length;
  return turns[slot]!(stride * Math.floor(nth / turns.length) + slot);
}

function mutated(mutation: Verb['mutation'], input: object): Asked {
  return {
    query: `mutation ($input: ${inputTypeOf(mutation)}) { ${mutation}(input: $input) { userErrors { code } calls { status } confirmedBy } }`,
    variables: { input },
  };
}
