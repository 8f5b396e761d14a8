import { Command, InvalidArgumentError } from 'commander';
import type { Role } from '../../graph/caller.js';
import { run } from '../run.js';
import { addKey, type AddOptions } from './add.js';
import { listKeys } from './list.js';
import { revokeKey } from './revoke.js';

const help = `
The keys are kept, as hashes, in the file that auth.file of the configuration names. A server that runs takes every
change up within a few seconds.

Examples:
  rollcall keys add ana --role write                   prints the key, this once
  rollcall keys add bi --role read --source testrail   may see one source, as if there were no other
  rollcall keys list                                   who has one, and since when
  rollcall keys revoke ana                             from then on it opens nothing`;

/** `rollcall keys`: who may ask, where `auth.mode` is `keys`. */
export function keysCommand(config: readonly [flags: string, description: string]): Command {
  const keys = new Command('keys').description('give callers keys, and take them back').addHelpText('after', help);
  keys
    .command('add')
    .argument('<name>', 'whose it is; ledger and log tell callers by it')
    .description('make a key and print it, this once; only its hash is kept')
    .requiredOption('--role <role>', 'read, or write to change things too', toRole)
    .option('--source <name>', 'a source that it opens, may be repeated; every source when left out', toList)
    .option(...config)
    .action(run<AddOptions>((options, name) => addKey(options, name!)));
  keys
    .command('list')
    .description('list the callers and what their keys open; the keys themselves nobody can show')
    .option(...config)
    .action(run(listKeys));
  keys
    .command('revoke')
    .argument('<name>', 'whose it is')
    .description('take a key back')
    .option(...config)
    .action(run<{ readonly config?: string }>((options, name) => revokeKey(options, name!)));
  return keys;
}

function toRole(text: string): Role {
  if (text === 'read' || text === 'write') return text;
  throw new InvalidArgumentError('Write read or write.');
}

function toList(name: string, before: readonly string[] = []): readonly string[] {
  return [...new Set([...before, name])];
}
