import type { GraphContext } from '../../graph/graph.js';
import type { Request } from '../../graph/request.js';
import type { Made } from '../again/kept-answers.js';

/** What Apollo carries for one operation: what resolvers see, and what the answer is completed from. */
export interface OperationContext extends GraphContext {
  readonly request: Request;
  /** The caller asked what the answer cost: `x-rollcall-trace: 1`. */
  readonly traced: boolean;
  /** Told of an answer that is whole, and may be told again. */
  onMade(answer: Made): void;
  /** What the operation was estimated to cost, as soon as it is known. */
  cost?: number;
}
