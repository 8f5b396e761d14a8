/** Mutations as a client sends them over HTTP, with all that a payload tells. */
import { getNamedType } from 'graphql';
import type { MutationName } from '../../src/graph/graph.js';
import { schema } from '../writes/house.js';
import { ask } from './rollcall.js';

/** What came back of one mutation. */
export interface Sent {
  /** Without `data`, what was refused as a document; null when no mutation was carried out. */
  readonly payload: any;
  readonly errors: readonly { readonly message: string }[] | undefined;
  /** Of `extensions.idempotencyKeys`; undefined where none was used. */
  readonly key: string | undefined;
  readonly replayed: boolean | undefined;
}

export const whole: Readonly<Record<string, string>> = {
  GroupPayload: 'group { __typename id vendorId name }',
  GroupsPayload: 'groups { __typename id vendorId name }',
  TesterPayload: 'tester { id vendorId email }',
  GroupMembersPayload: 'group { __typename id name } added { id } removed { id } unchanged { id }',
  DeleteGroupPayload: 'deletedId',
};
const common = `
  userErrors { code message field target source retryAfterSeconds }
  calls { source method url body status durationMs }
  confirmedBy`;

/** The type of a mutation's input, as a document names it. */
export function inputTypeOf(mutation: MutationName): string {
  return String(schema.getMutationType()!.getFields()[mutation]!.args[0]!.type);
}

/** Everything of a mutation's payload. */
export function wholeOf(mutation: MutationName): string {
  const { type } = schema.getMutationType()!.getFields()[mutation]!;
  return `${common} ${whole[getNamedType(type).name]}`;
}

/** Sends one mutation to a server; rejects when the connection breaks before the whole answer is there. */
export async function mutate(
  url: string,
  mutation: MutationName,
  input: object,
  selection = wholeOf(mutation),
): Promise<Sent> {
  const document = `mutation ($input: ${inputTypeOf(mutation)}) { ${mutation}(input: $input) { ${selection} } }`;
  const { data, errors, extensions } = await ask(url, document, { input });
  const [used] = extensions?.idempotencyKeys ?? [];
  return { payload: data?.[mutation], errors, key: used?.key, replayed: used?.replayed };
}

/** Sends many mutations in one document, to be carried out one after another; answers them in their order. */
export async function mutateAll(
  url: string,
  all: readonly { readonly mutation: MutationName; readonly input: object }[],
  selectionOf: (mutation: MutationName) => string = wholeOf,
): Promise<readonly Sent[]> {
  const types = all.map(({ mutation }, nth) => `$i${nth}: ${inputTypeOf(mutation)}`);
  const fields = all.map(({ mutation }, nth) => `m${nth}: ${mutation}(input: $i${nth}) { ${selectionOf(mutation)} }`);
  const variables = Object.fromEntries(all.map(({ input }, nth) => [`i${nth}`, input]));
  const { data, errors, extensions } = await ask(url, `mutation (${types}) { ${fields.join(' ')} }`, variables);
  return all.map((_, nth) => {
    const used = extensions?.idempotencyKeys?.find(({ path }: any) => path[0] === `m${nth}`);
    return { payload: data?.[`m${nth}`], errors, key: used?.key, replayed: used?.replayed };
  });
}

const entry = `key mutation source state createdAt finishedAt hint
  calls { source method url body status durationMs } userErrors { code message field target source retryAfterSeconds }`;

/** What the ledger remembers of a key. */
export async function entryOf(url: string, key: string, mutation?: MutationName): Promise<any> {
  const document = `query ($key: String!, $mutation: String) { it: ledgerEntry(key: $key, mutation: $mutation) { ${entry} } }`;
  const { data, errors } = await ask(url, document, { key, mutation });
  if (errors) throw new Error(JSON.stringify(errors));
  return data.it;
}

/** Of one operation. */
const mostAliases = 50;

/** The states of many keys, in their order; null where the ledger knows nothing of one. */
export async function statesOf(url: string, keys: readonly string[]): Promise<readonly (string | null)[]> {
  if (keys.length > mostAliases)
    return [...(await statesOf(url, keys.slice(0, mostAliases))), ...(await statesOf(url, keys.slice(mostAliases)))];
  if (keys.length === 0) return [];
  const types = keys.map((_, nth) => `$k${nth}: String!`);
  const fields = keys.map((_, nth) => `k${nth}: ledgerEntry(key: $k${nth}) { state }`);
  const variables = Object.fromEntries(keys.map((key, nth) => [`k${nth}`, key]));
  const { data, errors } = await ask(url, `query (${types}) { ${fields.join(' ')} }`, variables);
  if (errors) throw new Error(JSON.stringify(errors));
  return keys.map((_, nth) => data[`k${nth}`]?.state ?? null);
}

/** The codes of what went wrong. */
export function codes({ payload }: Pick<Sent, 'payload'>): readonly string[] {
  return payload.userErrors.map(({ code }: { code: string }) => code);
}
