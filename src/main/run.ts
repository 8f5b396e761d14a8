import type { Command } from 'commander';

/** What a command does with its options and its argument, if it takes one. It answers the exit code, or undefined while it goes on. */
export type Action<Options> = (options: Options, argument: string | undefined) => Promise<number | undefined>;

/** A command's action as commander calls it. */
export function run<Options extends object>(action: Action<Options>) {
  return async (...given: unknown[]): Promise<void> => {
    const command = given.at(-1) as Command;
    const { args, registeredArguments, parent } = command;
    const [unknown] = args.slice(registeredArguments.length);
    const kind = parent?.parent ? 'argument' : 'command';
    if (unknown !== undefined) command.error(`error: unknown ${kind} '${unknown}'; rollcall --help lists the commands`);
    const code = await action(command.opts<Options>(), args[0]);
    if (code !== undefined) process.exitCode = code;
  };
}
