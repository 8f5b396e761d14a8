import type { FaultRule } from '../../src/sandbox/fault-rules.js';
import type { Sandbox } from '../../src/sandbox/sandbox.js';
import { formsOf, type Canary } from '../support/canaries.js';
import { inputTypeOf } from '../support/mutations.js';
import { verbs, type Verb } from '../support/verbs.js';

/** A text, and where it came out. */
export type Heard = readonly [place: string, text: string];

/** A server that is asked by somebody, and what has come out of it. */
export interface Asking {
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly heard: Heard[];
}

const everyList = `{ sources { name operations } organizations { nodes { name } } projects { nodes { name } }
  users(first: 100) { nodes { name email } } groups(first: 100) { nodes { id name memberCount } }
  memberships(first: 100) { totalCount } testers { totalCount } }`;
const someLists = '{ groups { totalCount } projects { totalCount } organizations { totalCount } users { totalCount } }';
const paths = ['/metrics', '/readyz', '/healthz', '/', '/schema.graphql', '/datasets/memberships.csv', '/nothing'];
/** One at each source, each able to be done again and again. */
const creates = verbs.filter(
  ({ mutation, isEachOwn, source }, at) =>
    isEachOwn &&
    /^(create|add(TestRail|Velt))/.test(mutation) &&
    verbs.findIndex((one) => one.source === source) === at,
);

async function ask(
  { url, headers, heard }: Asking,
  query: string,
  variables: object = {},
  how = 'x-rollcall-trace',
): Promise<void> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json', [how]: '1' },
    body: JSON.stringify({ query, variables }),
  });
  heard.push([`answer ${response.status}`, [...response.headers].join() + (await response.text())]);
}

function edit(asking: Asking, { mutation, input }: Verb, more: object, nth?: number): Promise<void> {
  const query = `mutation ($input: ${inputTypeOf(mutation)}) {
    ${mutation}(input: $input) { confirmedBy userErrors { code message } calls { method url body status } } }`;
  return ask(asking, query, { input: { ...input(nth), ...more } });
}

/** Every list and the plan for them, every mutation as a rehearsal and in earnest, every route. */
export async function askEverything(asking: Asking): Promise<void> {
  await ask(asking, everyList, {}, 'x-rollcall-explain');
  await ask(asking, everyList);
  for (const [nth, verb] of verbs.entries()) {
    await edit(asking, verb, { dryRun: true });
    await edit(asking, verb, { idempotencyKey: `canary-real-${nth}` });
  }
  for (const path of paths) {
    const response = await fetch(asking.url + path, { headers: asking.headers });
    asking.heard.push([path, [...response.headers].join() + (await response.text())]);
  }
}

/** Every way in which a sandbox fails; where it may say something, it says all credentials that there are. */
export function faults(canaries: readonly Canary[]): FaultRule[] {
  const json = { 'content-type': 'application/json' };
  const told = { error: canaries.map(({ secret }) => `key ${secret} of ${encodeURIComponent(secret)}`).join() };
  const page = `<p>${canaries.map(({ secret }) => formsOf(secret)[3]).join('</p><p>')}</p>`;
  const slashed = JSON.stringify(told).replaceAll('/', '\\/');
  const status = (code: number, headers: Record<string, string> = json, body: unknown = told): FaultRule => ({
    mode: 'status',
    status: code,
    headers,
    body,
  });
  return [
    ...[200, 400, 403, 404, 409, 500, 503].map((code) => status(code)),
    status(400, { 'content-type': 'text/html' }, page),
    status(400, json, slashed),
    status(429, { ...json, 'retry-after': '0' }),
    { mode: 'redirect', location: `http://127.0.0.1:9/?api_key=${encodeURIComponent(canaries[0]!.secret)}` },
    { mode: 'slow', ms: 50 },
    { mode: 'hang' },
    { mode: 'drip', ms: 5 },
    { mode: 'slowheaders', ms: 5 },
    { mode: 'half' },
    { mode: 'truncated-json' },
    { mode: 'reset' },
    { mode: 'fin' },
    { mode: 'html' },
    { mode: 'garbage' },
    { mode: 'wrongshape' },
    { mode: 'deep' },
    { mode: 'bomb', bytes: 20_000_000 },
    { mode: 'gzbomb', bytes: 20_000_000 },
    { mode: 'late', ms: 2_000 },
    { mode: 'lost' },
  ];
}

let nth = 100;

/**
 * Lets one read of each source fail so, and one write where that is told at once; what is asked between does not fail, so that
 * no source is given up on.
 */
export async function strike(asking: Asking, sandbox: Sandbox, rule: FaultRule): Promise<void> {
  const servers = Object.keys(sandbox.sources).map((name) => sandbox.server(name));
  const infect = () => servers.forEach((server) => server.fault({ ...rule, times: 1, match: /^(?!.*service_token)/ }));
  const heal = () => servers.forEach((server) => server.clearFaults());
  infect();
  await ask(asking, someLists);
  heal();
  await ask(asking, someLists);
  if (rule.mode !== 'status' && rule.mode !== 'redirect') return;
  infect();
  nth += 1;
  await Promise.all(creates.map((verb) => edit(asking, verb, {}, nth)));
  heal();
  await ask(asking, someLists);
}
