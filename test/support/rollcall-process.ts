import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Sandbox } from '../../src/sandbox/sandbox.js';
import { addressOf, rollcall } from './command-line.js';

export interface RollcallProcess {
  readonly url: string;
  readonly pid: number;
  close(): Promise<void>;
}

/** Rollcall as a process of its own with its ledger on disk, over a sandbox of this one. `ofEach` is added to every source. */
export async function startRollcall(
  { sources }: Sandbox,
  ofEach: object = {},
  limits: object = {},
): Promise<RollcallProcess> {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-'));
  const file = join(folder, 'rollcall.yaml');
  const all = Object.entries(sources).map(([name, source]) => [name, { ...source, ...ofEach }]);
  // JSON is YAML, too.
  writeFileSync(file, JSON.stringify({ ledger: './rollcall.db', limits, sources: Object.fromEntries(all) }));
  const running = rollcall(['--config', file], { PORT: '0' });
  return {
    url: await addressOf(running),
    pid: running.process.pid!,
    async close() {
      running.process.kill('SIGTERM');
      await running.ended;
      rmSync(folder, { recursive: true });
    },
  };
}
