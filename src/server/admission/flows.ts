import { Flow, type Kind } from './flow.js';

/** Who sent something within this time shares with the others. */
const latelyMs = 2_000;

/** Everybody who has sent something lately; who waits is served one by one, in turn. */
export class Flows {
  readonly #flows = new Map<string, Flow>();
  /** Those who wait, in the order of their turns. */
  readonly #turns = new Set<Flow>();

  of(caller: string, kind: Kind, now: number): Flow {
    const name = `${kind} ${caller}`;
    let flow = this.#flows.get(name);
    if (!flow) this.#flows.set(name, (flow = new Flow(caller)));
    flow.seen = now;
    return flow;
  }

  /** How many callers they are of. */
  get callers(): number {
    return new Set([...this.#flows.values()].map(({ caller }) => caller)).size;
  }

  inFlightOf(caller: string): number {
    const kinds: readonly Kind[] = ['operation', 'dataset'];
    return kinds.reduce((sum, kind) => sum + (this.#flows.get(`${kind} ${caller}`)?.inFlight ?? 0), 0);
  }

  get busiest(): number {
    return Math.max(0, ...[...this.#flows.values()].map(({ running }) => running));
  }

  /** It waits now, behind those who do already. */
  queue(flow: Flow): void {
    this.#turns.add(flow);
  }

  /** Whose turn it is among those who may have more than they have; the next turn is another's. */
  next(most: number): Flow | undefined {
    for (const flow of this.#turns) {
      if (flow.waiting.length === 0) {
        this.#turns.delete(flow);
      } else if (flow.running < most) {
        this.#turns.delete(flow);
        if (flow.waiting.length > 1) this.#turns.add(flow);
        return flow;
      }
    }
    return undefined;
  }

  /** Who has most, of those who wait. */
  longest(): Flow | undefined {
    let longest: Flow | undefined;
    for (const flow of this.#turns) {
      if (flow.waiting.length > 0 && flow.inFlight > (longest?.inFlight ?? 0)) longest = flow;
    }
    return longest;
  }

  /** Forgets who has sent nothing for a while. */
  forget(now: number): void {
    for (const [name, flow] of this.#flows) {
      if (flow.inFlight === 0 && now - flow.seen > latelyMs) this.#flows.delete(name);
    }
  }
}
