import { inColumns } from '../ledger/words.js';
import { readKeys } from './change.js';
import { configuredKeys } from './configured.js';

/** Prints who has a key, and what it opens. */
export async function listKeys({ config }: { readonly config?: string }): Promise<number> {
  const keys = await readKeys(configuredKeys(config).file);
  const rows = keys.map(({ name, role, sources, createdAt }) => [
    name,
    role,
    sources === null ? '(all)' : sources.join(','),
    createdAt,
  ]);
  const none = 'Nobody has a key.\n';
  process.stdout.write(rows.length === 0 ? none : inColumns([['NAME', 'ROLE', 'SOURCES', 'CREATED'], ...rows]));
  return 0;
}
