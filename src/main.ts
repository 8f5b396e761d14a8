#!/usr/bin/env node
import 'reflect-metadata';
import { Command, CommanderError } from 'commander';
import { checkConfig } from './main/check-config.js';
import { keysCommand } from './main/keys/command.js';
import { ledgerCommand } from './main/ledger/command.js';
import { printSchema } from './main/print-schema.js';
import { run } from './main/run.js';
import { serve } from './main/serve.js';
import { versionOf } from './server/package-root.js';

const help = `
Without a configuration the built-in sandbox is served: five vendors in a box, with data to look at.
With one, your own accounts are, and nothing of the sandbox runs. The configuration is the file that
--config or ROLLCALL_CONFIG names, or rollcall.yaml where the command was typed:

  sources:
    testrail: { vendor: testrail, url: https://acme.testrail.io, user: "\${TESTRAIL_USER}", apiKey: "\${TESTRAIL_API_KEY}" }

PORT and HOST of the environment win over server.port and server.host. The README describes every key.

Examples:
  rollcall                                      serve, on http://127.0.0.1:4000
  rollcall --memberships 1000000                serve a sandbox with a million memberships
  PORT=8080 rollcall --config team.yaml         serve your accounts on another port
  rollcall check-config --config team.yaml      ask each source once, and say what works
  rollcall ledger list --state UNKNOWN          the writes whose answer was lost
  rollcall keys add ana --role write            a key for a caller, where auth.mode is keys
  rollcall print-schema > schema.graphql        the published schema`;

/** The command line. */
function program(): Command {
  const config = ['-c, --config <file>', 'the configuration, relative to where the command was typed'] as const;
  const root = new Command('rollcall')
    .description(
      'One GraphQL graph over the groups of Updraft, Velt, TestRail, Tiledesk and Okta Advanced Server Access.',
    )
    .version(versionOf(), '--version', 'print the version')
    .addHelpText('after', help)
    .exitOverride();
  root
    .command('serve', { isDefault: true })
    .description('serve the graph, the page and the datasets (default)')
    .option(...config)
    .option('--workers <count>', 'how many processes serve; more than one need a ledger in PostgreSQL')
    .option('--memberships <count>', 'without a configuration: about so many in the sandbox, up to 2000000')
    .action(run(serve));
  root
    .command('check-config')
    .description('check the configuration, and ask each source once')
    .option(...config)
    .action(run(checkConfig));
  root.command('print-schema').description('print the schema; needs no configuration').action(run(printSchema));
  root.addCommand(ledgerCommand(config));
  root.addCommand(keysCommand(config));
  for (const command of [...root.commands, ...root.commands.flatMap(({ commands }) => commands)]) {
    command.allowExcessArguments().exitOverride();
  }
  return root;
}

// Whoever reads our output may have seen enough, as `head` has.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

try {
  await program().parseAsync();
} catch (error) {
  // Commander has written its sentence; a configuration's or ledger's is its message. Nobody is helped by a stack.
  const usage = error instanceof CommanderError;
  if (!usage) process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = usage && error.exitCode === 0 ? 0 : 1;
}
