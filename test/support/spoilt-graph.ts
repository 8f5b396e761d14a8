import { BadInput } from '../../src/graph/bad-input.js';
import type { Graph } from '../../src/graph/graph.js';

/** What becomes of an answer of the graph, in place of it. */
type Harm = (answer: any) => unknown;

const harms: readonly Harm[] = [
  () => null,
  () => undefined,
  () => {
    throw new Error('The resolver broke.');
  },
  () => {
    throw new BadInput('This cannot be meant.');
  },
  () => new BadInput('This is no value.'),
  (answer) => ({ ...answer, id: null, name: null, totalCount: 'many', complete: 'maybe', source: {} }),
  (answer) => ({ ...answer, nodes: null, edges: 'none', vendorId: Number.NaN, operations: ['NO_SUCH'] }),
  (answer) => ({ ...answer, nodes: [null, new BadInput('No node.'), { __typename: 'NoSuchType' }], sources: [null] }),
  (answer) => ({ ...answer, __typename: 'Query', pageInfo: null, fetchedAt: 'never' }),
];

/** A graph that answers badly here and there: always at the same places for the same seed. */
export function spoilt(graph: Graph, seed: number, percent: number): Graph {
  return new Proxy(graph, {
    get(target, method: string) {
      const ask = Reflect.get(target, method) as (...given: unknown[]) => unknown;
      return (...given: unknown[]) => {
        const chance = numberOf(`${seed} ${method} ${placeOf(given[0])}`);
        // What a row tells is not asked of the graph.
        if (chance % 100 >= percent || method === 'userDetail') return ask(...given);
        const harm = harms[Math.floor(chance / 100) % harms.length]!;
        const answer = ask(...given);
        return answer instanceof Promise ? answer.then(harm) : harm(answer);
      };
    },
  });
}

/** Where in the answer a field is, or whose field it is. */
function placeOf(given: unknown): string {
  const { path, id } = (given ?? {}) as { path?: { key: unknown; prev: unknown }; id?: string };
  const steps: unknown[] = [];
  for (let step: any = path; step && typeof step === 'object' && 'key' in step; step = step.prev) steps.push(step.key);
  return steps.length > 0 ? steps.join('.') : String(id ?? given);
}

/** A number of a text that looks as if by chance (FNV-1a). */
function numberOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ character.codePointAt(0)!, 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}
