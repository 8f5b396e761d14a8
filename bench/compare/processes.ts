import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';

/** What stands before a command that has a core to itself, and nothing where that cannot be had. */
export const onOwnCore: readonly string[] =
  availableParallelism() > 1 && spawnSync('taskset', ['-c', '0', 'true']).status === 0 ? ['taskset', '-c', '0'] : [];

/** Leaves that core to others: from now on this process, and what it starts, run on the rest. */
export function leaveTheCore(): void {
  if (onOwnCore.length > 0) spawnSync('taskset', ['-cp', `1-${availableParallelism() - 1}`, String(process.pid)]);
}
