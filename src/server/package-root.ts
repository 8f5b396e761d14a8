import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of our `package.json`, above the source, the compiled tree and the bundle alike. */
export const packageRoot: string = above(dirname(fileURLToPath(import.meta.url)));

export function versionOf(): string {
  return (JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as { version: string }).version;
}

function above(folder: string): string {
  if (folder === dirname(folder))
    throw new Error('The package.json of Rollcall is missing; it belongs above its files.');
  return existsSync(join(folder, 'package.json')) ? folder : above(dirname(folder));
}
