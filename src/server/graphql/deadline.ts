import { BadInput } from '../../graph/bad-input.js';
import type { Step } from './steps.js';

const header = 'x-rollcall-timeout-ms';

/** What one operation may use of all sources together. */
export interface OperationBudget {
  /** Milliseconds from the request on, for a query. */
  readonly deadlineMs: number;
  /** Calls for its reads. */
  readonly calls: number;
}

/**
 * Gives each operation its time and its number of calls. A caller may ask for less time, never for more. The reads of a
 * query end with its deadline, and what has come by then is the answer; a mutation is carried out to its end, and waits
 * no longer than its caller says for its turns.
 */
export function giveDeadline({ deadlineMs, calls }: OperationBudget): Step {
  return {
    resolved({ operation, request: { http }, contextValue: { request } }) {
      const asked = millisecondsOf(http?.headers.get(header));
      if (operation?.operation === 'mutation') request.limit({ calls, ...(asked && { waitMs: asked }) });
      else request.limit({ calls, deadlineMs: Math.min(deadlineMs, asked ?? Infinity) });
    },
  };
}

function millisecondsOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^0*[1-9]\d*$/.test(text.trim())) return Number(text);
  throw new BadHeader(`The header ${header} must be a whole number of milliseconds, 1 or more.`);
}

/** Said of the request as a whole. */
class BadHeader extends BadInput {
  constructor(message: string) {
    super(message);
    this.extensions['http'] = { status: 400 };
  }
}
