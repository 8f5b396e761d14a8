/**
 * The vendors of the bench in a process of their own, so that what they cost is nobody else's. It says what there is by its first
 * message, and does what it is told by the others. With a number: as many memberships, at the vendors that list their groups.
 */
import { openSandboxServer, type SandboxServer } from '../../src/sandbox/server.js';
import type { Box, BoxAnswer, BoxRequest } from '../../src/vendors/boxed.js';
import { company, crowd, type TrueGroup } from './company.js';

/** The first message. */
export interface Opened {
  /** As under `sources` in `rollcall.yaml`. */
  readonly sources: Readonly<
    Record<string, { readonly vendor: string; readonly url: string; readonly [key: string]: unknown }>
  >;
  readonly groups: readonly TrueGroup[];
}

/** What it may be told; it answers each with how many requests there were so far, without those for tokens. */
export interface Order {
  /** How long every answer takes from now on. */
  readonly latencyMs?: number;
}

let requests = 0;
const servers: SandboxServer[] = [];
const sources: Record<string, unknown> = {};
const groups: TrueGroup[] = [];

const [memberships] = process.argv.slice(2);
for (const { definition, population, groupsOf } of memberships ? crowd(Number(memberships)) : company()) {
  const box = definition.open(population);
  const server = await openSandboxServer(counted(box, !memberships), { journalLimit: 1 });
  servers.push(server);
  sources[definition.sourceName] = { vendor: definition.kind, ...definition.settings(server.origin, box.state) };
  groups.push(...groupsOf(box.state));
}
process.on('message', ({ latencyMs }: Order) => {
  if (latencyMs !== undefined) for (const server of servers) server.setLatency(latencyMs);
  process.send!({ requests });
});
process.on('disconnect', () => process.exit());
process.send!({ sources, groups });

/** A vendor that counts, and may say again what it has said before: nothing is written in a bench of reads. */
function counted(box: Box, repeats: boolean): Box {
  const said = new Map<string, BoxAnswer>();
  return {
    state: box.state,
    handle(request) {
      if (request.target.endsWith('/service_token')) return box.handle(request);
      requests += 1;
      if (!repeats) return box.handle(request);
      const key = `${request.method} ${request.target} ${request.headers['authorization']}`;
      let answer = said.get(key);
      if (!answer) said.set(key, (answer = written(box, request)));
      return answer;
    },
  };
}

function written(box: Box, request: BoxRequest): BoxAnswer {
  const answer = box.handle(request);
  if (typeof answer.body !== 'object') return answer;
  const headers = { ...answer.headers, 'content-type': 'application/json; charset=utf-8' };
  return { ...answer, headers, body: JSON.stringify(answer.body) };
}
