import type { Rollcall } from './rollcall.js';
import { until } from './until.js';

/** The line of an operation, as the log has it. */
export interface OperationLine {
  readonly requestId: string;
  readonly operationName: string | null;
  readonly [key: string]: any;
}

/** The lines of the log that tell of operations. */
export function operationLines({ log }: Pick<Rollcall, 'log'>): readonly OperationLine[] {
  return log.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'operation');
}

/** The line of one request, when all that was done for it has ended. */
export async function lineOf(rollcall: Pick<Rollcall, 'log'>, requestId: string): Promise<OperationLine> {
  const lines = () => operationLines(rollcall).filter((line) => line.requestId === requestId);
  await until(() => lines().length > 0, 10_000);
  return lines()[0]!;
}
