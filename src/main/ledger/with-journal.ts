import { findConfigFile, loadConfig, type Config } from '../../config.js';
import type { JournalReader } from '../../ledger/journal.js';
import { journalAt } from '../../ledger/open.js';
import { vendors } from '../../vendors/all.js';

/** Opens the journal that the configuration names, to look at it, and closes it again. */
export async function withJournal<T>(
  flag: string | undefined,
  look: (journal: JournalReader, config: Config) => Promise<T>,
): Promise<T> {
  const { env } = process;
  const file = findConfigFile({ flag, env, cwd: process.cwd() });
  if (file === null) {
    throw new Error(
      'Without a configuration there is no ledger to look at, since the sandbox keeps its own in memory: name one with --config.',
    );
  }
  const config = loadConfig({ file, env, vendors });
  const journal = await journalAt(config.ledger);
  try {
    return await look(journal, config);
  } finally {
    await journal.close();
  }
}
