import { plain } from '../ledger/words.js';
import { changeKeys } from './change.js';
import { configuredKeys } from './configured.js';

/** Takes a key back. */
export async function revokeKey({ config }: { readonly config?: string }, name: string): Promise<number> {
  const { file } = configuredKeys(config);
  await changeKeys(file, (keys) => {
    const rest = keys.filter((key) => key.name !== name);
    if (rest.length === keys.length) throw new Error(`${plain(name)} has no key; rollcall keys list shows who has.`);
    return rest;
  });
  process.stdout.write(`The key of ${name} opens nothing any more.\n`);
  return 0;
}
