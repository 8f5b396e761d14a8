import type { Basis } from '../../graph/basis.js';
import type { GraphContext } from '../../graph/graph.js';
import type { Request } from '../../graph/request.js';

/** What Apollo carries for one operation: what resolvers see, and what the answer is completed from. */
export interface OperationContext extends GraphContext {
  readonly request: Request;
  /** The caller asked what the answer cost: `x-rollcall-trace: 1`. */
  readonly traced: boolean;
  /** What the operation was estimated to cost, as soon as it is known. */
  cost?: number;
  /** What a whole answer to a query was made from, where it may be given again. */
  basis?: Basis | null;
  /** What the operation is called, as soon as it is known. */
  name?: string | null;
}
