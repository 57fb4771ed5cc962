/** The parser's complaints, in our words: its codes are public, what it complains of is quoted in its text. */
import type { Command, CommanderError } from 'commander';
import { usageError, type UsageError } from '../usage-error.ts';

/** Null where it is no complaint: help or the version was shown. */
export function usageErrorOf(error: CommanderError): UsageError | null {
  const quoted = /'([^']*)'/.exec(error.message)?.[1] ?? '';
  const meant = /\(Did you mean (?:one of )?(.+?)\?\)/.exec(error.message)?.[1] ?? null;
  switch (error.code) {
    case 'commander.helpDisplayed':
    case 'commander.version':
      return null;
    case 'commander.unknownOption':
      return meant === null
        ? usageError('cli_usage_unknown_option', { option: quoted })
        : usageError('cli_usage_unknown_option_meant', { option: quoted, meant });
    case 'commander.unknownCommand':
      return meant === null
        ? usageError('cli_usage_unknown_command', { command: quoted })
        : usageError('cli_usage_unknown_command_meant', { command: quoted, meant });
    case 'commander.missingArgument':
      return usageError('cli_usage_missing_argument', { argument: quoted });
    case 'commander.missingMandatoryOptionValue':
      return usageError('cli_usage_missing_option', { option: quoted });
    case 'commander.optionMissingArgument':
      return usageError('cli_usage_option_needs_value', { option: quoted });
    case 'commander.excessArguments':
      return usageError('cli_usage_too_many_arguments', {});
    case 'commander.help':
      return usageError('cli_usage_name_a_command', {});
    default:
      return usageError('cli_usage_other', { detail: error.message.replace(/^error: /, '') });
  }
}

/** The command that the words lead to, as far as they do: `pos-bench config apply`. */
export function commandPath(program: Command, argv: readonly string[]): string {
  const names = [program.name()];
  let at: Command | undefined = program;
  for (const word of argv) {
    const inner: Command | undefined = at.commands.find((one) => one.name() === word);
    if (inner === undefined) continue;
    names.push(word);
    at = inner;
  }
  return names.join(' ');
}
