import { readdirSync, readFileSync } from 'node:fs';

/** What a process has used so far, in milliseconds, as Linux tells it: in hundredths of a second. NaN elsewhere. */
export function cpuMs(pid: number): number {
  const fields = told(`/proc/${pid}/stat`)
    .replace(/\(.*\)/, '()')
    .split(' ');
  return 10 * (Number(fields[13]) + Number(fields[14]));
}

/** The most memory that a process ever had, in megabytes; NaN where the system does not tell. */
export function peakMb(pid: number): number {
  return Number(/VmHWM:\s+(\d+)/.exec(told(`/proc/${pid}/status`))?.[1]) / 1_024;
}

/** The processes that a process has started. */
export function childrenOf(pid: number): readonly number[] {
  return readdirSync('/proc').flatMap((name) => {
    const [, parent] = /\) \w (\d+) /.exec(told(`/proc/${name}/stat`)) ?? [];
    return Number(parent) === pid ? [Number(name)] : [];
  });
}

function told(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
