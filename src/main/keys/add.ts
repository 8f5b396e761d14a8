import type { Role } from '../../graph/caller.js';
import { hashOf, isCallerName, newKey } from '../../server/callers/key-file.js';
import { plain } from '../ledger/words.js';
import { changeKeys } from './change.js';
import { configuredKeys } from './configured.js';

export interface AddOptions {
  readonly config?: string;
  readonly role: Role;
  /** Left out: every source. */
  readonly source?: readonly string[];
}

/** Makes a key. It is all that stdout gets, so that a script may take it from there. */
export async function addKey({ config, role, source }: AddOptions, name: string): Promise<number> {
  if (!isCallerName(name)) {
    const rule = 'up to 64 letters, digits, dots, hyphens, underscores and @, a letter or digit first';
    throw new Error(`${JSON.stringify(plain(name))} is no name for a caller; use ${rule}, and not local.`);
  }
  const { file, sources } = configuredKeys(config);
  const unknown = source?.find((one) => !sources.includes(one));
  if (unknown !== undefined) {
    throw new Error(
      `--source ${JSON.stringify(plain(unknown))} is not configured; write one of ${sources.join(', ')}.`,
    );
  }
  const key = newKey();
  const createdAt = new Date().toISOString();
  await changeKeys(file, (keys) => {
    if (keys.some((one) => one.name === name)) {
      throw new Error(`${name} has a key already; take it back first with: rollcall keys revoke ${name}`);
    }
    return [...keys, { name, role, sources: source ? [...source] : null, sha256: hashOf(key), createdAt }];
  });
  process.stdout.write(`${key}\n`);
  process.stderr.write(`This is the key of ${name}. It is not shown again: ${file} keeps its hash only.\n`);
  return 0;
}
