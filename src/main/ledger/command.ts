import { Command, InvalidArgumentError } from 'commander';
import type { LedgerState } from '../../../schema/enums.js';
import { run } from '../run.js';
import { listEntries, type ListOptions } from './list.js';
import { reconcile } from './reconcile.js';
import { showEntry, type ShowOptions } from './show.js';
import { meanings } from './words.js';

const MOST = 100_000;

const help = `
The ledger is the one that the configuration names: a file, beside a running server or without one, or a PostgreSQL
database. Nothing is written: not to the ledger, and not to a vendor.

States:
${Object.entries(meanings)
  .map(([state, meaning]) => `  ${state.padEnd(9)}${meaning}`)
  .join('\n')}

Examples:
  rollcall ledger list --state UNKNOWN          whose answer was lost
  rollcall ledger list --limit 1000 --json      everything, an entry a line, for jq
  rollcall ledger show 7f1c                     what was sent under a key, and what came of it
  rollcall ledger reconcile 7f1c                whether it can be seen at the vendor
  rollcall ledger reconcile --all               the same for all whose outcome is open`;

/** `rollcall ledger`: what became of the mutations. */
export function ledgerCommand(config: readonly [flags: string, description: string]): Command {
  const ledger = new Command('ledger')
    .description('look at what became of mutations; writes nothing')
    .addHelpText('after', help);
  ledger
    .command('list')
    .description('list the newest entries, the newest first')
    .option(...config)
    .option('--state <state...>', 'only entries of these states', toStates)
    .option('--source <name>', 'only entries of this source')
    .option('--limit <n>', 'how many, at most', toLimit, 50)
    .option('--json', 'an entry a line, as JSON, with everything')
    .action(run<ListOptions>(listEntries));
  ledger
    .command('show')
    .argument('<key>', 'its idempotency key')
    .description('show the newest entry of a key: times, calls, errors, and where to look')
    .option(...config)
    .option('--mutation <name>', 'the newest entry of this mutation')
    .option('--json', 'as one line of JSON')
    .action(run<ShowOptions>((options, key) => showEntry(options, key!)));
  ledger
    .command('reconcile')
    .argument('[key]', 'the idempotency key of one entry')
    .description('read the vendor, and say whether the write can be seen there; writes nothing')
    .option(...config)
    .option('--mutation <name>', 'only entries of this mutation')
    .option('--all', 'all entries whose outcome is open')
    .option('--json', 'an entry a line, as JSON')
    .action(run(reconcile));
  return ledger;
}

function toStates(text: string, before: readonly LedgerState[] = []): LedgerState[] {
  const state = text.toUpperCase();
  if (!Object.hasOwn(meanings, state)) throw new InvalidArgumentError(`Write ${Object.keys(meanings).join(', ')}.`);
  return [...before, state as LedgerState];
}

function toLimit(text: string): number {
  const limit = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (limit < 1 || limit > MOST) throw new InvalidArgumentError(`Write a whole number from 1 to ${MOST}.`);
  return limit;
}
