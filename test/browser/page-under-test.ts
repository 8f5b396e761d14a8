import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fillSandbox } from '../../src/main/fill-sandbox.js';
import { openRollcall } from '../support/rollcall.js';

const root = join(import.meta.dirname, '../..');

/** The page as our own server serves it, over the sandbox as it is at the start. */
export async function openPageUnderTest(): Promise<{ url: string; close: () => Promise<void> }> {
  buildPageOnce();
  const rollcall = await openRollcall();
  await fillSandbox(rollcall.app);
  return rollcall;
}

/** Builds the page where it has not been built. */
export function buildPageOnce(): void {
  if (existsSync(join(root, 'dist/page/index.html'))) return;
  // In a process of its own: vitest's NODE_ENV would build React for development.
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  const env = { ...process.env, NODE_ENV: 'production' };
  execFileSync(process.execPath, [vite, 'build', '--config', 'src/page/vite.config.ts'], { cwd: root, env });
}
