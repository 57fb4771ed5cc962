/**
 * The one quoting function for Android's shell (mksh, and toybox's sh): POSIX single quotes, within
 * which nothing has a meaning (POSIX.1-2017, Shell Command Language, 2.2.2).
 */

export type ShellArgumentProblem = 'no-command' | 'control-character' | 'not-unicode' | 'too-long';

export class ShellArgumentError extends Error {
  override readonly name = 'ShellArgumentError';
  readonly code = 'shell-argument-invalid';
  readonly problem: ShellArgumentProblem;
  /** Where in the list, and where in the argument, in UTF-16 units. */
  readonly facts: Readonly<Record<string, number>>;

  constructor(problem: ShellArgumentProblem, facts: Readonly<Record<string, number>> = {}) {
    super(`${problem} ${JSON.stringify(facts)}`);
    this.problem = problem;
    this.facts = facts;
  }
}

/** Well below the 4,096 bytes that an old adbd takes as a whole service name. */
const MAX_ARGUMENT_CHARACTERS = 2_048;

/** C0, DEL, C1 and the two separators that some terminals take for a line's end. */
// eslint-disable-next-line no-control-regex -- they are what is refused
const controlCharacter = /[\u0000-\u001F\u007F-\u009F\u2028\u2029]/;

/** @throws ShellArgumentError where the text holds a control character or is no Unicode text */
export function quoteForShell(argument: string): string {
  const at = argument.search(controlCharacter);
  if (at >= 0) throw new ShellArgumentError('control-character', { at });
  if (!argument.isWellFormed()) throw new ShellArgumentError('not-unicode');
  if (argument.length > MAX_ARGUMENT_CHARACTERS) {
    throw new ShellArgumentError('too-long', { characters: argument.length });
  }
  return `'${argument.replaceAll("'", `'\\''`)}'`;
}

/** A whole command as one line for the shell. @throws ShellArgumentError */
export function quoteCommand(command: readonly string[]): string {
  if (command[0] === undefined || command[0] === '') throw new ShellArgumentError('no-command');
  return command.map(quoteForShell).join(' ');
}
