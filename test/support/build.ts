import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Builds the product once before the tests, since some of them start it as a process of its own. */
export function setup(): void {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  try {
    execFileSync(process.execPath, [`${root}/node_modules/typescript/bin/tsc`], { cwd: root, stdio: 'inherit' });
  } catch {
    // tsc has written what it could, and said what is wrong; to judge it is the business of `npm run check`.
    console.warn('The product does not type-check; it is tested as it was compiled.');
  }
  execFileSync(process.execPath, [`${root}/bundle.mjs`], { cwd: root, stdio: 'inherit' });
}
